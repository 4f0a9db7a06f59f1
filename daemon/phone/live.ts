/**
 * Which live state is used.
 * @module
 */
import type { SettingValues } from "../config/schema.ts";
import type { PartStatus } from "../core/health.ts";
import type { Clock } from "../core/ports.ts";
import type { LiveBeat, LiveState, RateLimit } from "./live_state.ts";
import { EmbeddedLiveState } from "./live_state_embedded.ts";

export interface LiveOptions {
  readonly settings: SettingValues;
  readonly rate: RateLimit;
  readonly clock: Clock;
  readonly report: (status: PartStatus, detail: string) => void;
  readonly restore?: (deviceId: string) => readonly LiveBeat[];
}

// deno-lint-ignore require-await -- Redis is waited for
export async function openLiveState({ rate, report, restore }: LiveOptions): Promise<LiveState> {
  report("ok", "embedded");
  return new EmbeddedLiveState(rate, restore);
}
