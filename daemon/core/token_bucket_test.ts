import assert from "node:assert/strict";
import fc from "fast-check";
import { type Bucket, takeToken } from "./token_bucket.ts";

const rateArbitrary = fc.record({
  perMinute: fc.integer({ min: 1, max: 6_000 }),
  burst: fc.integer({ min: 1, max: 50 }),
});

Deno.test("takeToken() never gives more than the burst and the rate, and says how long to wait", () => {
  const waits = fc.array(fc.integer({ min: -500, max: 5_000 }), { maxLength: 200 });
  fc.assert(fc.property(rateArbitrary, waits, (rate, steps) => {
    let bucket: Bucket | undefined;
    let nowMs = 0, aheadMs = 0, given = 0;
    for (const step of steps) {
      nowMs += step;
      aheadMs += Math.max(0, step);
      const taken = takeToken(bucket, rate, nowMs);
      bucket = taken.bucket;
      if (taken.waitMs === 0) given++;
      else {
        assert.equal(takeToken(bucket, rate, nowMs + taken.waitMs).waitMs, 0);
        assert.ok(takeToken(bucket, rate, nowMs + taken.waitMs - 2).waitMs > 0 || taken.waitMs < 3);
      }
    }
    assert.ok(given <= rate.burst + aheadMs * rate.perMinute / 60_000 + 1e-6);
  }));
});

Deno.test("takeToken() lets a burst through, then one at a time", () => {
  const rate = { perMinute: 60, burst: 3 };
  let bucket: Bucket | undefined;
  const take = (nowMs: number) => {
    const taken = takeToken(bucket, rate, nowMs);
    bucket = taken.bucket;
    return taken.waitMs;
  };
  assert.deepEqual([take(0), take(0), take(0), take(0)], [0, 0, 0, 1_000]);
  assert.deepEqual([take(1_000), take(1_000)], [0, 1_000]);
});

Deno.test("takeToken() gives one to who waited as long as was said, whatever fractions come to", () => {
  const rate = { perMinute: 1, burst: 2 };
  let bucket: Bucket | undefined;
  let waitMs = 0;
  for (const nowMs of [0, 4_990, 4_990]) ({ bucket, waitMs } = takeToken(bucket, rate, nowMs));
  assert.ok(waitMs > 0);
  assert.equal(takeToken(bucket, rate, 4_990 + waitMs).waitMs, 0);
});
