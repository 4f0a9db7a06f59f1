import assert from "node:assert/strict";
import fc from "fast-check";
import type { Zone } from "./day.ts";
import {
  advancePause,
  endPause,
  LONGEST_PAUSE_MS,
  parsePause,
  type Pause,
  type PauseStep,
  resumePause,
  untilText,
  wished,
} from "./pause.ts";

const UTC: Zone = () => 0;
const NOON = Date.UTC(2026, 0, 14, 12);
const MINUTE = 60_000;

Deno.test("parsePause() reads lengths, times of the clock, on and off", () => {
  const minutes = (text: string) => {
    const wish = parsePause(text, NOON, UTC);
    return wish.kind === "for" ? wish.ms / MINUTE : wish;
  };
  assert.equal(minutes("30m"), 30);
  assert.equal(minutes(" 2H "), 120);
  assert.equal(minutes("1h30m"), 90);
  assert.equal(minutes("1h 30m"), 90);
  assert.equal(minutes("45"), 45);
  assert.equal(minutes("168h"), LONGEST_PAUSE_MS / MINUTE);
  assert.deepEqual(minutes("on"), { kind: "on" });
  assert.deepEqual(minutes("OFF"), { kind: "off" });
  const until = (text: string, zone = UTC) => {
    const wish = parsePause(text, NOON, zone);
    assert.ok(wish.kind === "until");
    return new Date(wish.endMs).toISOString();
  };
  assert.equal(until("until 17:00"), "2026-01-14T17:00:00.000Z");
  assert.equal(until("until 9:30"), "2026-01-15T09:30:00.000Z", "over today: tomorrow's");
  assert.equal(until("until 12:00"), "2026-01-15T12:00:00.000Z");
  assert.equal(until("until 2026-01-16 09:00"), "2026-01-16T09:00:00.000Z");
  assert.equal(until("until 17:00", () => 330 * MINUTE), "2026-01-15T11:30:00.000Z", "Kolkata");
});

Deno.test("parsePause() refuses what it cannot mean, and says what it can", () => {
  const refused: [string, RegExp][] = [
    ["", /Allowed is "30m"/],
    ["soon", /Allowed is "30m"/],
    ["-5m", /Allowed/],
    ["0m", /from a minute to a week/],
    ["169h", /from a minute to a week/],
    ["until 25:00", /no time of day/],
    ["until 17", /Allowed/],
    ["until 2026-13-01 09:00", /no 2026-13-01/],
    ["until 2026-01-14 11:59", /over already/],
    ["until 2026-03-01 09:00", /to a week/],
  ];
  for (const [text, reason] of refused) {
    const isSaid = (error: Error) => error instanceof RangeError && reason.test(error.message);
    assert.throws(() => parsePause(text, NOON, UTC), isSaid, text);
  }
});

Deno.test("parsePause() takes any length that it may as it is written", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 10_080 }), (minutes) => {
    const forms = [`${minutes}m`, `${minutes}`, `${Math.floor(minutes / 60)}h${minutes % 60}m`];
    for (const form of forms) {
      assert.deepEqual(parsePause(form, NOON, UTC), { kind: "for", ms: minutes * MINUTE });
    }
  }));
});

Deno.test("parsePause() gives the next time that the local clock shows what was asked", () => {
  const zones = [-720, -210, 0, 330, 765].map((minutes): Zone => () => minutes * MINUTE);
  fc.assert(fc.property(
    ...[fc.integer({ min: 0, max: 1439 }), fc.constantFrom(...zones)] as const,
    fc.integer({ min: NOON, max: NOON + 400 * 86_400_000 }),
    (minute, zone, nowMs) => {
      const clock = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
      const wish = parsePause(`until ${clock}`, nowMs, zone);
      assert.ok(wish.kind === "until");
      assert.ok(wish.endMs > nowMs && wish.endMs <= nowMs + 86_400_000);
      const shown = (wish.endMs + zone(wish.endMs)) % 86_400_000;
      assert.equal(shown, minute * MINUTE);
    },
  ));
});

/** A machine whose clock may be set while time goes by. */
const life = fc.array(
  fc.record({
    passMs: fc.integer({ min: 0, max: 40 * MINUTE }),
    setByMs: fc.oneof(
      fc.constant(0),
      fc.integer({ min: -5 * 3_600_000, max: 5 * 3_600_000 }).filter((ms) => Math.abs(ms) > 10_000),
    ),
  }),
  { minLength: 1, maxLength: 30 },
);
const total = (steps: PauseStep, nowMs: number) =>
  steps.ended.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) +
  (steps.running ? nowMs - steps.running.startMs : 0);

