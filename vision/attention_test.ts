import assert from "node:assert/strict";
import fc from "fast-check";
import { totalsOf } from "../daemon/core/focus.ts";
import { stateSpans } from "../daemon/core/focus_spans.ts";
import {
  attend,
  type Attention,
  type AttentionMemory,
  type AttentionOptions,
  MAX_GAP_MS,
  noPicture,
  startAttention,
} from "./attention.ts";
import { MIN_DWELL_MS } from "./course.ts";
import {
  blinking,
  changes,
  CLOSED,
  DARK,
  NOBODY,
  observe,
  scene,
  type Sight,
  watch,
} from "./testing.ts";
import type { Observation } from "./types.ts";

const FPS = [1, 5, 10, 30, 60, 120];

Deno.test("attend() tells black frames, then closed eyes, then a turned head in the right seconds", () => {
  const black: Sight = { faces: 0, doubts: ["too dark"] };
  const turned = [35, -35, 70, 28].map((yawDeg) => ({ yawDeg }));
  for (const [fps, away] of FPS.flatMap((fps) => turned.map((away) => [fps, away] as const))) {
    const sights = scene([10, black], [10, CLOSED], [10, away], [5, {}]);
    const { told } = watch(sights, { seconds: 35, fps });
    const at = (seconds: number) => {
      const { state, reason } = told.findLast(({ atMs }) => atMs <= seconds * 1000)!;
      return reason ? `${state}: ${reason}` : state;
    };
    assert.equal(at(1), "uncertain: too dark", `${fps} fps`);
    assert.equal(at(9.9), "uncertain: too dark", `${fps} fps`);
    assert.equal(at(fps === 1 ? 11 : 10.7), "unfocused: eyes closed", `${fps} fps`);
    assert.equal(at(19.9), "unfocused: eyes closed", `${fps} fps`);
    assert.equal(at(fps === 1 ? 21 : 20.7), "unfocused: looking away", `${fps} fps`);
    assert.equal(at(29.9), "unfocused: looking away", `${fps} fps`);
    assert.equal(at(fps === 1 ? 31 : 30.7), "focused", `${fps} fps`);
    // Nothing in between: no other state comes up on the way.
    assert.deepEqual(changes(told).map((line) => line.replace(/^\S+ /, "")), [
      "uncertain: too dark",
      "unfocused: eyes closed",
      "unfocused: looking away",
      "focused",
    ]);
  }
});

Deno.test("attend() forgives looking away and closed eyes while focused, for the time that was asked for", () => {
  for (const sight of [{ yawDeg: 40 }, { yawDeg: -40 }, { pitchDeg: -40 }, CLOSED]) {
    for (const lookAwayMs of [500, 1_000, 3_000, 10_000]) {
      const sights = scene([5, {}], [30, sight]);
      const { told } = watch(sights, { seconds: 35, fps: 20, options: { lookAwayMs } });
      const { atMs } = told.find(({ state }) => state === "unfocused")!;
      const lateMs = atMs - 5_000 - lookAwayMs;
      assert.ok(lateMs >= 0 && lateMs <= 400, `${JSON.stringify(sight)} ${lookAwayMs}: ${lateMs}`);
    }
  }
});

Deno.test("attend() gives look-away time back three times as fast as it is used up", () => {
  const glances = (awayS: number, backS: number) =>
    watch(
      (atMs) =>
        atMs > 5_000 && atMs % ((awayS + backS) * 1000) < awayS * 1000 ? { yawDeg: 40 } : {},
      { seconds: 120, fps: 20 },
    ).told.some(({ state }) => state === "unfocused");
  assert.equal(glances(1.5, 1), false);
  assert.equal(glances(2.5, 1.5), false);
  assert.equal(glances(2.5, 0.5), true);
});

Deno.test("attend() calls uncertain what follows a gap, whatever it was before", () => {
  for (const sight of [{}, { yawDeg: 40 }, NOBODY]) {
    let { memory, told } = watch(scene([8, sight]), { seconds: 8, fps: 10, startMs: 0 });
    assert.notEqual(told.at(-1)!.state, "uncertain");
    memory = attend(memory, observe(sight, 8_000 + MAX_GAP_MS));
    assert.notEqual(memory.attention.state, "uncertain", "a long pause between frames is no gap");
    memory = attend(memory, observe(sight, 10_001 + 2 * MAX_GAP_MS));
    assert.equal(memory.attention.state, "uncertain");
    assert.equal(memory.attention.alert, 0);
    assert.equal(memory.attention.reason, "bad frame");
    memory = attend(memory, observe(sight, 14_401));
    memory = attend(memory, observe(sight, 15_000));
    assert.equal(memory.attention.state, told.at(-1)!.state, "and goes on from there");
  }
});

