import assert from "node:assert/strict";
import { DEFAULT_RETENTION, oldestKeptMs, retentionOf } from "./retention.ts";

Deno.test("retentionOf() takes what was set, and the default for the rest and for what cannot be", () => {
  assert.deepEqual(retentionOf(undefined), DEFAULT_RETENTION);
  assert.deepEqual(retentionOf({ events_days: 30, loop_days: null, messages_days: "x" }), {
    ...DEFAULT_RETENTION,
    events_days: 30,
    loop_days: null,
  });
});

Deno.test("oldestKeptMs() is undefined where all is kept", () => {
  assert.equal(oldestKeptMs(null, 1_000), undefined);
  assert.equal(oldestKeptMs(2, 200_000_000), 27_200_000);
});
