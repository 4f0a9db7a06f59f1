import assert from "node:assert/strict";
import fc from "fast-check";
import { BLIP_MS, GAP_MS, judgeSound, REPEAT_MS, type SoundState } from "./presence_sound.ts";

const START_MS = 1_000_000;

/** Plays what is heard on two clocks; what is due is judged in time. */
function player() {
  let state: SoundState = {};
  let dueMono: number | undefined;
  let seen = { isHeard: false, isCall: false };
  const clock = { nowMs: START_MS, monoMs: 40 };
  const said: { evidence: string; fromMs: number; toMs: number; saidMs: number }[] = [];
  const judge = (isFirst = false) => {
    const step = judgeSound(state, seen, { at: { ...clock }, isFirst });
    state = step.state;
    dueMono = step.dueInMs === undefined ? undefined : clock.monoMs + step.dueInMs;
    for (const { evidence, fromMs, toMs } of step.evidence) {
      const at = { fromMs: fromMs - START_MS, toMs: toMs - START_MS };
      said.push({ evidence, ...at, saidMs: clock.nowMs - START_MS });
    }
  };
  return {
    said,
    get isWaiting() {
      return dueMono !== undefined;
    },
    spans: () => said.map(({ evidence, fromMs, toMs }) => `${evidence} ${fromMs}-${toMs}`),
    see(next: { isHeard?: boolean; isCall?: boolean }, isFirst = false) {
      seen = { ...seen, ...next };
      judge(isFirst);
    },
    wait(ms: number) {
      const untilMono = clock.monoMs + ms;
      while (dueMono !== undefined && dueMono <= untilMono) {
        clock.nowMs += dueMono - clock.monoMs;
        clock.monoMs = dueMono;
        judge();
      }
      clock.nowMs += untilMono - clock.monoMs;
      clock.monoMs = untilMono;
    },
  };
}

Deno.test("judgeSound() says that a film plays while it does, and when it ended", () => {
  const p = player();
  p.see({ isHeard: true });
  p.wait(26_000);
  p.see({ isHeard: false });
  assert.deepEqual(p.spans(), [
    "heard 0-5000",
    "heard 0-15000",
    "heard 0-25000",
    "heard 0-26000",
  ]);
  assert.equal(p.isWaiting, false);
});

Deno.test("judgeSound() makes nothing of a notification, however many come", () => {
  const p = player();
  for (let i = 0; i < 20; i++) {
    p.see({ isHeard: true });
    p.wait(BLIP_MS - 1);
    p.see({ isHeard: false });
    p.wait(GAP_MS + 1);
  }
  assert.deepEqual(p.said, []);
});

Deno.test("judgeSound() bridges the silence between two tracks, and no longer one", () => {
  const p = player();
  p.see({ isHeard: true });
  p.wait(9_000);
  p.see({ isHeard: false });
  p.wait(GAP_MS);
  p.see({ isHeard: true });
  assert.equal(p.spans().at(-1), "heard 0-19000");
  p.see({ isHeard: false });
  p.wait(GAP_MS + 1);
  p.see({ isHeard: true });
  p.wait(BLIP_MS);
  assert.equal(p.spans().at(-1), "heard 29001-34001");
});

Deno.test("judgeSound() does not take what goes on at the first look for a blip", () => {
  const p = player();
  p.see({ isHeard: true, isCall: true }, true);
  assert.deepEqual(p.spans(), ["heard -5000-0", "call -5000-0"]);
});

Deno.test("judgeSound() never claims what was not on, and is never silent for long while it is", () => {
  const step = fc.record({
    waitMs: fc.integer({ min: 0, max: 40_000 }),
    isHeard: fc.boolean(),
    isCall: fc.boolean(),
  });
  fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
    const p = player();
    let nowMs = 0;
    const on: { heard: [number, number][]; call: [number, number][] } = { heard: [], call: [] };
    for (const { waitMs, isHeard, isCall } of steps) {
      p.see({ isHeard, isCall });
      p.wait(waitMs);
      for (const [kind, isOn] of [["heard", isHeard], ["call", isCall]] as const) {
        if (isOn) on[kind].push([nowMs, nowMs + waitMs]);
      }
      nowMs += waitMs;
    }
    p.see({ isHeard: false, isCall: false });
    assert.equal(p.isWaiting, false, "silence is not waited on");
    for (const { evidence, fromMs, toMs, saidMs } of p.said) {
      const spans = on[evidence as "heard" | "call"];
      assert.ok(toMs <= saidMs && saidMs - toMs <= 0, "it is told of the past, or late");
      assert.ok(toMs - fromMs >= BLIP_MS);
      assert.ok(spans.some(([from, to]) => from <= toMs && toMs <= to), "it ends while it is off");
      assert.ok(spans.some(([from]) => from === fromMs), "it begins when nothing did");
    }
    for (const kind of ["heard", "call"] as const) {
      const told = p.said.filter(({ evidence }) => evidence === kind).map(({ toMs }) => toMs);
      for (const [fromMs, toMs] of on[kind]) {
        // At every moment of a long sound it has been told of within the interval.
        for (let atMs = fromMs + BLIP_MS; atMs <= toMs; atMs += 1_000) {
          const isTold = told.some((ms) => ms <= atMs && atMs - ms <= REPEAT_MS);
          assert.ok(isTold, `nothing was said of ${kind} at ${atMs}`);
        }
      }
    }
  }));
});
