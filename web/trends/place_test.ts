/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { placeOf } from "./place.ts";

Deno.test("placeOf() takes what the address says rightly, and the usual for the rest", () => {
  const of = (text: string) => placeOf(new URLSearchParams(text));
  assert.deepEqual(of(""), { period: "week", date: undefined, heat: "signal" });
  assert.deepEqual(of("period=year&date=2026-02-28&heat=all"), {
    ...{ period: "year", date: "2026-02-28", heat: "all" },
  });
  assert.deepEqual(of("period=eon&date=2026-02-30&heat=<b>"), of(""));
});
