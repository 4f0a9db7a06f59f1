import assert from "node:assert/strict";
import { totalsOf } from "../daemon/core/focus.ts";
import { stateSpans } from "../daemon/core/focus_spans.ts";
import { attend, type Attention, type AttentionOptions, zoneAround } from "./attention.ts";
import {
  blinking,
  changes,
  CLOSED,
  NOBODY,
  observe,
  type Scene,
  scene,
  type Sight,
  watch,
} from "./testing.ts";

const GLASSES: Sight = { open: undefined, doubts: ["eyes hidden"] };
const DIM: Sight = { open: undefined, doubts: ["too dark"] };
const PASSERS_BY: Sight = { faces: 3, doubts: ["several people"] };
const KEYBOARD: Sight = { pitchDeg: -34, open: 0.2 };
const PHONE: Sight = { pitchDeg: -40, yawDeg: 6, open: 0.1 };
const SECOND_MONITOR: Sight = { yawDeg: -38, pitchDeg: 3 };

/** People blink all the time. */
const alive = (sights: Scene) => blinking(sights, { everyMs: 3_700, forMs: 220 });

interface Scenario {
  readonly name: string;
  readonly sights: Scene;
  readonly seconds: number;
  readonly options?: AttentionOptions;
  /** `second state: reason`, from the first half second on. */
  readonly told: readonly string[];
  readonly alerts?: readonly string[];
  readonly breaks?: number;
}

const learnedZone = zoneAround(
  Array.from({ length: 30 }, (_, i) => observe({ yawDeg: -38 + i % 5, pitchDeg: 2 }, i * 100)),
)!;

const SCENARIOS: readonly Scenario[] = [
  {
    name: "somebody works for a minute and blinks",
    sights: alive(scene([60, {}])),
    seconds: 60,
    told: ["0 focused"],
  },
  {
    name: "long blinks in quick succession: dry eyes",
    sights: blinking(scene([60, {}]), { everyMs: 800, forMs: 380 }),
    seconds: 60,
    told: ["0 focused"],
  },
  {
    name: "a glance at the keyboard",
    sights: alive(scene([10, {}], [2, KEYBOARD], [10, {}])),
    seconds: 22,
    told: ["0 focused"],
  },
  {
    name: "glances at the keyboard all the time: a typist who looks",
    sights: alive((atMs) => atMs > 5_000 && atMs % 4_000 < 1_200 ? KEYBOARD : {}),
    seconds: 60,
    told: ["0 focused"],
  },
  {
    name: "a look at the telephone for 8 s",
    sights: alive(scene([10, {}], [8, PHONE], [10, {}])),
    seconds: 28,
    told: ["0 focused", "13 unfocused: looking away", "18 focused"],
    alerts: ["13 1", "15 2", "18 0"],
  },
  {
    name: "a look at the telephone for 20 s",
    sights: alive(scene([10, {}], [20, PHONE], [10, {}])),
    seconds: 40,
    told: ["0 focused", "13 unfocused: looking away", "30 focused"],
    alerts: ["13 1", "15 2", "21 3", "30 0"],
  },
  {
    name: "a second monitor nobody has told of",
    sights: alive(scene([10, {}], [20, SECOND_MONITOR], [10, {}])),
    seconds: 40,
    told: ["0 focused", "13 unfocused: looking away", "30 focused"],
  },
  {
    name: "a second monitor that is a zone",
    sights: alive(scene([10, {}], [20, SECOND_MONITOR], [10, {}])),
    seconds: 40,
    options: { zones: [learnedZone] },
    told: ["0 focused"],
  },
  {
    name: "the window on the other side of it",
    sights: alive(scene([10, {}], [10, { yawDeg: 38 }], [10, {}])),
    seconds: 30,
    options: { zones: [learnedZone] },
    told: ["0 focused", "13 unfocused: looking away", "20 focused"],
  },
  {
    name: "dark glasses",
    sights: scene([30, GLASSES]),
    seconds: 30,
    told: ["0 uncertain: eyes hidden"],
  },
  {
    name: "dark glasses are put on and taken off",
    sights: alive(scene([10, {}], [10, GLASSES], [10, {}])),
    seconds: 30,
    told: ["0 focused", "10 uncertain: eyes hidden", "20 focused"],
  },
  {
    name: "the light goes out: a face in the dark, then nothing",
    sights: alive(scene([10, {}], [10, DIM], [10, { ...NOBODY, doubts: ["too dark"] }], [10, {}])),
    seconds: 40,
    told: ["0 focused", "10 uncertain: too dark", "30 focused"],
    breaks: 0,
  },
  {
    name: "two people pass behind for 2 s",
    sights: alive(scene([10, {}], [2, PASSERS_BY], [10, {}])),
    seconds: 22,
    told: ["0 focused", "10 uncertain: several people", "12 focused"],
  },
  {
    name: "somebody leaves the desk for 90 s and returns",
    sights: alive(scene([20, {}], [90, NOBODY], [20, {}])),
    seconds: 130,
    told: ["0 focused", "21 no_face", "110 focused"],
    breaks: 1,
  },
  {
    name: "somebody turns, gets up and is gone for 40 s",
    sights: alive(scene([20, {}], [1, { yawDeg: 60 }], [40, NOBODY], [20, {}])),
    seconds: 81,
    told: ["0 focused", "23 no_face", "61 focused"],
    breaks: 0,
  },
  {
    name: "a look over the shoulder, in which the face is lost for 1.5 s",
    sights: alive(
      scene([10, {}], [0.5, { yawDeg: 60 }], [1.5, NOBODY], [0.3, { yawDeg: 60 }], [10, {}]),
    ),
    seconds: 22,
    told: ["0 focused"],
  },
  {
    name: "the detector misses a face now and then",
    sights: alive((atMs) => atMs % 5_000 > 4_200 ? NOBODY : {}),
    seconds: 60,
    told: ["0 focused"],
  },
  {
    name: "drowsy nods, each longer than the one before",
    sights: scene(
      [8, {}],
      ...[1, 1.5, 2, 2.5].flatMap((s) => [[s, CLOSED], [4, {}]] as const),
      [6, { ...CLOSED, pitchDeg: -16 }],
      [10, {}],
    ),
    seconds: 47,
    told: ["0 focused", "34 unfocused: eyes closed", "37 focused"],
    alerts: ["34 1", "36 2", "37 0"],
  },
  {
    name: "the camera is unplugged for 20 s",
    sights: alive(scene([10, {}], [20, { noPicture: true }], [10, {}])),
    seconds: 40,
    told: ["0 focused", "10 uncertain: bad frame", "30 focused"],
    breaks: 0,
  },
  {
    name: "closed eyes when the session begins: no focus to forgive from",
    sights: scene([10, CLOSED], [5, {}]),
    seconds: 15,
    told: ["0 unfocused: eyes closed", "10 focused"],
  },
  {
    name: "a head that trembles on the edge of looking away",
    sights: (atMs) => ({ pitchDeg: -18.5 - 3 * Math.sin(atMs / 60) }),
    seconds: 30,
    told: ["0 focused"],
    options: { calibration: { neutralYawDeg: 0, neutralPitchDeg: 0, openLevel: 1 } },
  },
];

