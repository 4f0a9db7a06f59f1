import assert from "node:assert/strict";
import { folderSteps } from "./setup_words.ts";

Deno.test("folderSteps() puts files of one purpose together", () => {
  const steps = [
    { path: "/usr/lib/p/deno", what: "the runtime" },
    { path: "/usr/lib/p/app/a/x.ts", what: "the writer" },
    { path: "/usr/lib/p/app/b.ts", what: "the writer" },
    { path: "/etc/sudoers.d/p", what: "the right" },
  ];
  assert.deepEqual(folderSteps(steps), [
    { path: "/usr/lib/p/deno", what: "the runtime", count: 1 },
    { path: "/usr/lib/p/app/", what: "the writer", count: 2 },
    { path: "/etc/sudoers.d/p", what: "the right", count: 1 },
  ]);
  assert.deepEqual(folderSteps([]), []);
});