Deno.test("attend() ignores times that do not go on, begins anew on another clock, and refuses no time", () => {
  const { memory } = watch(scene([8, {}]), { seconds: 8, fps: 10, startMs: 100_000 });
  assert.equal(attend(memory, observe(CLOSED, 108_000)), memory);
  assert.equal(attend(memory, observe(CLOSED, 107_000)), memory);
  const old = watch(scene([30, CLOSED]), { seconds: 30, fps: 10, startMs: 108_100, memory }).memory;
  assert.ok(old.attention.perclos! > 0.5);
  const anew = attend(old, observe({}, 5)).attention;
  assert.equal(anew.perclos, undefined);
  assert.equal(anew.state, "uncertain");
  assert.deepEqual([anew.atMs, anew.sinceMs], [5, 5]);
  for (const atMs of [NaN, Infinity]) {
    assert.throws(() => attend(memory, noPicture(atMs)), RangeError);
  }
  assert.throws(() => startAttention({ lookAwayMs: -1 }), RangeError);
  assert.throws(() => attend(memory, observe({}, 109_000), { lookAwayMs: NaN }), RangeError);
  const calibration = { neutralYawDeg: NaN, neutralPitchDeg: 0, openLevel: 1 };
  assert.throws(() => startAttention({ calibration }), RangeError);
});

Deno.test("attend() is not poisoned by a pose that is no number", () => {
  const { memory } = watch(scene([2, {}]), { seconds: 2, fps: 10, startMs: 0 });
  const odd = attend(memory, observe({ yawDeg: NaN, pitchDeg: NaN }, 2_100));
  const { told } = watch(scene([2, {}]), { seconds: 2, fps: 10, startMs: 2_200, memory: odd });
  assert.ok(told.every(({ state }) => state === "focused"));
  const blind = watch(scene([3, { yawDeg: NaN }]), {
    seconds: 3,
    fps: 10,
    startMs: 2_200,
    memory: odd,
  });
  assert.equal(blind.told.at(-1)!.state, "uncertain");
});

Deno.test("attend() takes changed options from there on, and the given calibration at once", () => {
  const away: Sight = { pitchDeg: -30 };
  let { memory } = watch(scene([5, away]), { seconds: 5, fps: 10, startMs: 0 });
  assert.equal(memory.attention.state, "unfocused");
  const calibration = { neutralYawDeg: 0, neutralPitchDeg: -15, openLevel: 0.9 };
  for (let atMs = 5_100; atMs <= 6_000; atMs += 100) {
    memory = attend(memory, observe(away, atMs), { calibration });
  }
  assert.equal(memory.attention.state, "focused");
  assert.equal(memory.attention.calibration, calibration);
  assert.equal(memory.attention.isLearning, false);
  assert.equal(memory.options.calibration, calibration);
});

Deno.test("attend() does not judge eyes beyond 22 degrees of yaw", () => {
  const zones = [{ yawFromDeg: 25, yawToDeg: 50, pitchFromDeg: -20, pitchToDeg: 20 }];
  const closedFar: Observation = {
    ...observe({ yawDeg: 35 }, 0),
    eyes: { leftOpen: 0, rightOpen: 0 },
    doubts: [],
  };
  const run = (yawDeg: number, options: AttentionOptions) => {
    let memory = startAttention(options);
    for (let atMs = 0; atMs <= 8_000; atMs += 100) {
      memory = attend(memory, { ...closedFar, atMs, pose: { yawDeg, pitchDeg: 0, rollDeg: 0 } });
    }
    return memory.attention;
  };
  assert.equal(run(35, { zones }).state, "focused");
  assert.deepEqual([run(23, {}).state, run(23, {}).reason], ["uncertain", "turned too far"]);
  assert.equal(run(35, {}).reason, "looking away");
  assert.equal(run(21, {}).reason, "eyes closed");
});

Deno.test("attend() holds a look on the edge: gone at 24 degrees, back at 20", () => {
  const told = (yawDeg: number, from: number) =>
    watch(scene([6, { yawDeg: from }], [9, { yawDeg, open: undefined }]), { seconds: 15, fps: 20 })
      .told.at(-1)!.state;
  // Between the two it stays what it was; 21 degrees so that the eyes do not matter.
  assert.equal(told(21, 0), "focused");
  assert.equal(told(21, 40), "unfocused");
  assert.equal(told(-21, -40), "unfocused");
  assert.equal(told(19, 40), "focused");
});

