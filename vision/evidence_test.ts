import assert from "node:assert/strict";
import { createReference, type Evidence, type Reference, weigh } from "./evidence.ts";
import { CLOSED, NOBODY, observe, type Scene, scene, type Sight } from "./testing.ts";

const NEUTRAL = { yawDeg: 0, pitchDeg: 0 };
const ZONE = { yawFromDeg: 30, yawToDeg: 50, pitchFromDeg: -15, pitchToDeg: 15 };
const PLAIN = createReference(NEUTRAL, 1, []);
const WITH_ZONE = createReference(NEUTRAL, 1, [ZONE]);

/** The evidence at the end of a scene at 20 frames a second. */
function after(reference: Reference, sights: Scene, seconds: number): Evidence {
  let evidence: Evidence | undefined;
  for (let atMs = 0; atMs <= seconds * 1000; atMs += 50) {
    evidence = weigh(evidence, observe(sights(atMs), atMs), reference);
  }
  return evidence!;
}

const said = (reference: Reference, ...parts: [Sight, Sight]) =>
  after(reference, scene([4, parts[0]], [4, parts[1]]), 8).verdict?.state;

Deno.test("weigh() holds lids that are half open for what they were", () => {
  const half = { open: 0.58 };
  assert.equal(said(PLAIN, {}, half), "focused");
  assert.equal(said(PLAIN, CLOSED, half), "unfocused");
  assert.equal(said(PLAIN, CLOSED, { open: 0.68 }), "focused");
  // In proportion to how open this person's eyes usually are.
  const narrow = createReference(NEUTRAL, 0.6, []);
  assert.equal(said(narrow, {}, { open: 0.33 }), "focused");
  assert.equal(said(narrow, CLOSED, { open: 0.33 }), "unfocused");
  assert.equal(said(narrow, CLOSED, { open: 0.42 }), "focused");
});

Deno.test("weigh() lets a head into a zone at its edge, and out a little beyond", () => {
  const inside = { yawDeg: 40 };
  for (const yawDeg of [30.1, 40, 49.9]) {
    assert.equal(
      said(WITH_ZONE, { yawDeg, pitchDeg: 45 }, { yawDeg }),
      "focused",
      `into the zone at ${yawDeg}`,
    );
  }
  for (const yawDeg of [26.5, 53.5]) {
    assert.equal(said(WITH_ZONE, inside, { yawDeg }), "focused", `held at ${yawDeg}`);
    assert.equal(
      said(WITH_ZONE, { yawDeg, pitchDeg: 45 }, { yawDeg }),
      "unfocused",
      `not let in at ${yawDeg}`,
    );
  }
  assert.equal(said(WITH_ZONE, inside, { yawDeg: 55 }), "unfocused");
  assert.equal(said(WITH_ZONE, inside, { yawDeg: 40, pitchDeg: 18 }), "focused");
  assert.equal(
    said(WITH_ZONE, { yawDeg: 40, pitchDeg: 45 }, { yawDeg: 40, pitchDeg: 18 }),
    "unfocused",
  );
});

Deno.test("weigh() asks a head that is away to come further back, unless it was not seen for a second", () => {
  const edge = { pitchDeg: -18 };
  assert.equal(said(PLAIN, {}, edge), "focused");
  assert.equal(said(PLAIN, { pitchDeg: -40 }, edge), "unfocused");
  const returned = scene([4, { pitchDeg: -40 }], [3, NOBODY], [4, edge]);
  assert.equal(after(PLAIN, returned, 11).verdict!.state, "focused");
});

Deno.test("weigh() carries nothing of a doubted frame over to a clear one", () => {
  const doubted: Sight = { faces: 2, doubts: ["several people"], ...CLOSED, yawDeg: 10 };
  const { look, lids, closedSinceMs, isAway } = after(PLAIN, scene([4, doubted]), 4);
  assert.deepEqual([look, lids, closedSinceMs, isAway], [undefined, undefined, undefined, false]);
});

Deno.test("weigh() dates closed eyes back to when they closed, and says nothing until they are no blink", () => {
  const sights = scene([2, {}], [3, CLOSED]);
  const maybe = after(PLAIN, sights, 2.4);
  assert.equal(maybe.verdict, undefined);
  assert.ok(maybe.eyesJudged);
  const sure = after(PLAIN, sights, 2.6);
  assert.equal(sure.verdict!.reason, "eyes closed");
  // The smoothing takes a frame or two of it.
  assert.ok(sure.sinceMs >= 2_000 && sure.sinceMs <= 2_100);
});
