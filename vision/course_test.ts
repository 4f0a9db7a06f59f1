import assert from "node:assert/strict";
import { MIN_DWELL_MS, MIXED_MS } from "./course.ts";
import { changes, CLOSED, DARK, NOBODY, scene, type Sight, watch } from "./testing.ts";

/** What is told after the first half second, at 20 frames a second. */
function told(...parts: readonly (readonly [seconds: number, sight: Sight])[]): string[] {
  const seconds = parts.reduce((sum, [length]) => sum + length, 0);
  return changes(watch(scene(...parts), { seconds, fps: 20 }).told)
    .filter((line) => Number(line.split(" ")[0]) > 0.2);
}

const AWAY = { yawDeg: 50 };
const states = (lines: readonly string[]) => lines.map((line) => line.split(/[ :]+/)[1]);

Deno.test("follow() does not call focus what begins with a closing eye", () => {
  assert.deepEqual(states(told([2, DARK], [0.15, {}], [5, CLOSED])), ["unfocused"]);
});

Deno.test("follow() wants some focus before it forgives much again", () => {
  const back = [0.7, {}] as const;
  assert.deepEqual(states(told([2, DARK], [5, AWAY], back, [2.5, AWAY], [5, {}])), [
    "unfocused",
    "focused",
    "unfocused",
    "focused",
  ]);
  const longer = told([2, DARK], [5, AWAY], [2, {}], [2.5, AWAY], [5, {}]);
  assert.deepEqual(states(longer), ["unfocused", "focused"]);
});

Deno.test("follow() forgives as ever somebody who comes back to the desk", () => {
  const returned = told([5, {}], [1, AWAY], [10, NOBODY], [0.5, {}], [2.5, AWAY], [5, {}]);
  assert.deepEqual(states(returned), ["focused", "no_face", "focused"]);
});

Deno.test("follow() is uncertain about evidence of which none lasts", () => {
  const flicker = watch(
    (atMs) => atMs < 4_000 ? {} : Math.floor(atMs / 100) % 2 === 0 ? NOBODY : DARK,
    { seconds: 12, fps: 10 },
  ).told;
  const turn = flicker.find(({ atMs, state }) => atMs > 4_000 && state !== "focused")!;
  assert.deepEqual([turn.state, turn.reason], ["uncertain", undefined]);
  assert.ok(turn.atMs > 3_900 + MIXED_MS - 200 && turn.atMs < 4_100 + MIXED_MS);
  assert.equal(flicker.at(-1)!.sinceMs, turn.sinceMs);
});

Deno.test("follow() stays uncertain for the dwell when something lasts right then", () => {
  const { told } = watch(
    (atMs) => atMs < 4_000 ? {} : atMs < 6_200 && Math.floor(atMs / 100) % 2 === 0 ? DARK : NOBODY,
    { seconds: 8, fps: 10 },
  );
  const turned = told.find(({ atMs, state }) => atMs > 4_000 && state === "uncertain")!;
  const left = told.find(({ state }) => state === "no_face")!;
  assert.ok(left.atMs - turned.atMs >= MIN_DWELL_MS && left.atMs < 7_000);
});

Deno.test("follow() does not change its reason for doubt with every frame", () => {
  const reasons = watch(
    (atMs) => Math.floor(atMs / 100) % 2 === 0 ? { noPicture: true } : DARK,
    { seconds: 10, fps: 10 },
  ).told.map(({ reason }) => reason);
  assert.equal(new Set(reasons).size, 1);
});
