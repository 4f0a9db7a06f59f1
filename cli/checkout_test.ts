import assert from "node:assert/strict";
import { checkoutOf } from "./checkout.ts";

const CASES: [url: string, dirname: string, root: string | undefined][] = [
  ["file:///home/me/prodtracker/main.ts", "/home/me/prodtracker", "/home/me/prodtracker"],
  [
    "file:///home/me/prodtracker/dist/start/main.js",
    "/home/me/prodtracker/dist/start",
    "/home/me/prodtracker",
  ],
  ["file:///C:/pt/dist/start/main.js", "C:\\pt\\dist\\start", "C:\\pt"],
  ["file:///home/me/.cache/prodtracker/ab12/bundle/main.js", "/x/ab12/bundle", undefined],
  ["file:///tmp/deno-compile-prodtracker/bundle/main.js", "/tmp/x/bundle", undefined],
];

for (const [url, dirname, root] of CASES) {
  Deno.test(`checkoutOf() ${url} is ${root ?? "no checkout"}`, () => {
    assert.equal(checkoutOf({ url, dirname }), root);
  });
}
