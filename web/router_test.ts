/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { addressOf, viewOf } from "./router.ts";

Deno.test("viewOf() knows its addresses, and takes any other for the first page's", () => {
  const cases = {
    ...{ "/": "today", "": "today", "/focus": "focus", "/focus/": "focus", "/x": "today" },
    ...{ "/rules": "rules", "/settings": "settings", "/rules/x": "today" },
  };
  for (const [path, view] of Object.entries(cases)) assert.equal(viewOf(path), view, path);
});

Deno.test("addressOf() says what is known, and leaves out what is not", () => {
  assert.equal(addressOf("today"), "/");
  assert.equal(addressOf("today", { date: undefined }), "/");
  assert.equal(
    addressOf("trends", { period: "year", date: "2026-01-31" }),
    "/trends?period=year&date=2026-01-31",
  );
  assert.equal(addressOf("rules", { title: "a&b=c #d" }), "/rules?title=a%26b%3Dc+%23d");
});
