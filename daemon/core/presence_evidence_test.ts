/** What sound, a call and the lock of the screen are to {@linkcode judgePresence}. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { LIMIT_MS, presencePlayer as player } from "../../tests/session/presence_player.ts";
import { EVIDENCE_MS, FIRST_WORD_MS, MAX_LAG_MS, UNSURE_MS } from "./presence.ts";

const HOUR_MS = 3_600_000;

Deno.test("judgePresence() believes sound for three hours without input, a call for eight, and then a face", () => {
  for (const evidence of ["heard", "call"] as const) {
    const p = player();
    p.input();
    p.sound(evidence, LIMIT_MS);
    p.idle();
    p.sound(evidence, EVIDENCE_MS[evidence] + HOUR_MS);
    const untilS = EVIDENCE_MS[evidence] / 1000;
    assert.deepEqual(p.said.slice(1), [`${untilS + LIMIT_MS / 1000} afk ${untilS}`], evidence);
  }
  // Somebody who is seen listening is there for three hours more.
  const p = player();
  p.input();
  p.sound("heard", LIMIT_MS);
  p.idle();
  p.sound("heard", 2 * HOUR_MS);
  p.seen(5_000);
  p.sound("heard", 2 * HOUR_MS);
  assert.equal(p.presence.isAway, false);
});

Deno.test("judgePresence() is not brought back by what begins to play, and is by a call", () => {
  const p = player();
  p.input();
  p.wait(LIMIT_MS);
  p.idle();
  p.wait(MAX_LAG_MS + 1);
  p.sound("heard", 60_000);
  assert.equal(p.presence.isAway, true, "an alarm clock is nobody");
  p.sound("call", 10_000);
  assert.equal(p.presence.isAway, false);
});

Deno.test("judgePresence() waits a moment with its first word: the daemon was started in the middle of a film", () => {
  const film = player();
  film.idle(HOUR_MS);
  film.wait(400);
  film.play({
    kind: "present",
    fromMs: film.clock.nowMs,
    toMs: film.clock.nowMs,
    evidence: "heard",
  });
  film.wait(10_000);
  assert.deepEqual(film.said, ["0.4 not-afk 0.4"]);

  const nobody = player();
  nobody.idle(HOUR_MS);
  nobody.wait(HOUR_MS);
  assert.deepEqual(nobody.said, [`${FIRST_WORD_MS / 1000} afk -3600`]);
  assert.equal(nobody.wakes, 1);
});

Deno.test("judgePresence() calls whoever locks the screen away at once, and takes nothing else for a sign", () => {
  const p = player();
  p.input();
  p.wait(20_000);
  p.lock();
  p.wait(1_000);
  p.sound("heard", 60_000);
  p.seen(5_000);
  p.idle();
  p.input();
  assert.deepEqual(p.said.slice(1), ["20 afk 20"]);
  p.lock();
  p.unlock();
  p.unlock();
  assert.deepEqual(p.said.slice(2), ["81 not-afk 81"]);
  assert.equal(p.wakes, 0);
});

Deno.test("judgePresence() gives whoever unlocks the limit, also where it is done from afar", () => {
  const p = player();
  p.input();
  p.wait(LIMIT_MS);
  p.idle();
  p.lock();
  p.wait(HOUR_MS);
  p.unlock();
  p.wait(HOUR_MS);
  assert.deepEqual(p.said.slice(1), ["180 afk 0", "3780 not-afk 3780", "3960 afk 3780"]);
});

Deno.test("judgePresence() holds the lock for a while when nobody can tell any more, then asks the idle watcher", () => {
  const unsure = (prepare: (p: ReturnType<typeof player>) => void) => {
    const p = player();
    p.input();
    p.lock();
    p.wait(1_000);
    prepare(p);
    p.play({ kind: "unsure" });
    return p;
  };
  const here = unsure(() => {});
  here.wait(UNSURE_MS);
  assert.deepEqual(here.said.slice(2), ["31 not-afk 31"]);

  const away = unsure((p) => p.idle());
  away.wait(HOUR_MS);
  assert.equal(away.presence.isAway, true);
  away.input();
  assert.equal(away.presence.isAway, false);

  const blind = unsure((p) => p.play({ kind: "lost" }));
  blind.wait(UNSURE_MS);
  assert.deepEqual(blind.said.slice(2), ["31 unknown"]);

  // The bus was only restarted.
  const back = unsure(() => {});
  back.wait(UNSURE_MS - 1);
  back.lock();
  back.wait(HOUR_MS);
  assert.equal(back.said.length, 2);
});

Deno.test("judgePresence() keeps whoever locked away while the idle watcher is gone", () => {
  const p = player();
  p.input();
  p.lock();
  p.play({ kind: "lost" });
  p.wait(HOUR_MS);
  assert.equal(p.presence.isAway, true);
  p.unlock();
  assert.deepEqual(p.said.slice(1), ["0 afk 0", "3600 unknown"]);
});

const lockSteps = fc.array(
  fc.record({
    waitMs: fc.integer({ min: 0, max: 40_000 }),
    what: fc.constantFrom(
      ...["input", "idle", "seen", "heard", "call", "lost", "locked", "unlocked"],
      ...["unsure", "nothing"] as const,
    ),
  }),
  { maxLength: 60 },
);

Deno.test("judgePresence() says nobody is there while the screen is known to be locked, and waits for nothing then", () => {
  fc.assert(fc.property(lockSteps, (played) => {
    const p = player();
    let isLocked = false;
    for (const { waitMs, what } of played) {
      const before = p.said.length;
      p.wait(waitMs);
      if (isLocked) assert.equal(p.said.length, before, "something was said while locked");
      const wasLocked = isLocked;
      if (what === "locked") isLocked = true;
      else if (what === "unlocked" || what === "unsure") isLocked = false;
      if (what === "input") p.input();
      else if (what === "idle") p.idle();
      else if (what === "seen") p.seen(5_000);
      else if (what === "heard" || what === "call") {
        const { nowMs } = p.clock;
        p.play({ kind: "present", fromMs: nowMs - 10_000, toMs: nowMs, evidence: what });
      } else if (what === "lost" || what === "unsure") p.play({ kind: what });
      else if (what === "locked") p.lock();
      else if (what === "unlocked") p.unlock();
      if (isLocked) {
        assert.equal(p.presence.isAway, true);
        if (wasLocked) assert.equal(p.said.length, before, `${what} was heard while locked`);
      }
    }
    // Whatever was, whoever is not there in the end is away, or nothing is known.
    p.unlock();
    p.idle();
    p.wait(LIMIT_MS + MAX_LAG_MS + UNSURE_MS);
    assert.equal(p.presence.isAway, true);
    assert.equal(p.presence.isLocked, undefined);
  }));
});
