/** The tracker as one state machine: windows, input, evidence, locks, sleeps, pauses and lost watchers in any order. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { type Heartbeat, mergeHeartbeat } from "../core/heartbeat.ts";
import type { Watcher, WatcherContext } from "../core/ports.ts";
import { JUMP_TOLERANCE_MS } from "../core/recorder.ts";
import type { EventSource, Span, Subject } from "../core/types.ts";
import { Tracker } from "./tracker.ts";

const LIMIT_MS = 20_000;
const START_MS = 1_000_000_000;

type Step =
  | { readonly kind: "wait" | "sleep" | "jump"; readonly ms: number }
  | { readonly kind: "window"; readonly app: "A" | "B" | undefined }
  | { readonly kind: "present"; readonly evidence: "seen" | "heard" | "call"; readonly ms: number }
  | { readonly kind: "lock"; readonly isLocked: boolean | undefined }
  | { readonly kind: "pause"; readonly isPaused: boolean }
  | { readonly kind: "lost"; readonly watches: "window" | "idle" }
  | { readonly kind: "input" | "refresh" };

interface Stored extends Span {
  readonly source: EventSource;
  readonly subject: Subject;
}

/** Timers on a clock that the test moves, while `play` runs. */
class Time {
  nowMs = START_MS;
  monoMs = 0;
  #timers = new Map<number, { dueMono: number; run: () => void }>();
  #lastId = 0;
  readonly #real = { set: globalThis.setTimeout, clear: globalThis.clearTimeout };

  install(): void {
    const set = (run: () => void, ms = 0) => {
      this.#timers.set(++this.#lastId, { dueMono: this.monoMs + ms, run });
      return this.#lastId;
    };
    globalThis.setTimeout = set as unknown as typeof setTimeout;
    globalThis.clearTimeout = (id) => void this.#timers.delete(Number(id));
  }

  uninstall(): void {
    globalThis.setTimeout = this.#real.set;
    globalThis.clearTimeout = this.#real.clear;
  }

