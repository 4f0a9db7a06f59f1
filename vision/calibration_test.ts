import assert from "node:assert/strict";
import fc from "fast-check";
import {
  calibrationOf,
  learn,
  learned,
  type Learning,
  NOTHING_LEARNED,
  zoneAround,
} from "./calibration.ts";
import { CLOSED, NOBODY, observe, type Sight } from "./testing.ts";
import { placeOf } from "./verdict.ts";

/** Learns from sights at so many frames a second, in turn, for a while. */
function taught(sights: readonly Sight[], { seconds = 70, fps = 10 } = {}): Learning {
  let learning = NOTHING_LEARNED;
  for (let frame = 0; frame <= seconds * fps; frame++) {
    learning = learn(learning, observe(sights[frame % sights.length], frame * 1000 / fps));
  }
  return learning;
}

Deno.test("learned() is the median of a minute, at whatever frame rate", () => {
  const sights = [{ yawDeg: 4 }, { yawDeg: 6 }, { yawDeg: 5, pitchDeg: -8 }];
  for (const fps of [1, 5, 30, 120]) {
    const { neutralYawDeg, neutralPitchDeg, openLevel } = learned(taught(sights, { fps }))!;
    assert.ok(Math.abs(neutralYawDeg - 5) <= 1 && neutralPitchDeg === 0, `${fps} fps`);
    assert.equal(openLevel, 0.97);
    assert.equal(learned(taught(sights, { fps, seconds: 55 })), undefined, `${fps} fps`);
  }
});

Deno.test("learned() is not moved by what is no look at the screen", () => {
  const own = { yawDeg: 3, pitchDeg: -5 };
  const others: Sight[] = [
    { yawDeg: 40 },
    { yawDeg: 21 },
    { pitchDeg: -35 },
    NOBODY,
    { noPicture: true },
    { ...own, open: undefined },
    { yawDeg: 18, faces: 2, doubts: ["several people"] },
    { yawDeg: 18, doubts: ["too dark"] },
    { yawDeg: NaN },
  ];
  for (const other of others) {
    const learning = taught([own, other, other], { seconds: 400 });
    assert.deepEqual(learned(learning), { neutralYawDeg: 3, neutralPitchDeg: -5, openLevel: 0.97 });
  }
  assert.equal(learned(taught([NOBODY, { yawDeg: 30 }], { seconds: 400 })), undefined);
});

Deno.test("learned() does not take blinks for the open eye, nor sleep", () => {
  assert.equal(learned(taught([{ open: 0.8 }, { open: 0.8 }, CLOSED]))!.openLevel, 0.8);
  assert.equal(learned(taught([CLOSED]))!.openLevel, 0.4);
});

Deno.test("learned() believes no neutral beyond 15 degrees", () => {
  const { neutralYawDeg, neutralPitchDeg } = learned(taught([{ yawDeg: -19, pitchDeg: 18 }]))!;
  assert.deepEqual([neutralYawDeg, neutralPitchDeg], [-15, 15]);
});

Deno.test("learned() of a mirrored person is mirrored", () => {
  const sight = fc.record({
    yawDeg: fc.double({ min: -25, max: 25, noNaN: true }),
    pitchDeg: fc.double({ min: -25, max: 25, noNaN: true }),
    open: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(fc.property(fc.array(sight, { minLength: 1, maxLength: 7 }), (sights) => {
    const here = learned(taught(sights, { fps: 5, seconds: 90 }));
    const mirrored = sights.map((one) => ({ ...one, yawDeg: -one.yawDeg }));
    const there = learned(taught(mirrored, { fps: 5, seconds: 90 }));
    assert.equal(here === undefined, there === undefined);
    if (!here || !there) return;
    assert.ok(Math.abs(here.neutralYawDeg + there.neutralYawDeg) < 1e-9);
    assert.equal(here.neutralPitchDeg, there.neutralPitchDeg);
    assert.equal(here.openLevel, there.openLevel);
    assert.ok(Math.abs(here.neutralYawDeg) <= 15 && Math.abs(here.neutralPitchDeg) <= 15);
    assert.ok(here.openLevel >= 0.4 && here.openLevel <= 1);
  }));
});

const look = (sight: Sight, { seconds = 4, fps = 10, jitterDeg = 0 } = {}) =>
  Array.from(
    { length: seconds * fps + 1 },
    (_, i) =>
      observe({ ...sight, yawDeg: (sight.yawDeg ?? 0) + jitterDeg * Math.sin(i) }, i * 1000 / fps),
  );

Deno.test("calibrationOf() takes the word of somebody who was asked to look at the screen", () => {
  const asked = look({ yawDeg: -20, pitchDeg: 11, open: 0.9 }, { jitterDeg: 2 });
  const { neutralYawDeg, neutralPitchDeg, openLevel } = calibrationOf(asked)!;
  assert.ok(Math.abs(neutralYawDeg + 20) < 0.5);
  assert.deepEqual([neutralPitchDeg, openLevel], [11, 0.9]);
});

Deno.test("calibrationOf() and zoneAround() are undefined where somebody looked around, or hardly was there", () => {
  for (const learn of [calibrationOf, zoneAround]) {
    assert.equal(learn([]), undefined);
    assert.equal(learn(look({}, { seconds: 1 })), undefined, "too short");
    assert.equal(learn(look({}, { seconds: 4, fps: 1 })), undefined, "too few");
    assert.equal(learn(look({}, { jitterDeg: 25 })), undefined, "looked around");
    assert.equal(learn([...look({}), ...look(NOBODY, { seconds: 6 })]), undefined, "mostly away");
    assert.equal(learn(look({ faces: 2, doubts: ["several people"] })), undefined, "two people");
  }
});

Deno.test("zoneAround() holds where somebody looked, relative to their neutral, and not the screen's other side", () => {
  const neutral = { neutralYawDeg: 6, neutralPitchDeg: -4, openLevel: 1 };
  const zone = zoneAround(look({ yawDeg: 46, pitchDeg: -4 }, { jitterDeg: 3 }), neutral)!;
  const options = { neutral: { yawDeg: 6, pitchDeg: -4 }, zones: [zone] };
  for (const yawDeg of [38, 46, 54]) {
    assert.equal(placeOf({ yawDeg, pitchDeg: -4 }, options), "zone");
  }
  for (const yawDeg of [-46, 70]) assert.equal(placeOf({ yawDeg, pitchDeg: -4 }, options), "away");
  assert.equal(placeOf({ yawDeg: 46, pitchDeg: 30 }, options), "away");
  assert.ok(zone.yawToDeg - zone.yawFromDeg >= 20 && zone.pitchToDeg - zone.pitchFromDeg >= 20);
});