Deno.test("attend() changes nothing of the memory it is given", () => {
  const sights = blinking(scene([70, {}], [8, CLOSED], [5, NOBODY], [5, {}]), {
    everyMs: 3_000,
    forMs: 200,
  });
  let memory: AttentionMemory = deepFreeze(startAttention());
  for (let atMs = 0; atMs < 88_000; atMs += 200) {
    const next = attend(memory, observe(sights(atMs), atMs));
    assert.deepEqual(attend(memory, observe(sights(atMs), atMs)), next);
    memory = deepFreeze(next);
  }
  assert.equal(memory.attention.isLearning, false);
});

function deepFreeze<T>(value: T): T {
  // What is frozen was frozen through and through.
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}

const sight: fc.Arbitrary<Sight> = fc.oneof(
  fc.constant<Sight>({}),
  fc.constant(CLOSED),
  fc.constant(NOBODY),
  fc.constant(DARK),
  fc.constant<Sight>({ noPicture: true }),
  fc.constant<Sight>({ faces: 2, doubts: ["several people"] }),
  fc.constant<Sight>({ open: undefined, doubts: ["eyes hidden"] }),
  fc.record<Sight>({
    yawDeg: fc.integer({ min: -70, max: 70 }),
    pitchDeg: fc.integer({ min: -50, max: 50 }),
    open: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
);

/** Any frames at all, at any pace: with gaps, standing still and going back a little. */
const frames = fc.array(
  fc.tuple(
    fc.oneof(
      { weight: 30, arbitrary: fc.integer({ min: 1, max: 300 }) },
      { weight: 5, arbitrary: fc.integer({ min: 300, max: 2_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 2_001, max: 30_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: -1_000, max: 0 }) },
    ),
    sight,
    // How often it is repeated: what lasts makes states.
    fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 40 })),
  ),
  { maxLength: 60 },
).map((steps) => {
  let atMs = 0;
  return steps.flatMap(([waitMs, shown, times]) =>
    Array.from({ length: times }, (_, i) => {
      atMs += i > 0 && (waitMs > 300 || waitMs < 1) ? 100 : waitMs;
      return observe(shown, atMs);
    })
  );
});

function play(observations: readonly Observation[], options?: AttentionOptions): Attention[] {
  let memory = startAttention(options);
  return observations.map((observation) => {
    memory = attend(memory, observation);
    return memory.attention;
  });
}

Deno.test("attend()'s states change no faster than the dwell, and since tells when", () => {
  fc.assert(
    fc.property(frames, (observations) => {
      let last: Attention | undefined;
      for (const attention of play(observations)) {
        if (last && attention.state !== last.state) {
          assert.equal(attention.sinceMs, attention.atMs);
          assert.ok(
            attention.atMs - last.sinceMs >= MIN_DWELL_MS,
            `after ${attention.atMs - last.sinceMs}`,
          );
        } else if (last) assert.equal(attention.sinceMs, last.sinceMs);
        assert.equal(
          attention.reason === undefined || ["unfocused", "uncertain"].includes(attention.state),
          true,
        );
        last = attention;
      }
    }),
    { numRuns: 300 },
  );
});

Deno.test("attend()'s states add up to the time observed", () => {
  fc.assert(fc.property(frames, (observations) => {
    const told = play(observations);
    const { totalMs, focusedMs, unfocusedMs, noFaceMs, uncertainMs } = totalsOf(stateSpans(told));
    assert.equal(totalMs, told.length === 0 ? 0 : told.at(-1)!.atMs - told[0].atMs);
    assert.equal(focusedMs + unfocusedMs + noFaceMs + uncertainMs, totalMs);
  }));
});

