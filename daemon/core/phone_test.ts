import assert from "node:assert/strict";
import fc from "fast-check";
import { checkedDeviceId, countPickups, MAX_GAP_MS, parseHeartbeat, spansOf } from "./phone.ts";
import { asObject } from "./phone.ts";
import { parseStrictJson } from "./strict_json.ts";

const beat = (atS: number, app: string | undefined, screenOn = true) => ({
  atMs: atS * 1000,
  screenOn,
  app,
});

Deno.test("spansOf() believes a heartbeat until the next, if that comes in time and the screen is on", () => {
  const beats = [
    beat(0, "a"),
    beat(30, "a"),
    beat(60, "b", false),
    beat(90, undefined),
    beat(150, "a"),
    beat(211, "a"),
    beat(240, "b"),
  ];
  assert.deepEqual(spansOf(beats), [
    { startMs: 0, endMs: 60_000, app: "a" },
    { startMs: 90_000, endMs: 150_000, app: undefined },
    { startMs: 211_000, endMs: 240_000, app: "a" },
  ]);
  assert.equal(countPickups(beats), 3);
});

const beatsArbitrary = fc.array(
  fc.record({
    gapMs: fc.oneof(fc.integer({ min: 0, max: 2 * MAX_GAP_MS }), fc.constant(MAX_GAP_MS)),
    screenOn: fc.boolean(),
    app: fc.constantFrom("a", "b", undefined),
  }),
  { maxLength: 60 },
).map((steps) => {
  let atMs = 0;
  return steps.map(({ gapMs, ...rest }) => ({ ...rest, atMs: atMs += gapMs }));
});

Deno.test("spansOf() never overlaps, counts each moment once, and nothing that no heartbeat proves", () => {
  fc.assert(fc.property(beatsArbitrary, (beats) => {
    const spans = spansOf(beats);
    let countedMs = 0;
    for (const [i, { startMs, endMs, app }] of spans.entries()) {
      assert.ok(endMs > startMs);
      assert.ok(i === 0 || startMs >= spans[i - 1].endMs);
      assert.ok(beats.some((b) => b.atMs === startMs && b.screenOn && b.app === app));
      countedMs += endMs - startMs;
    }
    let provedMs = 0;
    for (let i = 0; i + 1 < beats.length; i++) {
      const gapMs = beats[i + 1].atMs - beats[i].atMs;
      if (beats[i].screenOn && gapMs <= MAX_GAP_MS) provedMs += gapMs;
    }
    assert.equal(countedMs, provedMs);
  }));
});

Deno.test("parseHeartbeat() says which field is wrong, and cleans what a phone calls its app", () => {
  const parse = (text: string) => parseHeartbeat(asObject(parseStrictJson(text)));
  const good = { device_id: "p", timestamp: 1.5, screen_on: true, foreground_app: " a\u0007b " };
  assert.deepEqual(parse(JSON.stringify(good)), {
    ...{ deviceId: "p", atMs: 1_500, screenOn: true, app: "ab" },
  });
  const wrong = (change: Record<string, unknown>, name: RegExp) =>
    assert.throws(() => parse(JSON.stringify({ ...good, ...change })), { message: name });
  wrong({ device_id: undefined }, /"device_id".*a text/);
  wrong({ device_id: "a b" }, /device id "a b"/);
  wrong({ timestamp: "1" }, /"timestamp".*number/);
  wrong({ timestamp: -1 }, /"timestamp".*not a time/);
  wrong({ timestamp: 1e300 }, /"timestamp".*not a time/);
  wrong({ screen_on: 1 }, /"screen_on".*true or false/);
  wrong({ foreground_app: [] }, /"foreground_app".*text or null/);
  wrong({ foreground_app: "x".repeat(257) }, /"foreground_app".*256/);
  assert.throws(() => checkedDeviceId("-x"), RangeError);
  assert.equal(checkedDeviceId("a".repeat(64)).length, 64);
});