Deno.test("a pause of a length lasts exactly that long, whatever somebody does to the clock", () => {
  fc.assert(fc.property(life, fc.integer({ min: MINUTE, max: 180 * MINUTE }), (steps, askedMs) => {
    let now = { wallMs: NOON, upMs: 1_000 }, realMs = 0;
    const ended: PauseStep["ended"][number][] = [];
    let running: Pause | undefined = wished({ kind: "for", ms: askedMs }, undefined, NOON);
    for (const { passMs, setByMs } of steps) {
      const seen = now;
      realMs += passMs;
      now = { wallMs: seen.wallMs + passMs + setByMs, upMs: seen.upMs + passMs };
      if (!running) continue;
      const step = advancePause(running, seen, now);
      ended.push(...step.ended);
      running = step.running;
      assert.equal(running !== undefined, realMs < askedMs, "it goes on while time is left");
      assert.equal(total({ ended, running }, now.wallMs), Math.min(realMs, askedMs));
      if (running) assert.equal(running.endMs! - now.wallMs, askedMs - realMs);
    }
  }));
});

Deno.test("a pause until a time ends when the clock shows it; one until told never by itself", () => {
  fc.assert(fc.property(life, fc.integer({ min: MINUTE, max: 180 * MINUTE }), (steps, ms) => {
    let now = { wallMs: NOON, upMs: 1_000 };
    const endMs = NOON + ms;
    let until = wished({ kind: "until", endMs }, undefined, NOON);
    let told = wished({ kind: "on" }, undefined, NOON);
    for (const { passMs, setByMs } of steps) {
      const seen = now;
      now = { wallMs: seen.wallMs + passMs + setByMs, upMs: seen.upMs + passMs };
      told = advancePause(told!, seen, now).running;
      assert.ok(told && told.endMs === undefined && told.startMs <= now.wallMs);
      if (until === undefined) continue;
      until = advancePause(until, seen, now).running;
      assert.equal(until !== undefined, now.wallMs < endMs);
      if (until) assert.equal(until.endMs, endMs);
    }
  }));
});

Deno.test("resumePause() ends what ended while nobody ran, and keeps the rest", () => {
  const pause: Pause = { startMs: NOON, endMs: NOON + 30 * MINUTE, byClock: false };
  assert.deepEqual(resumePause(pause, NOON + MINUTE), { ended: [], running: pause });
  const over = [{ startMs: NOON, endMs: NOON + 30 * MINUTE }];
  assert.deepEqual(resumePause(pause, NOON + 30 * MINUTE), { ended: over });
  assert.deepEqual(resumePause(pause, NOON + 999 * MINUTE), { ended: over });
  // The clock was set back: never longer than was asked.
  const back = resumePause(pause, NOON - 600 * MINUTE).running!;
  assert.equal(back.startMs, NOON - 600 * MINUTE);
  assert.equal(back.endMs! - back.startMs, 30 * MINUTE);
  const told: Pause = { startMs: NOON, byClock: false };
  assert.deepEqual(resumePause(told, NOON + 9e9).running, told);
});

Deno.test("wished() changes the end of a pause that goes on, and keeps its beginning", () => {
  const running = wished({ kind: "for", ms: 30 * MINUTE }, undefined, NOON)!;
  const later = wished({ kind: "for", ms: 60 * MINUTE }, running, NOON + 10 * MINUTE)!;
  assert.deepEqual([later.startMs, later.endMs], [NOON, NOON + 70 * MINUTE]);
  assert.equal(wished({ kind: "on" }, running, NOON)!.endMs, undefined);
  assert.equal(wished({ kind: "off" }, running, NOON), undefined);
  assert.deepEqual(endPause(running, NOON + MINUTE), [{ startMs: NOON, endMs: NOON + MINUTE }]);
  assert.deepEqual(endPause(running, NOON - MINUTE), []);
});

Deno.test("untilText() names the day only when it is another", () => {
  assert.equal(untilText(NOON + 30 * MINUTE, NOON, UTC), "until 12:30");
  assert.equal(untilText(NOON + 13 * 60 * MINUTE, NOON, UTC), "until 2026-01-15 01:00");
  assert.equal(untilText(undefined, NOON, UTC), "until pause off");
});
