/**
 * Which live state is used: Redis where it is configured, else the embedded one.
 * @module
 */
import type { SettingValues } from "../config/schema.ts";
import type { PartStatus } from "../core/health.ts";
import type { LiveBeat, LiveState, RateLimit } from "./live_state.ts";
import { EmbeddedLiveState } from "./live_state_embedded.ts";

export interface LiveOptions {
  readonly settings: SettingValues;
  /** Where Redis is when nothing else is said. */
  readonly defaults: { readonly redisPort: number; readonly redisDb: number };
  readonly rate: RateLimit;
  readonly report: (status: PartStatus, detail: string) => void;
  /** The last day of a device, oldest first: what a restart would lose. */
  readonly restore: (deviceId: string) => readonly LiveBeat[];
  /** How long a heartbeat waits for Redis, in milliseconds. @default 50 */
  readonly answerMs?: number;
}

/** Opens it; a Redis that is down is connected to when it comes. */
export async function openLiveState(
  { settings, defaults, rate, report, restore, answerMs }: LiveOptions,
): Promise<LiveState> {
  const embedded = new EmbeddedLiveState(rate, restore);
  const { REDIS_URL: url, REDIS_HOST: host } = settings;
  if (url === undefined && host === undefined) {
    report("ok", "embedded");
    return embedded;
  }
  const { RedisLiveState } = await import("./live_state_redis.ts");
  const state = new RedisLiveState({
    url,
    host,
    port: settings.REDIS_PORT ?? defaults.redisPort,
    password: settings.REDIS_PASSWORD,
    database: settings.REDIS_DB ?? (url === undefined ? defaults.redisDb : undefined),
    rate,
    fallback: embedded,
    report,
    answerMs,
  });
  await state.firstTry();
  return state;
}
