import assert from "node:assert/strict";
import { Reader } from "./reader.ts";
import { temporaryStore } from "./testing.ts";

Deno.test("Reader.close() waits for a worker that is ending by itself", async () => {
  await using t = temporaryStore();
  for (let i = 0; i < 3; i++) {
    const reader = new Reader(t.path, 0);
    assert.deepEqual(await reader.call("integrityProblems"), []);
    // The timer of the idle worker has fired, its connection is not closed yet.
    await new Promise((resolve) => setTimeout(resolve, 0));
    let isClosed = false;
    const closing = reader.close().then(() => isClosed = true);
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    assert.equal(isClosed, false);
    await closing;
  }
});

Deno.test("Reader begins a new worker when one has answered much, and loses no call over it", async () => {
  await using t = temporaryStore();
  const Real = globalThis.Worker;
  let started = 0;
  globalThis.Worker = class extends Real {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      started++;
    }
  };
  const reader = new Reader(t.path);
  try {
    for (let call = 0; call < 450; call++) {
      assert.equal(await reader.call("firstBucket"), undefined);
      // As an open page asks: something else happens in between.
      if (call % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    }
    assert.equal(started, 3);
  } finally {
    globalThis.Worker = Real;
    await reader.close();
  }
});
