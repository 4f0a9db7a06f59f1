import assert from "node:assert/strict";
import fc from "fast-check";
import { LIMIT_MS, presencePlayer as player } from "../../tests/session/presence_player.ts";
import { MAX_LAG_MS, type PresenceInput } from "./presence.ts";

Deno.test("judgePresence() says what the idle watcher says where nothing else is known, and waits for nothing", () => {
  const p = player();
  p.input();
  p.wait(300_000);
  p.idle();
  p.wait(600_000);
  p.input();
  assert.deepEqual(p.said, ["0 not-afk 0", "300 afk 120", "900 not-afk 900"]);
  assert.equal(p.wakes, 0);
});

Deno.test("judgePresence() keeps somebody who looks without typing, and dates AFK to when that stopped", () => {
  const p = player();
  p.input();
  p.look(180_000);
  p.idle();
  p.look(420_000);
  p.wait(600_000);
  assert.deepEqual(p.said, ["0 not-afk 0", "780 afk 600"]);
  assert.ok(p.wakes <= 3, `${p.wakes} wake-ups`);
});

Deno.test("judgePresence() takes input for input: looking ended long before, or went on", () => {
  const p = player();
  p.input();
  p.look(60_000);
  p.wait(60_000);
  p.input();
  p.wait(180_000);
  p.idle();
  assert.deepEqual(p.said.at(-1), "300 afk 120");
});

Deno.test("judgePresence() brings back who is seen after AFK was said, and not from before that", () => {
  const p = player();
  p.input();
  p.wait(180_000);
  p.idle();
  p.wait(60_000);
  // The camera starts at 236 s.
  p.seen(4_000);
  assert.deepEqual(p.said.slice(1), ["180 afk 0", "240 not-afk 236"]);
  p.wait(600_000);
  assert.equal(p.said.at(-1), "420 afk 240");

  const late = player();
  late.input();
  late.wait(180_000);
  late.idle();
  late.wait(3_000);
  late.seen(10_000, 4_000);
  assert.equal(late.said.length, 2, "seen before it was said");
  late.wait(5_000);
  late.seen(10_000);
  assert.equal(late.said.at(-1), "188 not-afk 180", "seen before and after");
});

Deno.test("judgePresence() is not moved by evidence that comes too late, from the future or backwards", () => {
  const p = player();
  p.input();
  p.wait(180_000);
  p.idle();
  p.wait(900_000);
  p.seen(500_000, 400_000);
  p.seen(0, 10_000);
  p.play({ kind: "present", fromMs: NaN, toMs: NaN });
  assert.equal(p.said.length, 2);
  // A page whose clock is an hour ahead is believed for now, and not for an hour.
  p.play({ kind: "present", fromMs: p.clock.nowMs, toMs: p.clock.nowMs + 3_600_000 });
  p.wait(LIMIT_MS);
  assert.deepEqual(p.said.slice(2), ["1080 not-afk 1080", "1260 afk 1080"]);
});

Deno.test("judgePresence() waits for batches on their way when the limit is short", () => {
  const p = player({ limitMs: 5_000 });
  p.input();
  p.look(5_000);
  p.idle();
  p.look(60_000);
  assert.equal(p.said.length, 1);
  p.wait(MAX_LAG_MS);
  assert.equal(p.said.at(-1), `${65 + MAX_LAG_MS / 1000} afk 65`);
});

Deno.test("judgePresence() knows nothing when the idle watcher is gone, and lets a reader stay when it is back", () => {
  const p = player();
  p.look(30_000);
  p.play({ kind: "lost" });
  assert.equal(p.presence.isAway, undefined);
  p.idle(3_600_000);
  assert.deepEqual(p.said, ["30 unknown", "30 not-afk 30"]);
  p.wait(LIMIT_MS);
  assert.equal(p.said.at(-1), "210 afk 30");
});

Deno.test("judgePresence() keeps to the running clock when somebody sets the time", () => {
  const p = player();
  p.input();
  p.look(180_000);
  p.idle();
  p.clock.nowMs -= 3_600_000;
  p.wait(LIMIT_MS + 1_000);
  assert.equal(p.presence.isAway, true);
  assert.equal(p.said.at(-1), "-3240 afk -3420");
});

const steps = fc.array(
  fc.record({
    waitMs: fc.integer({ min: 0, max: 120_000 }),
    what: fc.constantFrom("input", "seen", "seen", "seen", "lost", "nothing"),
    lengthMs: fc.integer({ min: 0, max: 60_000 }),
    agoMs: fc.integer({ min: 0, max: 20_000 }),
  }),
  { maxLength: 60 },
);

