import assert from "node:assert/strict";
import fc from "fast-check";
import {
  createTally,
  focusPercent,
  type FocusSpan,
  type FocusTotals,
  minutesOf,
  tally,
  totalsOf,
} from "./focus.ts";

const START_MS = 1_760_000_000_000;
const STATES = ["focused", "unfocused", "no_face", "uncertain"] as const;

/** `"f60 n90 | 5 f3"`: states by their first letter with seconds; `| s` is a gap of so many. */
function spans(text: string): FocusSpan[] {
  let atMs = START_MS;
  const made: FocusSpan[] = [];
  for (const [, letter, seconds] of text.matchAll(/([fun?]|\| )(\d+(?:\.\d+)?)/g)) {
    const ms = Number(seconds) * 1000;
    const state = STATES["fun?".indexOf(letter)];
    if (state) made.push({ startMs: atMs, endMs: atMs + ms, state });
    atMs += ms;
  }
  return made;
}

Deno.test("totalsOf() adds up states, breaks and the longest streak", () => {
  const cases: [text: string, breaks: number, streakS: number, why: string][] = [
    ["", 0, 0, "nothing"],
    ["f10 u5 f20", 0, 20, "the longest of two streaks"],
    ["f10 ?60 f20", 0, 30, "uncertain neither ends a streak nor adds to it"],
    ["f10 n1 f9", 0, 10, "an empty chair ends a streak"],
    ["f10 n59 f10", 0, 10, "59 s away is no break"],
    ["f10 n60 f10", 1, 10, "60 s away is one"],
    ["f10 n600 f10", 1, 10, "ten minutes away are one"],
    ["f10 n60 ?5 n60 f10", 1, 10, "uncertain does not make two absences of one"],
    ["n30 ?600 n29", 0, 0, "nor does it lengthen one"],
    ["n30 u1 n30", 0, 0, "somebody came back between"],
    ["f10 | 1 f10", 0, 20, "a gap of a second is none"],
    ["f10 | 1.001 f10", 1, 10, "a longer one is a pause, and a break"],
    ["f10 n90 | 300 n30 f10", 1, 10, "leaving and pausing is one break"],
    ["f10 | 300 n90 f10", 1, 10, "also the other way round"],
    ["f10 | 9 f10 | 9 f10", 2, 10, "two pauses"],
    ["u5 n5 ?5", 0, 0, "no focus at all"],
  ];
  for (const [text, breaks, streakS, why] of cases) {
    const totals = totalsOf(spans(text));
    assert.equal(totals.breaks, breaks, `${text}: ${why}`);
    assert.equal(totals.longestStreakMs, streakS * 1000, `${text}: ${why}`);
  }
});

Deno.test("tally() refuses spans that run backwards or overlap", () => {
  const at = (startMs: number, endMs: number): FocusSpan => ({ startMs, endMs, state: "focused" });
  const counted = tally(createTally(), at(1000, 2000));
  assert.throws(() => tally(counted, at(1999, 3000)), RangeError);
  assert.throws(() => tally(counted, at(3000, 2500)), RangeError);
  assert.throws(() => tally(counted, at(NaN, 2500)), RangeError);
  assert.equal(tally(counted, at(5000, 5000)), counted);
});

Deno.test("focusPercent() has one decimal, leaves uncertain time out, and is null without judged time", () => {
  const percent = (text: string) => focusPercent(totalsOf(spans(text)));
  assert.equal(percent("f1 u1 n1"), 33.3);
  assert.equal(percent("f30 ?500 u30"), 50);
  assert.equal(percent("f7"), 100);
  assert.equal(percent("n7 u1"), 0);
  assert.equal(percent("?500"), null);
  assert.equal(percent(""), null);
});

const session = fc.array(
  fc.record({
    gapMs: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 90_000 })),
    ms: fc.integer({ min: 0, max: 120_000 }),
    state: fc.constantFrom(...STATES),
  }),
  { maxLength: 40 },
).map((parts) => {
  let atMs = START_MS;
  return parts.map(({ gapMs, ms, state }): FocusSpan => {
    const startMs = atMs + gapMs;
    atMs = startMs + ms;
    return { startMs, endMs: atMs, state };
  });
});

/** Neighbours of one state as one span. */
function merged(all: readonly FocusSpan[]): FocusSpan[] {
  const made: FocusSpan[] = [];
  for (const span of all) {
    const last = made.at(-1);
    if (last?.state === span.state && last.endMs === span.startMs) {
      made[made.length - 1] = { ...last, endMs: span.endMs };
    } else made.push(span);
  }
  return made;
}

function times({ focusedMs, unfocusedMs, noFaceMs, uncertainMs }: Omit<FocusTotals, "totalMs">) {
  return focusedMs + unfocusedMs + noFaceMs + uncertainMs;
}

Deno.test("totalsOf() is the same however the spans are cut", () => {
  fc.assert(fc.property(session, fc.array(fc.nat(119_999), { maxLength: 8 }), (whole, cuts) => {
    const cut = whole.flatMap(({ startMs, endMs, state }) => {
      const at = [startMs, ...cuts.map((ms) => startMs + ms).filter((ms) => ms < endMs), endMs]
        .sort((a, b) => a - b);
      return at.slice(1).map((toMs, i) => ({ startMs: at[i], endMs: toMs, state }));
    });
    const totals = totalsOf(whole);
    assert.deepEqual(totalsOf(cut), totals);
    assert.deepEqual(totalsOf(merged(whole)), totals);
    // As the store does it: span by span, through JSON.
    let stored = JSON.stringify(createTally());
    for (const span of cut) stored = JSON.stringify(tally(JSON.parse(stored), span));
    assert.deepEqual(JSON.parse(stored).totals, totals);
  }));
});

Deno.test("totalsOf() adds up to what was recorded, and so do the minutes", () => {
  fc.assert(fc.property(session, (whole) => {
    const totals = totalsOf(whole);
    const recordedMs = whole.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    assert.equal(totals.totalMs, recordedMs);
    assert.equal(times(totals), recordedMs);
    assert.ok(totals.longestStreakMs <= totals.focusedMs);
    const percent = focusPercent(totals);
    assert.equal(percent === null, totals.totalMs === totals.uncertainMs);
    assert.ok(percent === null || (percent >= 0 && percent <= 100));
    const minutes = minutesOf(whole);
    assert.equal(
      minutes.reduce((sum, minute) => sum + times({ ...totals, ...minute }), 0),
      recordedMs,
    );
    for (const [i, minute] of minutes.entries()) {
      assert.equal(minute.startMs % 60_000, 0);
      assert.ok(times({ ...totals, ...minute }) <= 60_000);
      assert.ok(i === 0 || minute.startMs > minutes[i - 1].startMs);
    }
  }));
});
