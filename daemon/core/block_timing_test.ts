import assert from "node:assert/strict";
import fc from "fast-check";
import { FakeMachine } from "../../tests/fakes.ts";
import {
  advance,
  askEmergency,
  beginTiming,
  EMERGENCY_WAIT_MS,
  endedByEmergency,
  endsAtMs,
  remainingMs,
  type Timing,
} from "./block_timing.ts";

const MIN = 60_000;
const moment = (machine: FakeMachine) => ({ wallMs: machine.wallMs, upMs: machine.upMs() });

Deno.test("a block ends when its time is over, and says when that is", () => {
  for (const strict of [false, true]) {
    const machine = new FakeMachine();
    let timing = beginTiming(moment(machine), 60 * MIN, strict);
    assert.equal(endsAtMs(timing), machine.wallMs + 60 * MIN);
    machine.pass(59 * MIN);
    timing = advance(timing, moment(machine), true);
    assert.equal(remainingMs(timing), MIN);
    machine.pass(MIN);
    assert.equal(remainingMs(advance(timing, moment(machine), true)), 0);
  }
});

Deno.test("advance() moves a strict block's end along when the clock is set, and lengthens no other", () => {
  for (const byMs of [3 * 60 * MIN, -3 * 60 * MIN]) {
    const machine = new FakeMachine();
    const strict = beginTiming(moment(machine), 60 * MIN, true);
    const other = beginTiming(moment(machine), 60 * MIN, false);
    machine.pass(20 * MIN);
    machine.setClock(byMs);
    const later = advance(strict, moment(machine), true);
    assert.equal(remainingMs(later), 40 * MIN);
    assert.equal(endsAtMs(later), machine.wallMs + 40 * MIN);
    // Set ahead, the clock on the wall says that it is over; set back, the other still counts.
    const left = remainingMs(advance(other, moment(machine), true));
    assert.equal(left > 0 ? left : 0, byMs > 0 ? 0 : 40 * MIN);
  }
});

Deno.test("advance() believes a machine that was off for the night", () => {
  const machine = new FakeMachine();
  const timing = beginTiming(moment(machine), 60 * MIN, true);
  machine.pass(5 * MIN);
  machine.reboot(8 * 60 * MIN);
  assert.ok(remainingMs(advance(timing, moment(machine), false)) <= 0);
});

Deno.test("an emergency's wait is not shortened by setting the clock, nor by a restart", () => {
  const machine = new FakeMachine();
  let timing = askEmergency(beginTiming(moment(machine), 600 * MIN, true));
  machine.pass(MIN);
  machine.setClock(30 * MIN);
  timing = advance(timing, moment(machine), true);
  assert.equal(remainingMs(timing), 4 * MIN);
  machine.setClock(30 * MIN);
  machine.pass(MIN);
  // Another process: the clocks disagree, and what is certain is the minute of the up clock.
  timing = advance(timing, moment(machine), false);
  assert.equal(timing.emergencyMs, 2 * MIN);
  assert.ok(remainingMs(askEmergency(timing)) <= 3 * MIN, "asked again it begins anew");
  machine.pass(3 * MIN);
  timing = advance(timing, moment(machine), true);
  assert.equal(remainingMs(timing), 0);
  assert.ok(endedByEmergency(timing));
});

Deno.test("advance() does not take an up clock that another process reads a second less for a new start", () => {
  const machine = new FakeMachine();
  const { wallMs, upMs } = moment(machine);
  const timing = beginTiming({ wallMs, upMs }, 60 * MIN, true);
  const later = advance(timing, { wallMs: wallMs + 100, upMs: upMs - 900 }, false);
  assert.equal(remainingMs(later), 60 * MIN - 100);
});

type Step =
  | { readonly kind: "pass" | "set" | "off"; readonly ms: number }
  | { readonly kind: "restart" | "emergency" };

const passes = fc.record({ kind: fc.constant("pass" as const), ms: fc.nat(40 * MIN) });
const sets = fc.record({
  kind: fc.constant("set" as const),
  ms: fc.integer({ min: -2_000 * MIN, max: 2_000 * MIN }),
});
const restarts = fc.record({ kind: fc.constant("restart" as const) });
const offs = fc.record({ kind: fc.constant("off" as const), ms: fc.nat(600 * MIN) });