Deno.test("attend() never counts blinks, at whatever frame rate", () => {
  const train = fc.record({
    forMs: fc.integer({ min: 40, max: 399 }),
    openMs: fc.integer({ min: 250, max: 6_000 }),
    fps: fc.constantFrom(5, 8, 10, 15, 24, 30, 60),
    phase: fc.double({ min: 0, max: 0.99, noNaN: true }),
    lookAwayMs: fc.constantFrom(0, 500, 3_000),
  });
  fc.assert(
    fc.property(train, ({ forMs, openMs, fps, phase, lookAwayMs }) => {
      const sights = blinking(scene([90, {}]), { everyMs: forMs + openMs, forMs });
      const { told } = watch(sights, { seconds: 90, fps, phase, options: { lookAwayMs } });
      const begun = told.findIndex(({ state }) => state === "focused");
      assert.ok(begun >= 0 && told[begun].atMs < 1_500, "never focused");
      for (const { state, alert, perclos = 0 } of told.slice(begun)) {
        assert.deepEqual([state, alert, perclos], ["focused", 0, 0]);
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("attend() never takes a doubtful frame for one of somebody unfocused", () => {
  const doubtful = fc.constantFrom<Sight>(
    DARK,
    { noPicture: true },
    { faces: 2, doubts: ["several people"], yawDeg: 50 },
    { faces: 2, doubts: ["several people"], ...CLOSED },
    { doubts: ["eyes hidden"], open: undefined },
    { doubts: ["too dark"], open: undefined },
    { yawDeg: 23 },
    { yawDeg: -23 },
  );
  const any = fc.array(fc.tuple(doubtful, fc.integer({ min: 1, max: 60 })), {
    minLength: 1,
    maxLength: 30,
  });
  const make = (parts: [Sight, number][]) => {
    let atMs = 0;
    return parts.flatMap(([shown, times]) =>
      Array.from({ length: times }, () => observe(shown, atMs += 100))
    );
  };
  fc.assert(fc.property(any, (parts) => {
    for (const { state } of play(make(parts))) assert.equal(state, "uncertain");
    // Also with a good look now and then.
    const mixed = make(parts.flatMap((part) => [part, [{}, 8]]));
    for (const { state, alert } of play(mixed)) {
      assert.ok(state === "uncertain" || state === "focused", state);
      assert.equal(alert, 0);
    }
  }));
});

Deno.test("attend() says of a mirrored world the same", () => {
  const zones = [{ yawFromDeg: 24, yawToDeg: 45, pitchFromDeg: -15, pitchToDeg: 20 }];
  const mirroredZones = [{ yawFromDeg: -45, yawToDeg: -24, pitchFromDeg: -15, pitchToDeg: 20 }];
  const calibration = { neutralYawDeg: 7, neutralPitchDeg: -6, openLevel: 0.9 };
  const mirror = (observation: Observation): Observation => {
    const { pose, eyes } = observation;
    return {
      ...observation,
      pose: pose && { ...pose, yawDeg: -pose.yawDeg, rollDeg: -pose.rollDeg },
      eyes: eyes && { leftOpen: eyes.rightOpen, rightOpen: eyes.leftOpen },
    };
  };
  const strip = ({ calibration: _, ...rest }: Attention) => rest;
  fc.assert(fc.property(frames, fc.boolean(), (observations, isCalibrated) => {
    const here = isCalibrated ? { zones, calibration } : { zones };
    const there = isCalibrated
      ? { zones: mirroredZones, calibration: { ...calibration, neutralYawDeg: -7 } }
      : { zones: mirroredZones };
    assert.deepEqual(
      play(observations.map(mirror), there).map(strip),
      play(observations, here).map(strip),
    );
  }));
});

Deno.test("attend() tells the same at 5, 10, 30 and 120 frames a second, within two frames", () => {
  const part = fc.tuple(
    fc.integer({ min: 50, max: 90 }).map((tenths) => tenths / 10),
    fc.constantFrom<Sight>({}, CLOSED, NOBODY, DARK, { yawDeg: 45 }, { pitchDeg: -45 }, {
      faces: 2,
      doubts: ["several people"],
    }),
  );
  const parts = fc.array(part, { minLength: 1, maxLength: 8 });
  const phase = fc.double({ min: 0, max: 0.99, noNaN: true });
  fc.assert(
    fc.property(parts, phase, (shown, phase) => {
      const seconds = shown.reduce((sum, [length]) => sum + length, 0);
      const [reference, ...others] = [120, 30, 10, 5].map((fps) =>
        changes(watch(scene(...shown), { seconds, fps, phase }).told)
          .filter((line) => !/uncertain$/.test(line))
          .map((line) => line.split(/ (.*)/) as [string, string])
      );
      for (const other of others) {
        assert.deepEqual(other.map(([, what]) => what), reference.map(([, what]) => what));
        for (const [i, [seconds]] of other.entries()) {
          const off = Math.abs(Number(seconds) - Number(reference[i][0]));
          assert.ok(off <= 0.41, `${other[i]} is ${off} s off`);
        }
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("attend()'s alert only rises until somebody is focused again, or nothing is known for long", () => {
  fc.assert(fc.property(frames, (observations) => {
    let last: Attention | undefined;
    for (const attention of play(observations)) {
      const { alert, state } = attention;
      if (state === "focused") assert.equal(alert, 0);
      if (state === "unfocused") assert.ok(alert >= 1);
      if (last && alert > last.alert) assert.equal(state, "unfocused", "only unfocused raises it");
      if (last && alert < last.alert) {
        assert.ok(alert === 0 || alert === 1 && state === "unfocused");
      }
      last = attention;
    }
  }));
});
