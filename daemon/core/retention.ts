/**
 * How long things are kept, as the user set it.
 * @module
 */

/** Ages in days and a size; `null`: for ever, without a limit. */
export interface Retention {
  /** Events, with notes and focus sessions of that time. */
  readonly events_days: number | null;
  readonly screenshots_days: number | null;
  /** All screenshots together, in megabytes (10^6 bytes). */
  readonly screenshots_mb: number | null;
  /** Messages that are sent or given up; what they said is gone before. */
  readonly messages_days: number | null;
  /** Steps of the loop. */
  readonly loop_days: number | null;
}

/** The name under which it is set. */
export const RETENTION_SETTING = "retention";

export const DEFAULT_RETENTION: Retention = {
  events_days: null,
  screenshots_days: 30,
  screenshots_mb: 500,
  messages_days: 90,
  loop_days: 90,
};

const DAY_MS = 86_400_000;

/** What was set, over the defaults; what is not a number or null there is the default. */
export function retentionOf(stored: unknown): Retention {
  const set = (stored ?? {}) as Partial<Record<keyof Retention, unknown>>;
  const names = Object.keys(DEFAULT_RETENTION) as (keyof Retention)[];
  const entries = names.map((name) => {
    const value = set[name];
    const isSet = value === null || (typeof value === "number" && value > 0);
    return [name, isSet ? value : DEFAULT_RETENTION[name]];
  });
  return Object.fromEntries(entries);
}

/** What is older than this goes; `undefined`: nothing does. */
export function oldestKeptMs(days: number | null, nowMs: number): number | undefined {
  return days === null ? undefined : nowMs - days * DAY_MS;
}
