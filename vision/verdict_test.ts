import assert from "node:assert/strict";
import type { AttentionState, Doubt, Observation } from "./types.ts";
import { AWAY_YAW_DEG, placeOf, verdict, type VerdictOptions, type Zone } from "./verdict.ts";

const FACE = { xPx: 200, yPx: 100, widthPx: 200, heightPx: 200, score: 1 };
const SEEN: Observation = {
  atMs: 0,
  faceCount: 1,
  face: FACE,
  eyes: { leftOpen: 1, rightOpen: 1 },
  pose: { yawDeg: 0, pitchDeg: 0, rollDeg: 0 },
  brightness: 0.5,
  doubts: [],
};
const NOBODY: Observation = {
  ...SEEN,
  faceCount: 0,
  face: undefined,
  eyes: undefined,
  pose: undefined,
};
const turned = (yawDeg: number, pitchDeg = 0, doubts: Doubt[] = []): Observation => ({
  ...SEEN,
  eyes: Math.abs(yawDeg) > 22 ? undefined : SEEN.eyes,
  pose: { yawDeg, pitchDeg, rollDeg: 0 },
  doubts: Math.abs(yawDeg) > 22 ? ["turned too far", ...doubts] : doubts,
});
const eyes = (leftOpen: number | undefined, rightOpen: number | undefined): Observation => ({
  ...SEEN,
  eyes: { leftOpen, rightOpen },
});
const MONITOR: Zone = { yawFromDeg: 25, yawToDeg: 50, pitchFromDeg: -10, pitchToDeg: 10 };

const CASES: [string, Observation, VerdictOptions, AttentionState, string | undefined][] = [
  ["somebody who looks", SEEN, {}, "focused", undefined],
  ["an empty chair", NOBODY, {}, "no_face", undefined],
  ["an empty chair in the dark", { ...NOBODY, doubts: ["too dark"] }, {}, "uncertain", "too dark"],
  ["no picture", { ...NOBODY, doubts: ["bad frame"] }, {}, "uncertain", "bad frame"],
  ["both eyes closed", eyes(0.1, 0.2), {}, "unfocused", "eyes closed"],
  ["a wink", eyes(0.1, 0.9), {}, "focused", undefined],
  ["one eye hidden, the other open", eyes(undefined, 0.9), {}, "focused", undefined],
  ["one eye hidden, the other closed", eyes(undefined, 0.1), {}, "unfocused", "eyes closed"],
  ["narrow eyes that are always so", eyes(0.3, 0.3), { openLevel: 0.5 }, "focused", undefined],
  [
    "dark glasses",
    { ...SEEN, eyes: undefined, doubts: ["eyes hidden"] },
    {},
    "uncertain",
    "eyes hidden",
  ],
  ["turned away", turned(40), {}, "unfocused", "looking away"],
  ["turned away the other way", turned(-40), {}, "unfocused", "looking away"],
  ["eyes too far round, the head not", turned(23), {}, "uncertain", "turned too far"],
  ["looking into the lap", turned(0, -40), {}, "unfocused", "looking away"],
  ["looking at the ceiling", turned(0, 40), {}, "unfocused", "looking away"],
  ["a camera that looks down on the person", turned(0, -24), {}, "focused", undefined],
  [
    "24 down from the own neutral",
    turned(0, -24),
    { neutral: { yawDeg: 0, pitchDeg: 0 } },
    "unfocused",
    "looking away",
  ],
  [
    "a camera at the side",
    turned(20),
    { neutral: { yawDeg: 15, pitchDeg: 0 } },
    "focused",
    undefined,
  ],
  [
    "away from a camera at the side",
    turned(-15),
    { neutral: { yawDeg: 15, pitchDeg: 0 } },
    "unfocused",
    "looking away",
  ],
  ["the second monitor", turned(35), { zones: [MONITOR] }, "focused", undefined],
  ["above the second monitor", turned(35, 15), { zones: [MONITOR] }, "unfocused", "looking away"],
  [
    "the second monitor in dark glasses",
    turned(35, 0, ["eyes hidden"]),
    { zones: [MONITOR] },
    "uncertain",
    "eyes hidden",
  ],
  [
    "two people",
    { ...SEEN, faceCount: 2, doubts: ["several people"] },
    {},
    "uncertain",
    "several people",
  ],
  [
    "two people, one turned away",
    turned(40, 0, ["several people"]),
    {},
    "uncertain",
    "several people",
  ],
  ["into the lap in dark glasses", turned(0, -40, ["eyes hidden"]), {}, "uncertain", "eyes hidden"],
  ["turned away in the dark", turned(40, 0, ["too dark"]), {}, "uncertain", "too dark"],
  ["a face without a pose", { ...SEEN, pose: undefined }, {}, "uncertain", "turned too far"],
];

for (const [what, observation, options, state, reason] of CASES) {
  Deno.test(`verdict() says ${state}${reason ? `: ${reason}` : ""} of ${what}`, () => {
    assert.deepEqual(verdict(observation, options), { state, reason });
  });
}

Deno.test("placeOf() takes a zone relative to the neutral pose, and the limit itself as away", () => {
  const at = (yawDeg: number) => ({ yawDeg, pitchDeg: 0 });
  assert.equal(placeOf(at(AWAY_YAW_DEG), {}), "away");
  assert.equal(placeOf(at(45), { neutral: at(10), zones: [MONITOR] }), "zone");
  assert.equal(placeOf(at(30), { neutral: at(10), zones: [MONITOR] }), "screen");
  assert.equal(placeOf(at(65), { neutral: at(10), zones: [MONITOR] }), "away");
});
