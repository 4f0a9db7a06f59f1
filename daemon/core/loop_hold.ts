/**
 * What holds the loop back.
 * @module
 */
import type { LoopConfig } from "./loop_config.ts";
import type { LoopEvidence } from "./loop_evidence.ts";
import { quietUntil } from "./quiet_hours.ts";

/** Why nothing is shown now, as "held back: …"; `undefined`: nothing holds it back. */
export function holdReason(
  { quiet, sparesMeetings }: LoopConfig,
  { isAway, blockEndMs, meeting, microphone }: LoopEvidence,
  localMs: number,
): string | undefined {
  if (isAway) return "you are away";
  if (blockEndMs !== undefined) return "a block runs";
  const untilMin = quiet && quietUntil(quiet, localMs);
  if (untilMin !== undefined) return `quiet hours until ${clockText(untilMin)}`;
  if (!sparesMeetings) return undefined;
  if (meeting !== undefined) return `a meeting (${meeting})`;
  if (microphone !== undefined) return `a microphone is in use (${microphone})`;
  return undefined;
}

function clockText(minutes: number): string {
  const pad = (number: number) => String(number).padStart(2, "0");
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
