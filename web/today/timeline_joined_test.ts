/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import type { WireTimeline } from "../../daemon/api/timeline.ts";
import { joined, partBegin } from "./timeline_joined.ts";

const DAY_MS = Date.parse("2026-03-01T04:00:00Z");
const iso = (seconds: number) => new Date(DAY_MS + seconds * 1000).toISOString();

/** One entry of a lane that is to be: its length, and of which of three items it is. */
type Entry = readonly [seconds: number, item: number];

/** The timeline of [from, to), as the daemon would cut it out of a day of `entries`, one after another. */
function cutOut(entries: readonly Entry[], from: number, to: number): WireTimeline {
  let end = 0;
  const spans = entries.flatMap(([length, item]) => {
    const start = end;
    end += length;
    const [first, last] = [Math.max(start, from), Math.min(end, to)];
    return last > first && item < 3 ? [{ first, last, item }] : [];
  });
  const used = [...new Set(spans.map(({ item }) => item))];
  const pieces = spans.map(({ first, last, item }) => ({
    ...{ start_seconds: first - from, end_seconds: last - from, seconds: last - first, count: 1 },
    ...{ class: "signal" as const, item: used.indexOf(item) },
  }));
  const ends = pieces.map(({ start_seconds, end_seconds }) => ({ start_seconds, end_seconds }));
  return {
    ...{ from: iso(from), to: iso(to), detail_seconds: 0, window: pieces, afk: [] },
    items: used.map((item) => ({ app: `app${item}`, title: null, category: null })),
    phones: [{ device: "pixel", spans: pieces }],
    focus: pieces.map(({ class: _, item, ...piece }) => ({
      ...{ ...piece, state: "focused" as const, session: used[item] },
    })),
    blocks: ends.map((each) => ({ ...each, actor: "user" as const, strict: false, lists: [] })),
  };
}

/** What a lane says, without the places of its items. */
const told = ({ window, items }: WireTimeline) =>
  window.map(({ item, ...piece }) => ({ ...piece, of: items[item!].app }));

/** Entries of which no two neighbours are of one item, as in the database; the fourth item is nothing at all. */
const entries = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.nat(3)), { maxLength: 12 })
  .map((all) => all.filter(([, item], i) => item !== all[i - 1]?.[1]));

Deno.test("joined() is what the whole day would be, wherever it was cut, and however far the parts overlap", () => {
  fc.assert(fc.property(entries, fc.nat(2_000), fc.nat(500), (all, cut, overlap) => {
    const day = cutOut(all, 0, 5_000);
    const parts = joined(cutOut(all, 0, cut + overlap), cutOut(all, cut, 5_000));
    assert.ok(parts);
    assert.deepEqual(told(parts), told(day));
    assert.deepEqual(told({ ...parts, window: parts.phones[0].spans }), told(day));
    assert.deepEqual(parts.focus, day.focus);
    assert.deepEqual([parts.from, parts.to], [day.from, day.to]);
  }));
});

Deno.test("joined() joins nothing where time is missing, or the parts are of two days", () => {
  const part = (from: number, to: number) => cutOut([[5_000, 1]], from, to);
  assert.equal(joined(part(0, 100), part(200, 300)), undefined);
  assert.equal(joined(part(100, 200), part(0, 300)), undefined);
});

Deno.test("joined() leaves pieces that stand for several spans as they are", () => {
  const before = cutOut([[100, 1]], 0, 100), after = cutOut([[300, 1]], 100, 300);
  const window = before.window.map((piece) => ({ ...piece, count: 7 }));
  assert.deepEqual(joined({ ...before, window }, after)?.window.map(({ count }) => count), [7, 1]);
});

Deno.test("partBegin() is half an hour ago at least, an hour at most, and not before the day", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 90_000 }), (seconds) => {
    const nowMs = DAY_MS + seconds * 1000;
    const begin = partBegin(DAY_MS, nowMs);
    assert.ok(begin >= DAY_MS && begin <= nowMs);
    if (begin > DAY_MS) assert.ok(nowMs - begin >= 1_800_000 && nowMs - begin < 3_600_000);
  }));
});
