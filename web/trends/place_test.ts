/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { isShown, placeOf } from "./place.ts";

Deno.test("placeOf() takes what the address says rightly, and the usual for the rest", () => {
  const of = (text: string) => placeOf(new URLSearchParams(text));
  assert.deepEqual(of(""), { period: "week", date: undefined, heat: "signal" });
  assert.deepEqual(of("period=year&date=2026-02-28&heat=all"), {
    ...{ period: "year", date: "2026-02-28", heat: "all" },
  });
  assert.deepEqual(of("period=eon&date=2026-02-30&heat=<b>"), of(""));
});

Deno.test("isShown() tells the period before from the one that is asked for", () => {
  const shown = {
    ...{
      period: "week" as const,
      first_date: "2026-11-23",
      last_date: "2026-11-29",
      today: "2026-11-26",
    },
  };
  const of = (text: string) => isShown(placeOf(new URLSearchParams(text)), shown);
  assert.equal(of(""), true);
  assert.equal(of("date=2026-11-23"), true);
  assert.equal(of("date=2026-11-22"), false);
  assert.equal(of("period=month"), false);
});
