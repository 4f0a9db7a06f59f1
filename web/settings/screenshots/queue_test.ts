/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { createQueue } from "./queue.ts";

Deno.test("createQueue() does a few at once, the newest of those that wait first, and none that was given up", async () => {
  const queue = createQueue(2);
  const begun: number[] = [];
  const ends = new Map<number, () => void>();
  const work = (id: number) => () =>
    new Promise<number>((resolve) => {
      begun.push(id);
      ends.set(id, () => resolve(id));
    });
  const { signal } = new AbortController();
  const given = new AbortController();
  const all = [1, 2, 3].map((id) => queue.run(work(id), signal));
  const dropped = queue.run(work(4), given.signal);
  all.push(queue.run(work(5), signal));
  given.abort(new Error("scrolled past"));
  await assert.rejects(dropped, /scrolled past/);
  assert.deepEqual(begun, [1, 2]);
  for (const [ended, id] of [[1, 5], [5, 3]]) {
    ends.get(ended)!();
    await all[ended === 5 ? 3 : 0];
    await new Promise((resolve) => setTimeout(resolve));
    assert.equal(begun.at(-1), id);
  }
  for (const id of [2, 3]) ends.get(id)!();
  assert.deepEqual(await Promise.all(all), [1, 2, 3, 5]);
  assert.deepEqual(begun, [1, 2, 5, 3]);
});

Deno.test("createQueue() goes on after work that failed, and refuses what is aborted already", async () => {
  const queue = createQueue(1);
  const { signal } = new AbortController();
  await assert.rejects(queue.run(() => Promise.reject(new Error("gone")), signal), /gone/);
  assert.equal(await queue.run(() => Promise.resolve(7), signal), 7);
  await assert.rejects(queue.run(() => Promise.resolve(7), AbortSignal.abort()), /abort/i);
});
