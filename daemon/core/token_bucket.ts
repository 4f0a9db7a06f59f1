/**
 * A token bucket: how often something may happen, with bursts.
 * @module
 */

export interface Bucket {
  /** Tokens left at `atMs`. */
  readonly tokens: number;
  readonly atMs: number;
}

export interface Rate {
  readonly perMinute: number;
  readonly burst: number;
}

/** What sums of fractions of tokens may be wrong by: who waited as long as was said gets one. */
const ROUNDING = 1e-9;

/** Takes one token, if there is one; `bucket` `undefined` is a full one. A clock set back gives nothing. */
export function takeToken(
  bucket: Bucket | undefined,
  { perMinute, burst }: Rate,
  nowMs: number,
): { readonly bucket: Bucket; readonly waitMs: number } {
  const before = bucket ?? { tokens: burst, atMs: nowMs };
  const passedMs = Math.max(0, nowMs - before.atMs);
  const tokens = Math.min(burst, before.tokens + passedMs * perMinute / 60_000);
  if (tokens >= 1 - ROUNDING) {
    return { bucket: { tokens: Math.max(0, tokens - 1), atMs: nowMs }, waitMs: 0 };
  }
  return { bucket: { tokens, atMs: nowMs }, waitMs: Math.ceil((1 - tokens) * 60_000 / perMinute) };
}
