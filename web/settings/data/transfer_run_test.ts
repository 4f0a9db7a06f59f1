/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { saying } from "../../saying.ts";
import { TransferRun, type TransferTools } from "./transfer_run.ts";

function scene() {
  const run = new TransferRun<string>();
  const done = Promise.withResolvers<string>();
  let tools: TransferTools | undefined;
  const started = run.run(
    (given) => {
      tools = given;
      return done.promise;
    },
    (result) => `said: ${result}`,
    { total: 9 },
  );
  return { run, done, started, tools: tools! };
}

Deno.test("TransferRun does one at a time, tells how far it is, and says what came of it", async () => {
  const { run, done, started, tools } = scene();
  assert.deepEqual(run.state, { bytes: 0, total: 9 });
  tools.onBytes(5);
  assert.deepEqual(run.state, { bytes: 5, total: 9 });
  await run.run(() => assert.fail("a second was begun"), String);
  run.forget();
  assert.deepEqual(run.state, { bytes: 5, total: 9 });
  const leaving = new Event("beforeunload", { cancelable: true });
  globalThis.dispatchEvent(leaving);
  assert.ok(leaving.defaultPrevented, "the browser is to ask");
  done.resolve("all");
  await started;
  assert.deepEqual(run.state, { result: "all" });
  assert.equal(saying.value?.text, "said: all");
  const later = new Event("beforeunload", { cancelable: true });
  globalThis.dispatchEvent(later);
  assert.equal(later.defaultPrevented, false);
});

Deno.test("TransferRun tells a stop from a failure", async () => {
  const stopped = scene();
  stopped.run.stop();
  assert.ok(stopped.tools.signal.aborted);
  stopped.tools.onBytes(7);
  stopped.done.reject(stopped.tools.signal.reason);
  await stopped.started;
  assert.deepEqual(stopped.run.state, { result: "stopped" });

  const failed = scene();
  const problem = new TypeError("no daemon");
  failed.done.reject(problem);
  await failed.started;
  assert.deepEqual(failed.run.state, { problem });
  failed.run.forget();
  assert.deepEqual(failed.run.state, {});
});
