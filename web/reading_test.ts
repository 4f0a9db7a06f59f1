/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { startReading } from "./reading.ts";

const tick = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));

function asked() {
  const reads: { answer(value: string): void; fail(error: Error): void; signal: AbortSignal }[] =
    [];
  const seen: string[] = [];
  const reading = startReading<string>({
    read: (signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      reads.push({ answer: resolve, fail: reject, signal });
      return promise;
    },
    onStart: () => seen.push("start"),
    onRead: (data) => seen.push(data),
    onProblem: (problem) => seen.push(`problem ${problem.message}`),
    pauseMs: 30,
  });
  return { reads, seen, reading };
}

Deno.test("a reading asked again while it reads reads once more, not at the same time", async () => {
  const { reads, seen, reading } = asked();
  reading.now();
  reading.now();
  assert.equal(reads.length, 1);
  reads[0].answer("one");
  await tick();
  assert.equal(reads.length, 2);
  reads[1].answer("two");
  await tick();
  assert.deepEqual(seen, ["start", "one", "start", "two"]);
  reading.stop();
});

Deno.test("a storm of changes leads to one read behind the pause", async () => {
  const { reads, reading } = asked();
  reads[0].answer("one");
  await tick();
  for (let change = 0; change < 100; change++) reading.soon();
  assert.equal(reads.length, 1);
  await tick(80);
  assert.equal(reads.length, 2);
  reading.stop();
});

Deno.test("a stopped reading says nothing more, and ends its request", async () => {
  const { reads, seen, reading } = asked();
  reading.soon();
  reading.stop();
  reads[0].answer("late");
  await tick(50);
  assert.deepEqual(seen, ["start"]);
  assert.equal(reads[0].signal.aborted, true);
  assert.equal(reads.length, 1);
});

Deno.test("a failed read is said, and the next one may be well", async () => {
  const { reads, seen, reading } = asked();
  reads[0].fail(new Error("gone"));
  await tick();
  reading.now();
  reads[1].answer("back");
  await tick();
  assert.deepEqual(seen, ["start", "problem gone", "start", "back"]);
  reading.stop();
});