/** `changes()` to the second, without what is told in the first half of one. */
function rounded(told: readonly Attention[]): string[] {
  return changes(told.filter(({ atMs }) => atMs >= 600)).map((line) => {
    const [seconds, what] = line.split(/ (.*)/);
    return `${Math.floor(Number(seconds))} ${what}`;
  });
}

for (const { name, sights, seconds, options, told: expected, alerts, breaks } of SCENARIOS) {
  Deno.test(`attend() on ${name}`, () => {
    for (const fps of [5, 30]) {
      const { told } = watch(sights, { seconds, fps, options });
      assert.deepEqual(rounded(told), expected, `${fps} fps`);
      if (alerts) {
        const rises = told.filter(({ alert }, i) => alert !== (told[i - 1]?.alert ?? 0));
        assert.deepEqual(rises.map((a) => `${Math.floor(a.atMs / 1000)} ${a.alert}`), alerts);
      } else if (!expected.some((line) => /unfocused/.test(line))) {
        assert.ok(told.every(({ alert }) => alert === 0), "nobody is scolded");
      }
      const totals = totalsOf(stateSpans(told));
      assert.equal(totals.totalMs, Math.round(told.at(-1)!.atMs));
      if (breaks !== undefined) assert.equal(totals.breaks, breaks);
    }
  });
}

Deno.test("attend() notices drowsiness and lets it go again", () => {
  const nods: Scene = (atMs) => atMs % 5_000 < 1_200 ? CLOSED : {};
  const { told, memory } = watch(nods, { seconds: 90, fps: 10, startMs: 0 });
  assert.equal(told.find(({ atMs }) => atMs > 15_000)!.perclos, undefined);
  const drowsy = told.find(({ isDrowsy }) => isDrowsy)!;
  assert.ok(drowsy.atMs >= 20_000 && drowsy.atMs <= 25_000);
  const { perclos } = told.at(-1)!;
  assert.ok(Math.abs(perclos! - 0.24) < 0.02, `${perclos}`);
  const after =
    watch(alive(scene([70, {}])), { seconds: 70, fps: 10, startMs: 90_100, memory }).told;
  const awake = after.find(({ isDrowsy }) => !isDrowsy)!;
  assert.ok(awake.perclos! < 0.1 && awake.atMs > 25_000 && awake.atMs < 45_000);
  assert.equal(after.at(-1)!.perclos, 0);
});

Deno.test("attend() learns the first attended minute, and judges by it from then on", () => {
  // The camera stands low and to the side; twice somebody looks away for longer than they look at the screen.
  const own: Sight = { yawDeg: 9, pitchDeg: 12, open: 0.8 };
  const sights = blinking(
    scene([15, own], [40, { yawDeg: 45 }], [25, own], [30, NOBODY], [25, own], [60, {
      yawDeg: -17,
      pitchDeg: 12,
    }]),
    { everyMs: 4_000, forMs: 250 },
  );
  const { told, memory } = watch(sights, { seconds: 195, fps: 10 });
  const done = told.find(({ isLearning }) => !isLearning)!;
  assert.ok(done.atMs > 125_000 && done.atMs < 134_000, `${done.atMs}`);
  assert.deepEqual(done.calibration, { neutralYawDeg: 9, neutralPitchDeg: 12, openLevel: 0.8 });
  // 26 degrees from where the head points is away, though it is 17 from the camera.
  assert.equal(told.at(-1)!.state, "unfocused");
  assert.equal(memory.learned, memory.attention.calibration);
  // It does not drift: an hour of sitting otherwise changes nothing.
  let drifted = memory;
  for (let s = 1; s <= 3_600; s++) {
    drifted = attend(drifted, observe({ yawDeg: 0 }, memory.attention.atMs + s * 1_000));
  }
  assert.equal(drifted.learned, memory.learned);
});
