import assert from "node:assert/strict";
import { BUILT_IN_LISTS } from "../../daemon/core/site_lists/names.ts";
import { namedLists, offeredLists, USUAL, usualLists } from "./lists_offered.ts";
import type { WireList } from "./wire.ts";

const list = (name: string, kind: WireList["kind"], count: number): WireList => ({
  ...{ name, kind, count, path: null, note: null },
});
const builtIn = BUILT_IN_LISTS.map((name) => list(name, "built-in", 5));

Deno.test("the usual is one's own list as soon as it holds anything", () => {
  const empty = [list("own", "own", 0), list("allowed", "allowed", 2), ...builtIn];
  assert.deepEqual(usualLists(empty), ["social", "video"]);
  assert.ok(!offeredLists(empty).some(({ name }) => name === "own"));
  const filled = [list("own", "own", 3), ...empty.slice(1), list("ads", "file", 9)];
  assert.deepEqual(usualLists(filled), ["own"]);
  assert.deepEqual(offeredLists(filled).map(({ name }) => name), ["own", ...BUILT_IN_LISTS, "ads"]);
});

Deno.test("whoever is not signed in may choose the usual without knowing what it is", () => {
  assert.deepEqual(usualLists(undefined), [USUAL.name]);
  assert.deepEqual(offeredLists(undefined).map(({ name }) => name), [
    USUAL.name,
    ...BUILT_IN_LISTS,
  ]);
  assert.deepEqual(namedLists(usualLists(undefined)), []);
  assert.deepEqual(namedLists(["news", USUAL.name]), ["news"]);
});
