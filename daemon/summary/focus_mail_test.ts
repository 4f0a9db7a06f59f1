import assert from "node:assert/strict";
import { createTally } from "../core/focus.ts";
import { renderFocusMail, renderFocusSms } from "./mod.ts";
import { HOUR, MIN, OPTIONS, someSession } from "./testing.ts";

const NOTHING = createTally().totals;

Deno.test("renderFocusMail() says what a session came to, in both of its parts", () => {
  const { subject, text, html = "", pictures } = renderFocusMail(someSession(), OPTIONS);
  assert.equal(subject, "Focus session, Thu 26 Nov 10:00: 88 % focused");
  assert.deepEqual(pictures, [], "without its minutes there is no chart");
  const told = ["88 % focused", "43 min of 50 min", "10:00 – 10:50", "22 min"];
  for (const words of told) {
    assert.ok(text.includes(words), `the text says "${words}"`);
    assert.ok(html.includes(words), `the page says "${words}"`);
  }
  assert.match(text, /^Could not be told: 1 min, which counts neither way$/m);
  assert.match(text, /^Breaks: 1$/m);
  assert.doesNotMatch(text, /planned/, "it went as planned");
});

Deno.test("renderFocusMail() is honest about what is missing", () => {
  const text = (more: Parameters<typeof someSession>[0]) =>
    renderFocusMail(someSession(more), OPTIONS).text;
  assert.match(text({ plannedMinutes: 90 }), /43 min of 50 min, 1 h 30 min planned\./);
  assert.match(text({ how: "lost" }), /It was cut off: nothing more was heard of it\./);
  assert.match(text({ totals: NOTHING }), /Nothing was recorded in this session\./);
  const unsure = { ...NOTHING, totalMs: 5 * MIN, uncertainMs: 5 * MIN };
  assert.match(text({ totals: unsure }), /For 5 min, 50 min planned the camera could not tell\./);
});

Deno.test("renderFocusMail() draws the minutes of a session of any length", () => {
  for (const count of [1, 50, 61, 600]) {
    const startMs = someSession().startMs + 30_000;
    const minutes = Array.from({ length: count }, (_, i) => ({
      startMs: Math.floor(startMs / MIN) * MIN + i * MIN,
      focusedMs: 40_000,
      unfocusedMs: 20_000,
      noFaceMs: 0,
      uncertainMs: 0,
    }));
    const session = someSession({ startMs, endMs: startMs + count * MIN });
    const { html = "", pictures = [] } = renderFocusMail(session, { ...OPTIONS, minutes });
    assert.equal(pictures.length, 1);
    assert.ok(html.includes(`cid:${pictures[0].cid}`));
    const told = [.../alt="([^"]*)"/.exec(html)![1].matchAll(/(\d+) (s|min) focused/g)]
      .reduce((sum, [, n, unit]) => sum + Number(n) * (unit === "s" ? 1 : 60), 0);
    assert.ok(Math.abs(told - count * 40) <= count * 20, `${told} s of ${count * 40}`);
  }
});

Deno.test("renderFocusSms() is short ASCII", () => {
  assert.equal(
    renderFocusSms(someSession()),
    "ProdTracker, focus session: 88 % focused. Focused for 43 min of 50 min. " +
      "Longest streak 22 min. 1 break. 1 min could not be told.",
  );
  const long = { ...NOTHING, totalMs: 999 * HOUR, uncertainMs: 999 * HOUR, breaks: 9_999 };
  for (const more of [{ how: "lost" }, { totals: NOTHING }, { totals: long }] as const) {
    assert.match(renderFocusSms(someSession(more)), /^[\x20-\x7e]{1,290}$/);
  }
});
