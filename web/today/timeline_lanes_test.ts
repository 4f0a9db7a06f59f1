/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import type { WireTimeline } from "../../daemon/api/timeline.ts";
import {
  type Lane,
  lanesOf,
  type LaneSpan,
  placeOf,
  spanAt,
  spanOf,
  walkedTo,
} from "./timeline_lanes.ts";

const spansArbitrary = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 300 })),
  { maxLength: 40 },
).map((rows) => {
  let at = 0;
  return rows.map(([hole, length]): LaneSpan => {
    const from = at + hole;
    at = from + length;
    return { from, to: at, seconds: length, count: 1, kind: "signal" };
  });
});

Deno.test("spanAt() finds what looking at every span finds", () => {
  fc.assert(fc.property(spansArbitrary, fc.nat(6_000), (spans, at) => {
    assert.equal(spanAt(spans, at), spans.find(({ from, to }) => from <= at && at < to));
    const nearest = Math.min(...spans.map(({ from, to }) => Math.max(from - at, at - to, 0)));
    const found = spanAt(spans, at, Infinity);
    assert.equal(
      found && Math.max(found.from - at, at - found.to, 0),
      spans.length ? nearest : undefined,
    );
  }));
});

Deno.test("walkedTo() goes along every span of a lane, once, and back", () => {
  fc.assert(fc.property(spansArbitrary, (spans) => {
    const lanes: Lane[] = [{ key: "window", name: "Windows", heightPx: 1, spans }];
    const walk = (key: string, start: LaneSpan | undefined) => {
      const found: LaneSpan[] = [];
      for (let place = start && placeOf("window", start); place;) {
        found.push(spanOf(lanes, place)!);
        place = walkedTo(lanes, place, key);
      }
      return found;
    };
    assert.deepEqual(walk("ArrowRight", spans[0]), spans);
    assert.deepEqual(walk("ArrowLeft", spans.at(-1)), spans.toReversed());
  }));
});

const TIMELINE: WireTimeline = {
  from: "2026-01-15T04:00:00.000Z",
  to: "2026-01-16T04:00:00.000Z",
  detail_seconds: 0,
  items: [{ app: "Code", title: "main.ts", category: "development" }],
  window: [{
    start_seconds: 100,
    end_seconds: 200,
    seconds: 100,
    count: 1,
    class: "signal",
    item: 0,
  }],
  afk: [],
  phones: [{ device: "pixel", spans: [] }],
  focus: [],
  blocks: [{
    start_seconds: 500,
    end_seconds: 900,
    actor: "user",
    strict: false,
    lists: ["social"],
  }],
};

Deno.test("lanesOf() has windows and time away always, the others when they have something", () => {
  const lanes = lanesOf(TIMELINE);
  assert.deepEqual(lanes.map(({ key }) => key), ["window", "afk", "blocks"]);
  assert.deepEqual(
    [lanes[0].spans[0].app, lanes[0].spans[0].title, lanes[2].spans[0].title],
    ["Code", "main.ts", "social"],
  );
  assert.equal(lanesOf(TIMELINE, 3_600)[0].spans[0].from, 3_700);
});

Deno.test("walkedTo() goes to the nearest span of the next lane that has any", () => {
  const lanes = lanesOf(TIMELINE);
  const down = walkedTo(lanes, { lane: "window", at: 150 }, "ArrowDown");
  assert.deepEqual(down, { lane: "blocks", at: 700 });
  assert.deepEqual(walkedTo(lanes, down!, "ArrowUp"), { lane: "window", at: 150 });
  assert.equal(walkedTo(lanes, down!, "ArrowDown"), undefined);
  assert.equal(walkedTo(lanes, down!, "x"), undefined);
});
