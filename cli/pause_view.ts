/**
 * A pause in words.
 * @module
 */
import type { WirePause } from "../daemon/api/pause.ts";
import { localZone } from "../daemon/core/day.ts";
import { untilText } from "../daemon/core/pause.ts";
import { duration } from "./words.ts";

/** "until 17:00, 25 min left"; `undefined`: recording is not paused. */
export function pauseText(
  { paused, paused_until }: Pick<WirePause, "paused" | "paused_until">,
  nowMs: number,
): string | undefined {
  if (!paused) return undefined;
  if (paused_until === null) return untilText(undefined, nowMs, localZone);
  const endMs = Date.parse(paused_until);
  const left = duration((endMs - nowMs) / 1000);
  return `${untilText(endMs, nowMs, localZone)}, ${left} left`;
}
