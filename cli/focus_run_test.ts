import assert from "node:assert/strict";
import type { FocusSpan } from "../daemon/core/focus.ts";
import type { AttentionState } from "../vision/types.ts";
import { attend, noPicture, startAttention } from "../vision/attention.ts";
import type { Eyes, LookOptions, WatchUpdate } from "./focus_host.ts";
import { FocusRun } from "./focus_run.ts";
import type { LiveState } from "./focus_view.ts";

const CALIBRATION = { neutralYawDeg: 1, neutralPitchDeg: 2, openLevel: 0.9 };

/** A moment in which the state machine says `state`. */
function seen(atMs: number, state: AttentionState, learned = false): WatchUpdate {
  const { attention } = attend(startAttention(), noPicture(atMs));
  const calibration = learned ? CALIBRATION : undefined;
  return {
    kind: "seen",
    atMs,
    observation: noPicture(atMs),
    attention: { ...attention, state, reason: undefined, calibration },
  };
}

/** A session on a clock that stands where the last update left it. */
function scene(script: (look: number) => Iterable<WatchUpdate>, plannedMs?: number) {
  let nowMs = 1_000_000, looks = 0;
  const spans: FocusSpan[] = [], shown: LiveState[] = [], said: string[] = [];
  const learned: unknown[] = [], asked: LookOptions[] = [];
  const stop = new AbortController();
  const eyes: Eyes = {
    async *look(_source, options) {
      asked.push(options);
      for (const update of script(looks++)) {
        if (options.signal.aborted) return;
        if (update.atMs > nowMs) nowMs = update.atMs;
        yield update;
      }
    },
    close: () => Promise.resolve(),
  };
  const run = new FocusRun({
    ...{ eyes, plannedMs, rate: 5, attention: {}, signal: stop.signal },
    source: plannedMs === undefined
      ? { kind: "film", path: "x.mp4" }
      : { kind: "camera", wanted: undefined },
    nowMs: () => nowMs,
    screen: {
      show: (live) => shown.push(live),
      say: (line) => said.push(line),
      end() {},
    },
    onSpans: (more) => spans.push(...more),
    onLearned: (calibration) => learned.push(calibration),
  });
  return { run, stop, spans, shown, said, learned, asked, pass: (ms: number) => nowMs += ms };
}

Deno.test("FocusRun ends a session to the millisecond, however its pictures come", async () => {
  const { run, spans } = scene(function* () {
    for (let i = 1; i < 1_000; i++) yield seen(1_000_000 + i * 333, "focused");
  }, 60_000);
  await run.run();
  assert.equal(run.totals.totalMs, 60_000);
  assert.equal(run.totals.uncertainMs, 333, "until the first picture");
  assert.equal(spans[0].startMs, 1_000_000);
  assert.equal(spans.at(-1)!.endMs, 1_060_000);
});

Deno.test("FocusRun lets go of the camera while it is paused, and counts a break", async () => {
  const { run, shown, pass, asked } = scene(function* (look) {
    const fromMs = 1_000_000 + look * 110_000;
    for (let i = 1; i <= 50; i++) yield seen(fromMs + i * 200, "focused");
    if (look === 0) run.togglePause();
  }, 20_000);
  const running = run.run();
  while (!shown.at(-1)?.isPaused) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.ok(asked[0].signal.aborted, "the camera is free");
  pass(100_000);
  run.togglePause();
  await running;
  assert.equal(asked.length, 2);
  assert.equal(run.totals.breaks, 1);
  assert.equal(run.totals.totalMs, 20_000);
});

Deno.test("FocusRun counts a film by the film's clock, and says what could not be read", async () => {
  const { run, spans, said } = scene(function* () {
    yield { kind: "length", atMs: 0, lengthMs: 2_000 };
    for (let i = 0; i < 5; i++) yield seen(i * 200, i < 3 ? "focused" : "no_face");
    yield { kind: "end", atMs: 1_000, problem: "The film is cut short" };
  });
  await run.run();
  assert.deepEqual(spans.at(0)!.startMs, 0);
  assert.deepEqual([run.totals.focusedMs, run.totals.noFaceMs], [600, 400]);
  assert.match(said.join(), /The film is cut short/);
});

Deno.test("FocusRun hands on what was learned once, and uses it after a pause", async () => {
  const { run, shown, learned, asked } = scene(function* (look) {
    const fromMs = 1_000_000 + look * 20_000;
    for (let i = 1; i <= 20; i++) yield seen(fromMs + i * 200, "focused", true);
    if (look === 0) run.togglePause();
    else run.stop();
  }, 600_000);
  const running = run.run();
  while (!shown.at(-1)?.isPaused) await new Promise((resolve) => setTimeout(resolve, 1));
  run.togglePause();
  await running;
  assert.deepEqual(learned, [CALIBRATION]);
  assert.deepEqual(asked.map(({ attention }) => attention.calibration), [undefined, CALIBRATION]);
});

Deno.test("FocusRun counts what was seen when it is asked to end", async () => {
  const { run, stop } = scene(function* () {
    for (let i = 1; i <= 10; i++) yield seen(1_000_000 + i * 200, "unfocused");
    stop.abort();
  }, 600_000);
  await run.run();
  assert.equal(run.totals.totalMs, 2_000);
  assert.equal(run.totals.unfocusedMs, 1_800);
});
