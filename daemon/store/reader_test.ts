import assert from "node:assert/strict";
import { Reader } from "./reader.ts";
import { temporaryStore } from "./testing.ts";

// What is left running when it says that it is closed, the test's sanitizers find.
Deno.test("Reader.close() waits for a worker that is ending by itself", async () => {
  await using t = temporaryStore();
  for (let i = 0; i < 3; i++) {
    const reader = new Reader(t.path, 0);
    assert.deepEqual(await reader.call("integrityProblems"), []);
    // The timer of the idle worker has fired, its connection is not closed yet.
    await new Promise((resolve) => setTimeout(resolve, 0));
    await reader.close();
  }
});
