/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { walkedTo } from "./walk.ts";

Deno.test("walkedTo() stays within the columns and knows only its keys", () => {
  assert.equal(walkedTo("ArrowRight", 2, 24), 3);
  assert.equal(walkedTo("ArrowLeft", 0, 24), 0);
  assert.equal(walkedTo("PageUp", 20, 24), 23);
  assert.equal(walkedTo("End", 0, 24), 23);
  assert.equal(walkedTo("Home", 9, 24), 0);
  assert.equal(walkedTo("a", 9, 24), undefined);
  assert.equal(walkedTo("Home", 0, 0), undefined);
});
