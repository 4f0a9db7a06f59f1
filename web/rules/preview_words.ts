/**
 * What a preview says, in words and figures.
 * @module
 */
import type { ActivityClass } from "../../daemon/core/types.ts";
import { ApiError } from "../api.ts";
import { formatDuration } from "../format.ts";
import { counted } from "./rule_words.ts";
import type { WireRulesPreview } from "./wire.ts";

/** A class whose time would be another. */
export interface ClassChange {
  readonly kind: ActivityClass;
  readonly before: number;
  readonly after: number;
}

const KINDS: readonly ActivityClass[] = ["signal", "noise", "neutral"];

/** The classes whose time would be another by at least a second. */
export function classChanges({ before, after }: WireRulesPreview): ClassChange[] {
  return KINDS.map((kind) => ({
    kind,
    before: before[`${kind}_seconds`],
    after: after[`${kind}_seconds`],
  })).filter(({ before, after }) => Math.abs(after - before) >= 1);
}

/** "+1 h 05 min", "−12 min": the minus is a minus, as wide as the plus. */
export function signedDuration(seconds: number): string {
  return `${seconds < 0 ? "\u2212" : "+"}${formatDuration(Math.abs(seconds))}`;
}

/** Whether the daemon refuses the rules themselves: a pattern that is none. */
export function isRefusal(problem: Error | undefined): problem is ApiError {
  return problem instanceof ApiError && problem.status === 422;
}

/** The preview in one sentence; `rule` is the place of the one that is being written. */
export function previewSentence(preview: WireRulesPreview, rule: number | undefined): string {
  const { subjects, seconds } = preview;
  if (subjects > 0) {
    const windows = counted(subjects, "window");
    return `${formatDuration(seconds)} would count otherwise, in ${windows}.`;
  }
  const use = rule === undefined ? undefined : preview.uses[rule];
  if (use === undefined) return "Nothing would count otherwise.";
  if (use.subjects === 0) {
    return "It decides nothing so far: nothing fits it, or a rule before it does.";
  }
  return `It fits ${formatDuration(use.seconds)}, which counts like this already.`;
}
