/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { daySpan } from "../../daemon/core/day.ts";
import {
  isChosen,
  joined,
  listedSpan,
  queryOf,
  type Selection,
  selectionIn,
  selectionOf,
  untilNow,
} from "./selection.ts";

const zone = () => 0;
const day = daySpan("2026-03-11", zone, 240);
const at = (hour: number, minute = 0) => Date.UTC(2026, 2, 11, hour, minute);

Deno.test("selectionOf() reads back what queryOf() writes, and nothing that could not be", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2e12 }),
      fc.integer({ min: 1, max: 1e9 }),
      fc.option(fc.integer({ min: 1, max: 1e9 }), { nil: undefined }),
      (startMs, lengthMs, event) => {
        const selection: Selection = {
          ...{ startMs, endMs: startMs + lengthMs },
          ...event !== undefined && { event },
        };
        const given = Object.entries(queryOf(selection)).filter((pair): pair is [string, string] =>
          pair[1] !== undefined
        );
        assert.deepEqual(selectionOf(new URLSearchParams(given)), selection);
      },
    ),
  );
  for (const text of ["", "from=x&to=y", "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z"]) {
    assert.equal(selectionOf(new URLSearchParams(text)), undefined, text);
  }
});

Deno.test("listedSpan() shows the hours around what is chosen", () => {
  const chosen = { startMs: at(10, 50), endMs: at(11, 10) };
  assert.deepEqual(listedSpan(chosen, day, zone), { startMs: at(10), endMs: at(12) });
  assert.deepEqual(listedSpan(undefined, day, zone), day);
  assert.deepEqual(listedSpan({ startMs: 0, endMs: 1 }, day, zone), day);
});

Deno.test("isChosen() takes all that lies in the span, or the one event", () => {
  const row = { id: 7, startMs: at(10), endMs: at(11) };
  assert.ok(isChosen(row, { startMs: at(9), endMs: at(11) }));
  assert.ok(!isChosen(row, { startMs: at(9), endMs: at(11), event: 8 }));
  assert.ok(!isChosen(row, { startMs: at(10, 1), endMs: at(11) }));
  assert.deepEqual(joined(row, { startMs: at(9), endMs: at(10, 5) }), {
    startMs: at(9),
    endMs: at(11),
  });
});

Deno.test("selectionIn() drops what lies on another day, and keeps what runs over midnight", () => {
  const over = { startMs: day.endMs - 1000, endMs: day.endMs + 1000 };
  assert.equal(selectionIn(day, over), over);
  assert.equal(selectionIn({ startMs: over.endMs, endMs: over.endMs + 1 }, over), undefined);
  assert.equal(selectionIn(day, { startMs: at(-9), endMs: at(-8), event: 7 }), undefined);
});

Deno.test("untilNow() cuts the hour that goes on, and gives none that is to come", () => {
  const hour = { startMs: at(10), endMs: at(11) };
  assert.deepEqual(untilNow(hour, at(12)), hour);
  assert.deepEqual(untilNow(hour, at(10, 20) + 900), { startMs: at(10), endMs: at(10, 20) });
  assert.equal(untilNow(hour, at(10) + 900), undefined);
  assert.equal(untilNow(hour, at(9)), undefined);
});
