/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { cameraProblem } from "./camera_words.ts";

Deno.test("cameraProblem() has words of its own for what browsers say, and names what it does not know", () => {
  const names = [
    "NotAllowedError",
    "NotFoundError",
    "NotReadableError",
    "OverconstrainedError",
    "AbortError",
    "SecurityError",
  ];
  const titles = new Set(names.map((name) => cameraProblem(name).title));
  assert.equal(titles.size, names.length);
  assert.match(cameraProblem("OddError").remedy, /OddError/);
});
