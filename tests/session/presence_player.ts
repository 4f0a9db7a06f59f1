/**
 * Somebody at a desk, or not, on two clocks that a test moves.
 * @module
 */
import {
  type Evidence,
  judgePresence,
  type Presence,
  type PresenceInput,
} from "../../daemon/core/presence.ts";

export const LIMIT_MS = 180_000;

/** Plays inputs; what is due happens in time, as the tracker's timer has it. */
export function presencePlayer({ limitMs = LIMIT_MS, startMs = 1_000_000 } = {}) {
  let presence: Presence = {};
  let dueMono: number | undefined;
  const clock = { nowMs: startMs, monoMs: 700 };
  const said: string[] = [];
  let wakes = 0;
  const play = (input: PresenceInput) => {
    const step = judgePresence(presence, input, { at: { ...clock }, limitMs });
    presence = step.presence;
    dueMono = step.dueInMs === undefined ? undefined : clock.monoMs + step.dueInMs;
    if (step.isUnknown) said.push(`${(clock.nowMs - startMs) / 1000} unknown`);
    if (step.update) {
      const { kind, atMs } = step.update;
      said.push(`${(clock.nowMs - startMs) / 1000} ${kind} ${(atMs - startMs) / 1000}`);
    }
    return step;
  };
  return {
    clock,
    /** `when-it-was-said what since-when`, in seconds from the start. */
    said,
    play,
    get wakes() {
      return wakes;
    },
    get presence() {
      return presence;
    },
    wait(ms: number) {
      const untilMono = clock.monoMs + ms;
      while (dueMono !== undefined && dueMono <= untilMono) {
        clock.nowMs += dueMono - clock.monoMs;
        clock.monoMs = dueMono;
        wakes++;
        play({ kind: "due" });
      }
      clock.nowMs += untilMono - clock.monoMs;
      clock.monoMs = untilMono;
    },
    /** The idle watcher's alarm, `idleMs` after the last input. */
    idle: (idleMs = limitMs) => play({ kind: "afk", atMs: clock.nowMs - idleMs }),
    input: () => play({ kind: "not-afk", atMs: clock.nowMs }),
    /** Somebody was seen from so long ago until so long ago. */
    seen: (fromAgoMs: number, toAgoMs = 0) =>
      play({ kind: "present", fromMs: clock.nowMs - fromAgoMs, toMs: clock.nowMs - toAgoMs }),
    lock: () => play({ kind: "locked", atMs: clock.nowMs }),
    unlock: () => play({ kind: "unlocked", atMs: clock.nowMs }),
    /** Something plays, or is spoken into, for so long; told every 10 s with its beginning. */
    sound(evidence: Evidence, ms: number) {
      const fromMs = clock.nowMs;
      for (let passedMs = 0; passedMs < ms; passedMs += 10_000) {
        this.wait(10_000);
        play({ kind: "present", fromMs, toMs: clock.nowMs, evidence });
      }
    },
    /** Watches a film: seen in batches of 5 s for a while. */
    look(ms: number) {
      for (let passedMs = 0; passedMs < ms; passedMs += 5_000) {
        this.wait(5_000);
        this.seen(5_000);
      }
    },
  };
}
