/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { viewOf } from "./router.ts";

Deno.test("viewOf() knows its addresses, and takes any other for the first page's", () => {
  const cases = { "/": "today", "": "today", "/focus": "focus", "/focus/": "focus", "/x": "today" };
  for (const [path, view] of Object.entries(cases)) assert.equal(viewOf(path), view, path);
});
