import assert from "node:assert/strict";
import fc from "fast-check";
import type { FocusTotals } from "../daemon/core/focus.ts";
import { FOCUS_STATES } from "../daemon/core/focus_session.ts";
import { timer } from "./focus_style.ts";
import { changeLine, liveLine, type LiveState, summaryView } from "./focus_view.ts";
import { displayWidth, withoutColours } from "./text.ts";

const TOTALS: FocusTotals = {
  totalMs: 900_000,
  focusedMs: 723_400,
  unfocusedMs: 62_100,
  noFaceMs: 84_000,
  uncertainMs: 30_400,
  breaks: 1,
  longestStreakMs: 402_000,
};
const LIVE: LiveState = {
  state: "unfocused",
  reason: "looking away",
  totals: TOTALS,
  wholeMs: 1_500_000,
  isFilm: false,
};

const plainLine = (live: LiveState, width: number) => withoutColours(liveLine(live, width));

Deno.test("liveLine() tells all where there is room, and the most important where there is not", () => {
  assert.equal(
    plainLine(LIVE, 100),
    "▲ unfocused  looking away   83 %  focused 12:03  unfocused 1:02  away 1:24  10:00 left",
  );
  assert.equal(plainLine(LIVE, 60), "▲ unfocused  looking away   83 %  focused 12:03  10:00 left");
  assert.equal(plainLine(LIVE, 45), "▲ unfocused  looking away   83 %  10:00 left");
  assert.equal(plainLine(LIVE, 30), "▲ unfocused   83 %  10:00 left");
  assert.equal(plainLine(LIVE, 11), "▲ unfocused");
});

Deno.test("liveLine() tells a pause, a film's time, and that nothing is known yet", () => {
  assert.match(plainLine({ ...LIVE, isPaused: true }, 100), /^‖ paused {5}p goes on/);
  assert.match(plainLine({ ...LIVE, isFilm: true }, 100), / {2}15:00 of 25:00$/);
  const none = { ...TOTALS, totalMs: 0, focusedMs: 0, unfocusedMs: 0, noFaceMs: 0, uncertainMs: 0 };
  const line = plainLine({ ...LIVE, state: "uncertain", reason: undefined, totals: none }, 100);
  assert.match(line, /^\? uncertain {4}– %/);
});

Deno.test("liveLine() is never wider than it may be, and always names the state", () => {
  fc.assert(fc.property(
    fc.constantFrom(...FOCUS_STATES),
    fc.integer({ min: 11, max: 200 }),
    fc.record({
      reason: fc.option(fc.constantFrom("looking away", "too dark"), { nil: undefined }),
      isPaused: fc.boolean(),
      isFilm: fc.boolean(),
      wholeMs: fc.option(fc.nat(90_000_000), { nil: undefined }),
    }),
    fc.tuple(fc.nat(9e7), fc.nat(9e7), fc.nat(9e7), fc.nat(9e7)),
    (state, width, more, [focusedMs, unfocusedMs, noFaceMs, uncertainMs]) => {
      const totalMs = focusedMs + unfocusedMs + noFaceMs + uncertainMs;
      const totals = { ...TOTALS, totalMs, focusedMs, unfocusedMs, noFaceMs, uncertainMs };
      assert.ok(displayWidth(liveLine({ state, totals, ...more }, width)) <= width);
    },
  ));
});

Deno.test("summaryView() has a line a state, with a bar as long as its time", () => {
  const lines = summaryView(TOTALS, 80).map(withoutColours);
  assert.equal(lines[0], "15 min, 83 % focused");
  assert.match(lines[1], /^ {2}focused {4}12 min {2}█{30}$/);
  assert.match(lines[2], /^ {2}unfocused {3}1 min {2}▓{3}$/);
  assert.match(lines[3], /^ {2}no face {5}1 min {2}░{3}$/);
  assert.match(lines[4], /^ {2}uncertain {4}30 s {2}▒$/);
  assert.equal(lines[5], "  longest streak 7 min, 1 break");
  const unknown = { ...TOTALS, focusedMs: 0, unfocusedMs: 0, noFaceMs: 0 };
  assert.match(withoutColours(summaryView(unknown, 80)[0]), /nothing of it could be judged$/);
});

Deno.test("changeLine() has a reason only where there is one", () => {
  assert.equal(withoutColours(changeLine("0:10", "focused", undefined)), "0:10  focused");
  assert.equal(
    withoutColours(changeLine("0:10", "uncertain", "too dark")),
    "0:10  uncertain  too dark",
  );
});

Deno.test("timer() counts whole seconds, and hours when there are any", () => {
  assert.deepEqual([0, 999, 61_000, 3_599_999, 3_600_000].map(timer), [
    ...["0:00", "0:00", "1:01", "59:59", "1:00:00"],
  ]);
});