/** A machine with an idle watcher as X11's: one alarm when the limit is crossed, one at the next input. */
function machine(limitMs: number) {
  const p = player({ limitMs, startMs: 0 });
  const said: { kind: string; atMs: number; saidMs: number }[] = [];
  let inputMs = 0, isIdle = false, seenToMs = -Infinity;
  let dueMs: number | undefined;
  const step = (input: PresenceInput) => {
    const { update, dueInMs } = p.play(input);
    dueMs = dueInMs === undefined ? undefined : p.clock.nowMs + dueInMs;
    if (update) said.push({ ...update, saidMs: p.clock.nowMs });
  };
  const moveTo = (ms: number) => {
    p.clock.monoMs += ms - p.clock.nowMs;
    p.clock.nowMs = ms;
  };
  step({ kind: "not-afk", atMs: 0 });
  return {
    said,
    p,
    get lastSignMs() {
      return Math.max(inputMs, seenToMs);
    },
    get dueMs() {
      return dueMs;
    },
    wait(ms: number) {
      const untilMs = p.clock.nowMs + ms;
      for (;;) {
        const alarmMs = isIdle ? Infinity : inputMs + limitMs;
        const nextMs = Math.min(alarmMs, dueMs ?? Infinity);
        if (nextMs > untilMs) break;
        moveTo(Math.max(nextMs, p.clock.nowMs));
        if (nextMs === alarmMs) {
          isIdle = true;
          step({ kind: "afk", atMs: inputMs });
        } else step({ kind: "due" });
      }
      moveTo(untilMs);
    },
    input() {
      inputMs = p.clock.nowMs;
      if (isIdle) step({ kind: "not-afk", atMs: inputMs });
      isIdle = false;
    },
    seen(lengthMs: number, agoMs: number) {
      const toMs = Math.max(0, p.clock.nowMs - agoMs);
      const fromMs = Math.max(0, toMs - lengthMs);
      seenToMs = Math.max(seenToMs, toMs);
      step({ kind: "present", fromMs, toMs });
    },
    lost() {
      step({ kind: "lost" });
      // The watcher starts anew and says what it sees.
      isIdle = p.clock.nowMs - inputMs >= limitMs;
      step(isIdle ? { kind: "afk", atMs: inputMs } : { kind: "not-afk", atMs: p.clock.nowMs });
    },
  };
}

Deno.test("judgePresence() never calls anybody away within the limit of a sign of life, and always does after it", () => {
  const limits = fc.constantFrom(5_000, 30_000, LIMIT_MS);
  fc.assert(fc.property(limits, steps, (limitMs, played) => {
    const m = machine(limitMs);
    let told = 0, lastKind = "not-afk";
    const check = () => {
      for (; told < m.said.length; told++) {
        const { kind, atMs, saidMs } = m.said[told];
        assert.ok(atMs <= saidMs, "dated into the future");
        if (kind === "afk") {
          assert.equal(atMs, m.lastSignMs, "dated to something else than the last sign");
          assert.ok(saidMs - atMs >= limitMs, "called away too early");
        } else if (lastKind === "afk") {
          assert.ok(atMs >= m.said[told - 1].saidMs, "AFK that was said is taken back");
        }
        lastKind = kind;
      }
    };
    for (const { waitMs, what, lengthMs, agoMs } of played) {
      m.wait(waitMs);
      check();
      if (what === "input") m.input();
      else if (what === "seen") m.seen(lengthMs, agoMs);
      else if (what === "lost") m.lost();
      check();
    }
    m.wait(limitMs + MAX_LAG_MS + 1);
    check();
    assert.equal(m.p.presence.isAway, true);
    assert.equal(m.dueMs, undefined, "nothing is waited for while somebody is away");
  }));
});

Deno.test("judgePresence() asks for no wake-up, and adds nothing, while nobody is seen", () => {
  fc.assert(fc.property(steps, (played) => {
    const m = machine(LIMIT_MS);
    for (const { waitMs, what } of played) {
      m.wait(waitMs);
      if (what === "input") m.input();
      // But for its first word.
      assert.ok(m.dueMs === undefined || m.p.presence.heldMono !== undefined);
      assert.equal(m.p.presence.seenMono, undefined);
    }
  }));
});
