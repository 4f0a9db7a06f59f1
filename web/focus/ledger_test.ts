/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { type FocusSpan, minutesOf, totalsOf } from "../../daemon/core/focus.ts";
import { type Batch, Ledger } from "./ledger.ts";

const T0 = Date.UTC(2026, 0, 14, 9, 0, 50);
const span = (fromMs: number, toMs: number, state: FocusSpan["state"]): FocusSpan => ({
  startMs: T0 + fromMs,
  endMs: T0 + toMs,
  state,
});

/** The spans that a daemon makes of batches. */
function placed(batches: readonly Batch[]): FocusSpan[] {
  return batches.flatMap(({ startMs, spans }) => {
    let seconds = 0, fromMs = startMs;
    return spans.map(({ state, seconds: length }): FocusSpan => {
      seconds += length;
      const endMs = startMs + Math.round(seconds * 1000);
      const one = { startMs: fromMs, endMs, state };
      fromMs = endMs;
      return one;
    });
  });
}

Deno.test("Ledger sends a batch again as it was until it is confirmed, and what came since after it", () => {
  const ledger = new Ledger();
  ledger.add([span(0, 100, "focused"), span(100, 250, "focused")]);
  const first = ledger.next();
  assert.deepEqual(first, {
    sequence: 1,
    startMs: T0,
    spans: [{ state: "focused", seconds: 0.25 }],
  });
  ledger.add([span(250, 400, "unfocused")]);
  assert.equal(ledger.next(), first);
  ledger.confirm(7);
  assert.equal(ledger.next(), first);
  ledger.confirm(1);
  assert.deepEqual(ledger.next()?.sequence, 2);
  ledger.discard(2);
  assert.equal(ledger.isBehind, false);
  ledger.add([span(400, 500, "focused")]);
  assert.deepEqual(ledger.next()?.sequence, 2);
});

Deno.test("Ledger.close() makes batches of all there is, which what comes later does not change", () => {
  const ledger = new Ledger();
  ledger.add([span(0, 100, "focused")]);
  ledger.next();
  ledger.add([span(100, 200, "focused")]);
  const closed = ledger.close();
  assert.deepEqual(closed.map(({ sequence }) => sequence), [1, 2]);
  ledger.add([span(200, 300, "focused")]);
  ledger.confirm(1);
  assert.equal(ledger.next(), closed[1]);
  ledger.discard(2);
  assert.deepEqual(ledger.next()?.startMs, T0 + 200);
  assert.deepEqual(ledger.next()?.sequence, 2);
});

Deno.test("Ledger cuts batches at pauses", () => {
  const ledger = new Ledger();
  ledger.add([span(0, 1_000, "focused"), span(9_000, 10_000, "focused")]);
  assert.equal(ledger.next()?.spans.length, 1);
  ledger.confirm(1);
  assert.equal(ledger.next()?.startMs, T0 + 9_000);
  assert.equal(ledger.totals.breaks, 1);
});

const STATES = ["focused", "unfocused", "no_face", "uncertain"] as const;
const gaps = fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 1, max: 90_000 }));
const steps = fc.array(
  fc.record({
    gapMs: gaps,
    ms: fc.integer({ min: 0, max: 130_000 }),
    state: fc.constantFrom(...STATES),
    isSent: fc.boolean(),
    isConfirmed: fc.boolean(),
    isReloaded: fc.boolean(),
    isClosed: fc.boolean(),
  }),
  { maxLength: 60 },
);

Deno.test("Ledger: what is confirmed comes to the same as what was seen, whatever is lost on the way and reloaded", () => {
  fc.assert(fc.property(steps, (all) => {
    let ledger = new Ledger(), atMs = T0;
    const seen: FocusSpan[] = [], confirmed: Batch[] = [];
    const send = (isConfirmed: boolean) => {
      const batch = ledger.next();
      if (!batch || !isConfirmed) return false;
      confirmed.push(batch);
      ledger.confirm(batch.sequence);
      return true;
    };
    for (const { gapMs, ms, state, isSent, isConfirmed, isReloaded, isClosed } of all) {
      const startMs = atMs + gapMs;
      atMs = startMs + ms;
      const one = { startMs, endMs: atMs, state };
      if (ms > 0) seen.push(one);
      ledger.add([one]);
      if (isSent) send(isConfirmed);
      if (isClosed) ledger.close();
      if (isReloaded) ledger = new Ledger(JSON.parse(JSON.stringify(ledger.state)));
    }
    while (send(true));
    assert.equal(ledger.isBehind, false);
    assert.deepEqual(confirmed.map(({ sequence }) => sequence), confirmed.map((_, i) => i + 1));
    for (const { spans } of confirmed) assert.ok(spans.length > 0 && spans.length <= 100);
    assert.deepEqual(totalsOf(placed(confirmed)), totalsOf(seen));
    assert.deepEqual(ledger.totals, totalsOf(seen));
    assert.deepEqual(ledger.minutes, minutesOf(seen));
  }));
});