  /** Lets everything happen that only waits for its turn. */
  settle(): Promise<void> {
    return new Promise((resolve) => this.#real.set(resolve, 0));
  }

  async wait(ms: number): Promise<void> {
    const untilMono = this.monoMs + ms;
    while (true) {
      const next = [...this.#timers].toSorted(([, a], [, b]) => a.dueMono - b.dueMono)[0];
      if (!next || next[1].dueMono > untilMono) break;
      this.#timers.delete(next[0]);
      this.#move(next[1].dueMono);
      next[1].run();
      await this.settle();
    }
    this.#move(untilMono);
  }

  #move(toMono: number): void {
    const ms = Math.max(0, toMono - this.monoMs);
    this.nowMs += ms;
    this.monoMs += ms;
  }
}

/** Plays steps; what came of them. */
async function play(steps: readonly Step[]) {
  const time = new Time();
  const beats: Heartbeat[] = [];
  const watchers = new Map<string, { context: WatcherContext; fail: (error: Error) => void }>();
  const scripted = (watches: "window" | "idle"): Watcher => ({
    name: `${watches}_scripted`,
    watches,
    run: (context) =>
      new Promise((resolve, reject) => {
        watchers.set(watches, { context, fail: reject });
        context.signal.addEventListener("abort", () => resolve());
        if (watches === "idle") armIdle(true);
        else context.emit({ kind: "window", atMs: time.nowMs, window: front && { app: front } });
      }),
  });
  let front: "A" | "B" | undefined = "A";
  // An idle counter as X11's: an alarm when the limit is crossed, and one at the next input.
  let inputMono = 0, isIdle = false;
  let alarm: ReturnType<typeof setTimeout> | undefined;
  const idle = (kind: "afk" | "not-afk", atMs: number) =>
    watchers.get("idle")?.context.emit({ kind, atMs });
  const armIdle = (isNew: boolean) => {
    clearTimeout(alarm);
    const idleMs = time.monoMs - inputMono;
    isIdle = idleMs >= LIMIT_MS;
    if (isIdle) idle("afk", time.nowMs - idleMs);
    else {
      if (isNew) idle("not-afk", time.nowMs);
      alarm = setTimeout(() => armIdle(false), LIMIT_MS - idleMs);
    }
  };

  time.install();
  const stop = new AbortController();
  /** Where nothing may be recorded, where something must be, and what was not there to be seen. */
  const forbidden: Span[] = [], owed: Span[] = [];
  let pausedMs: number | undefined;
  const tracker = new Tracker({
    clock: { nowMs: () => time.nowMs, monoMs: () => time.monoMs },
    afkLimitMs: LIMIT_MS,
    env: () => undefined,
    privacy: (window) => window,
    watchers: [scripted("window"), scripted("idle")],
    store: (more) => Promise.resolve(void beats.push(...more)),
    onState() {},
    report() {},
    onLost: (error) => assert.fail(error),
  });
  try {
    const running = tracker.run(stop.signal);
    await time.settle();
    for (const step of steps) {
      switch (step.kind) {
        case "wait": {
          const fromMs = time.nowMs;
          const isOwed = tracker.state.window !== undefined || tracker.state.afk === true;
          await time.wait(step.ms);
          if (isOwed && pausedMs === undefined) owed.push({ startMs: fromMs, endMs: time.nowMs });
          break;
        }
        case "sleep": {
          tracker.sleep(true);
          const fromMs = time.nowMs;
          await time.wait(1_000);
          time.nowMs += step.ms;
          await time.wait(500);
          tracker.sleep(false);
          forbidden.push({ startMs: fromMs, endMs: time.nowMs });
          break;
        }
        case "jump":
          time.nowMs += step.ms;
          break;
        case "window":
          front = step.app;
          watchers.get("window")?.context.emit({
            kind: "window",
            atMs: time.nowMs,
            window: front && { app: front },
          });
          break;
        case "present":
          tracker.present(time.nowMs - step.ms, time.nowMs, step.evidence);
          break;
        case "lock":
          tracker.lock(step.isLocked);
          break;
        case "pause":
          tracker.pause(step.isPaused);
          if (step.isPaused) pausedMs ??= time.nowMs;
          else if (pausedMs !== undefined) {
            forbidden.push({ startMs: pausedMs, endMs: time.nowMs });
            pausedMs = undefined;
          }
          break;
        case "lost":
          if (step.watches === "idle") clearTimeout(alarm);
          watchers.get(step.watches)?.fail(new Error("it broke"));
          watchers.delete(step.watches);
          break;
        case "input":
          inputMono = time.monoMs;
          if (isIdle) idle("not-afk", time.nowMs);
          isIdle = false;
          armIdle(false);
          break;
        case "refresh":
          tracker.refresh();
      }
      await time.settle();
      const { window, afk, proved, asleepMono } = tracker.state;
      if (pausedMs !== undefined) assert.deepEqual(tracker.state, {}, "a pause knows something");
      else if (asleepMono === undefined) {
        assert.equal(proved !== undefined, afk === true || window !== undefined, "what is open");
      }
    }
    if (pausedMs !== undefined) forbidden.push({ startMs: pausedMs, endMs: time.nowMs });
    stop.abort();
    await running;
  } finally {
    clearTimeout(alarm);
    time.uninstall();
  }
  return { beats, events: merged(beats), forbidden, owed, endMs: time.nowMs };
}

/** What the store makes of heartbeats. */
function merged(beats: readonly Heartbeat[]): Stored[] {
  const events: Stored[] = [];
  for (const beat of beats) {
    const last = events.findLast(({ source }) => source === beat.source);
    const grown = last && mergeHeartbeat(last, beat);
    if (grown) events[events.lastIndexOf(last)] = { ...last, ...grown };
    else events.push(beat);
  }
  return events;
}

const overlapMs = (a: Span, b: Span) =>
  Math.max(0, Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs));

/** How much of a span none of the events covers, in milliseconds. */
function uncoveredMs(span: Span, events: readonly Span[]): number {
  let reachedMs = span.startMs, gapMs = 0;
  for (const { startMs, endMs } of events.toSorted((a, b) => a.startMs - b.startMs)) {
    if (startMs >= span.endMs) break;
    gapMs += Math.max(0, startMs - reachedMs);
    reachedMs = Math.max(reachedMs, endMs);
  }
  return gapMs + Math.max(0, span.endMs - reachedMs);
}

