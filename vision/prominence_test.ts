import assert from "node:assert/strict";
import type { FoundFace } from "./face.ts";
import { byProminence, company, isOusting, sameFace } from "./prominence.ts";
import type { Frame } from "./types.ts";

const FRAME: Frame = { widthPx: 640, heightPx: 480, channels: 3, data: new Uint8Array(0) };

/** A face around a centre. */
function face(x: number, y: number, side: number, score = 0.9): FoundFace {
  const box = { xPx: x - side / 2, yPx: y - side / 2, widthPx: side, heightPx: side, score };
  return { box, rollRad: 0 };
}

Deno.test("byProminence() puts the largest first, and of equals the most central", () => {
  const large = face(100, 100, 300), central = face(320, 240, 200), corner = face(80, 80, 200);
  assert.deepEqual(byProminence([corner, central, large], FRAME), [large, central, corner]);
});

Deno.test("company() counts those who sit there too, not who is behind or hardly a face", () => {
  const main = face(320, 240, 200);
  assert.equal(company([main], main), 0);
  assert.equal(company([main, face(100, 240, 150)], main), 1);
  assert.equal(company([main, face(100, 240, 60)], main), 0);
  assert.equal(company([main, face(100, 240, 150, 0.65)], main), 0);
});

Deno.test("isOusting() asks for a clearly more prominent face", () => {
  const own = face(320, 240, 200);
  assert.equal(isOusting([own], own.box, FRAME), false);
  assert.equal(isOusting([face(320, 240, 220), own], own.box, FRAME), false);
  assert.equal(isOusting([face(320, 240, 260), own], own.box, FRAME), true);
  assert.equal(isOusting([], own.box, FRAME), false);
});

Deno.test("sameFace() is the one that overlaps most", () => {
  const near = face(325, 240, 200), off = face(400, 240, 200);
  assert.equal(sameFace([off, near], face(320, 240, 200).box), near);
  assert.equal(sameFace([face(100, 100, 100)], face(320, 240, 200).box), undefined);
});
