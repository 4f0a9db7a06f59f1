/**
 * What the loop has to say, in words; pure.
 * @module
 */
import { formatClock } from "./format.ts";
import type { WireLoopNow, WireNudge } from "./wire.ts";

/** What the page shows of the loop. */
export type NudgeView =
  | {
    readonly kind: "nudge";
    readonly id: number;
    /** How loudly it is said. */
    readonly step: WireNudge["step"];
    /** Said before the explanation: "Still at it: "; often "". */
    readonly before: string;
    /** Holds names of sites and apps. */
    readonly explanation: string;
    readonly question: string;
    /** `undefined`: there is no more time to ask for. */
    readonly moreMinutes: number | undefined;
    readonly canBlock: boolean;
  }
  | { readonly kind: "snoozed"; readonly until: string }
  | { readonly kind: "held"; readonly by: string };

const SAYINGS: Record<WireNudge["step"], { readonly before: string; readonly question: string }> = {
  nudge: { before: "", question: "Back to what you wanted to do?" },
  stronger: { before: "Still at it: ", question: "Time to stop." },
  block: { before: "Blocked: ", question: "prodtracker block off ends it." },
};

/** What is shown now; a step of a daemon that knows more of them is an ordinary nudge. */
export function nudgeView(loop: WireLoopNow | undefined, nowMs: number): NudgeView | undefined {
  if (loop === undefined) return undefined;
  const { nudge, snoozed_until: until, held_by: by } = loop;
  if (nudge) {
    const step = nudge.step in SAYINGS ? nudge.step : "nudge";
    return {
      ...{ kind: "nudge", id: nudge.id, step, explanation: nudge.explanation },
      ...SAYINGS[step],
      moreMinutes: step === "block" ? undefined : nudge.snooze_minutes,
      canBlock: nudge.can_block,
    };
  }
  if (until !== null && Date.parse(until) > nowMs) {
    return { kind: "snoozed", until: formatClock(until) };
  }
  return by === null ? undefined : { kind: "held", by };
}

/** "5 more minutes", "1 more minute", "6 more seconds". */
export function moreWords(minutes: number): string {
  const [count, unit] = minutes < 1 ? [Math.round(minutes * 60), "second"] : [minutes, "minute"];
  return `${count} more ${unit}${count === 1 ? "" : "s"}`;
}