const step = (jumps: boolean): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("wait" as const),
        ms: fc.integer({ min: 0, max: 30_000 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("window" as const),
        app: fc.constantFrom("A", "B", undefined),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("input" as const) }) },
    fc.record({
      kind: fc.constant("present" as const),
      evidence: fc.constantFrom("seen", "heard", "call"),
      ms: fc.integer({ min: 0, max: 12_000 }),
    }),
    fc.record({
      kind: fc.constant("lock" as const),
      isLocked: fc.constantFrom(true, false, undefined),
    }),
    fc.record({
      kind: fc.constant("sleep" as const),
      ms: fc.integer({ min: 0, max: 40_000_000 }),
    }),
    fc.record({ kind: fc.constant("pause" as const), isPaused: fc.boolean() }),
    fc.record({ kind: fc.constant("lost" as const), watches: fc.constantFrom("window", "idle") }),
    fc.record({ kind: fc.constant("refresh" as const) }),
    ...jumps
      ? [fc.record({
        kind: fc.constant("jump" as const),
        ms: fc.integer({ min: JUMP_TOLERANCE_MS + 1, max: 4_000_000 }),
      })]
      : [],
  );

/** What holds of any sequence in which the clock is not set back. */
async function check(steps: readonly Step[]) {
  const played = await play(steps);
  const { events, beats, forbidden, endMs } = played;
  let afkEndMs = -Infinity;
  for (const { source, startMs, endMs: toMs } of beats) {
    assert.ok(startMs <= toMs && toMs <= endMs, "a heartbeat runs backwards, or ahead");
    if (source === "afk") afkEndMs = Math.max(afkEndMs, toMs);
    else assert.ok(startMs === toMs || startMs >= afkEndMs, "a window in stored AFK");
  }
  for (const source of ["window", "afk"]) {
    const own = events.filter((event) => event.source === source);
    for (const [i, event] of own.entries()) {
      for (const other of own.slice(i + 1)) {
        assert.equal(overlapMs(event, other), 0, `${source}: a second counts twice`);
      }
    }
  }
  for (const event of events) {
    for (const span of forbidden) {
      assert.equal(overlapMs(event, span), 0, `${event.source} in a pause or a sleep`);
    }
  }
  return played;
}

Deno.test("Tracker records nothing in a pause or a sleep, no second twice, and all the rest", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step(false), { maxLength: 40 }), async (steps) => {
      const { owed, events, forbidden } = await check(steps);
      // Who is seen to have come back while windows changed was before one of which nothing is known any more.
      const late = steps.map((step) => step.kind === "present" ? step.ms : 0);
      for (const span of owed) {
        const lostMs = uncoveredMs(span, [...events, ...forbidden]);
        assert.ok(lostMs <= 1 + Math.max(0, ...late), `${lostMs} ms are lost`);
      }
    }),
    { numRuns: 100 },
  );
});

Deno.test("Tracker counts no second twice either when the machine sleeps unannounced", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step(true), { maxLength: 40 }), async (steps) => {
      await check(steps);
    }),
    { numRuns: 100 },
  );
});

const asText = (events: readonly Stored[]) =>
  events.filter(({ startMs, endMs }) => startMs < endMs).map(({ source, subject, ...span }) =>
    `${source === "afk" ? "AFK" : subject.app} ${span.startMs - START_MS}-${span.endMs - START_MS}`
  );

Deno.test("Tracker: what is in front until the lock is stored, and AFK from it on until it is undone", async () => {
  const { events } = await play([
    { kind: "wait", ms: 7_300 },
    { kind: "lock", isLocked: true },
    { kind: "wait", ms: 4_000 },
    // The password.
    { kind: "input" },
    { kind: "present", evidence: "heard", ms: 12_000 },
    { kind: "wait", ms: 60_000 },
    { kind: "window", app: "B" },
    { kind: "lock", isLocked: false },
    { kind: "wait", ms: 5_000 },
  ]);
  assert.deepEqual(asText(events), ["A 0-7300", "AFK 7300-71300", "B 71300-76300"]);
});

Deno.test("Tracker: a sleep ends what is open, AFK too, and it goes on after it", async () => {
  const HOUR_MS = 3_600_000;
  const { events } = await play([
    { kind: "wait", ms: 3_000 },
    { kind: "sleep", ms: HOUR_MS },
    { kind: "wait", ms: 3_000 },
    { kind: "lock", isLocked: true },
    { kind: "wait", ms: 4_000 },
    { kind: "sleep", ms: HOUR_MS },
    { kind: "wait", ms: 2_000 },
    { kind: "lock", isLocked: false },
    { kind: "wait", ms: 1_000 },
  ]);
  const h = HOUR_MS + 1_500;
  assert.deepEqual(asText(events), [
    "A 0-3000",
    `A ${h + 3_000}-${h + 6_000}`,
    `AFK ${h + 6_000}-${h + 10_000}`,
    `AFK ${2 * h + 10_000}-${2 * h + 12_000}`,
    `A ${2 * h + 12_000}-${2 * h + 13_000}`,
  ]);
});
