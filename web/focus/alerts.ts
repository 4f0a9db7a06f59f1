/**
 * What is done about somebody who is unfocused: pure.
 * @module
 */
import type { Attention } from "../../vision/attention.ts";

/** What has been done so far. */
export interface AlertMemory {
  readonly level: Attention["alert"];
  readonly soundedMs: number;
}

export const NO_ALERT: AlertMemory = { level: 0, soundedMs: -Infinity };

/** What is to be done now. */
export interface AlertAction {
  /** 0..1: how urgently. */
  readonly sound: "nudge" | "urge" | undefined;
  /** Whether the desktop's notification is to be shown, taken back, or left as it is. */
  readonly notification: "show" | "close" | undefined;
}

/** While nothing changes, the sound comes again after this time. */
const AGAIN_MS = 8_000;

/** What to do after `attention`, seen at `nowMs` of any clock, and what to remember. */
export function heed(
  before: AlertMemory,
  { alert: level, state }: Pick<Attention, "alert" | "state">,
  nowMs: number,
): { readonly memory: AlertMemory; readonly action: AlertAction } {
  const rises = level > before.level;
  // Nobody is called who may be looking, or who has left.
  const isAgain = state === "unfocused" && nowMs - before.soundedMs >= AGAIN_MS;
  const sounds = level >= 2 && (rises || isAgain);
  const shows = level === 3 && rises;
  const closes = level < 3 && before.level === 3;
  return {
    memory: { level, soundedMs: sounds ? nowMs : before.soundedMs },
    action: {
      sound: sounds ? (level === 3 ? "urge" : "nudge") : undefined,
      notification: shows ? "show" : closes ? "close" : undefined,
    },
  };
}