/** Lives through `steps` until the block is over; returns how long that took in real time. */
function live(steps: readonly Step[], lengthMs: number, strict: boolean, emergencyAt = -1) {
  const machine = new FakeMachine();
  let timing: Timing = beginTiming(moment(machine), lengthMs, strict);
  let stored = timing;
  let askedMs: number | undefined;
  let onMs = 0;
  for (const [i, step] of steps.entries()) {
    let watched = true;
    if (i === emergencyAt) {
      stored = timing = askEmergency(timing);
      askedMs = machine.realMs;
    }
    if (step.kind === "pass") machine.pass(step.ms), onMs += step.ms;
    else if (step.kind === "set") machine.setClock(step.ms);
    else {
      if (step.kind === "off") machine.reboot(step.ms);
      timing = stored;
      watched = false;
    }
    const before = timing;
    timing = advance(timing, moment(machine), watched);
    // As the service does: what a clock that was set changed is written down.
    if (!watched || timing.endMs !== before.endMs) stored = timing;
    if (remainingMs(timing) <= 0) {
      return { over: true, realMs: machine.realMs, onMs, askedMs, timing };
    }
  }
  return { over: false, realMs: machine.realMs, onMs, askedMs, timing };
}

const lengths = fc.integer({ min: MIN, max: 1_440 * MIN });
/** The up clock counts whole seconds where processes change; here it is exact, so this is for rounding. */
const SLACK_MS = 5_000;

Deno.test("no block stands for longer than asked, however often the clock is set", () => {
  fc.assert(fc.property(
    fc.array(fc.oneof(passes, sets), { maxLength: 60 }),
    lengths,
    fc.boolean(),
    (steps, lengthMs, strict) => {
      const { over, realMs } = live(steps, lengthMs, strict);
      assert.ok(over || realMs < lengthMs + SLACK_MS);
    },
  ));
});

Deno.test("no block stands for longer than asked across restarts, and while the machine is off", () => {
  fc.assert(fc.property(
    fc.array(fc.oneof(passes, restarts, offs), { maxLength: 60 }),
    lengths,
    fc.boolean(),
    (steps, lengthMs, strict) => {
      const { over, realMs } = live(steps, lengthMs, strict);
      assert.ok(over || realMs < lengthMs + SLACK_MS);
    },
  ));
});

Deno.test("no block holds for longer than asked while the machine is on, whatever happens", () => {
  fc.assert(fc.property(
    fc.array(fc.oneof(passes, restarts, offs, sets), { maxLength: 60 }),
    lengths,
    fc.boolean(),
    (steps, lengthMs, strict) => {
      const { over, onMs } = live(steps, lengthMs, strict);
      assert.ok(over || onMs < lengthMs + SLACK_MS * steps.length);
    },
  ));
});

Deno.test("a strict block is never shortened: by setting the clock, nor by restarts of the daemon", () => {
  for (const others of [sets, restarts, offs]) {
    fc.assert(fc.property(
      fc.array(fc.oneof(passes, others), { maxLength: 60 }),
      lengths,
      (steps, lengthMs) => {
        const { over, realMs } = live(steps, lengthMs, true);
        assert.ok(!over || realMs >= lengthMs - SLACK_MS);
      },
    ));
  }
});

Deno.test("an emergency ends a strict block after 5 minutes of real time and not before", () => {
  fc.assert(fc.property(
    fc.array(fc.oneof(passes, sets, restarts), { minLength: 1, maxLength: 60 }),
    fc.nat(59),
    (steps, at) => {
      const lengthMs = 100_000 * MIN;
      const { over, realMs, askedMs, timing } = live(steps, lengthMs, true, at);
      if (!over || !endedByEmergency(timing)) return;
      assert.ok(askedMs !== undefined && realMs - askedMs >= EMERGENCY_WAIT_MS);
    },
  ));
});
