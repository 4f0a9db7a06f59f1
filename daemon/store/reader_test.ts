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
