/**
 * Screenshots: why one is taken, why one is not, and which go.
 * @module
 */

export const SCREENSHOT_REASONS = ["noise", "interval", "command"] as const;
export type ScreenshotReason = typeof SCREENSHOT_REASONS[number];

/** One picture that is kept. */
export interface ScreenshotRecord {
  readonly id: number;
  readonly atMs: number;
  readonly reason: ScreenshotReason;
  /** The event that was in front; it may be gone since. */
  readonly eventId?: number;
  /** As the display names it. */
  readonly monitor: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bytes: number;
  readonly sha256: Uint8Array;
  /** Below the folder of screenshots. */
  readonly file: string;
}

/** Why none is taken. */
export type ScreenshotRefusal =
  | "private"
  | "browser"
  | "unknown"
  | "locked"
  | "maybe_locked"
  | "display_off"
  | "paused"
  | "busy";

/** What is said of it; never whose window it was. */
export const REFUSALS: Readonly<Record<ScreenshotRefusal, string>> = {
  private: "a window that must not be in one can be seen, or its title may",
  browser:
    "a browser's window may be a private one (Chromium's are known once they have shown a new tab)",
  unknown: "nobody can tell whose a window is that can be seen",
  locked: "the screen is locked, or something covers it as a locker does",
  maybe_locked: "nobody can tell whether the screen is locked, so one is taken by command only",
  display_off: "the display is off",
  paused: "recording is paused",
  busy: "what can be seen goes on changing",
};

/** What the user set; what is kept how long stands elsewhere. */
export interface ScreenshotSettings {
  readonly onNoise: boolean;
  /** How long noise must last before it is shot. */
  readonly noiseSeconds: number;
  /** At most one in so many minutes for noise. */
  readonly noiseMinutes: number;
  /** `undefined`: not by the clock. */
  readonly intervalMinutes?: number;
  /** Share of the width and height. */
  readonly scale: number;
}

export const DEFAULT_SCREENSHOT_SETTINGS: ScreenshotSettings = {
  onNoise: true,
  noiseSeconds: 5,
  noiseMinutes: 5,
  scale: 1,
};

/** Settings from what was stored; a field that cannot be is as it was at first. */
export function screenshotSettingsOf(stored: unknown): ScreenshotSettings {
  const given = (stored ?? {}) as Partial<Record<keyof ScreenshotSettings, unknown>>;
  const { onNoise, noiseSeconds, noiseMinutes, scale } = DEFAULT_SCREENSHOT_SETTINGS;
  const number = (value: unknown, least: number, most: number) =>
    typeof value === "number" && value >= least && value <= most ? value : undefined;
  const intervalMinutes = number(given.intervalMinutes, 0.1, 1_440);
  return {
    onNoise: typeof given.onNoise === "boolean" ? given.onNoise : onNoise,
    noiseSeconds: number(given.noiseSeconds, 1, 3_600) ?? noiseSeconds,
    noiseMinutes: number(given.noiseMinutes, 0, 1_440) ?? noiseMinutes,
    ...(intervalMinutes !== undefined && { intervalMinutes }),
    scale: number(given.scale, 0.1, 1) ?? scale,
  };
}

/** How much is kept. */
export interface ScreenshotLimits {
  readonly maxAgeMs: number;
  readonly maxBytes: number;
}

/**
 * Which pictures go, of those in order from the newest to the oldest: all that are too old, and the oldest until
 * the rest takes no more room than it may. A picture from a future that a clock was set back from is not old.
 */
export function outdated<T extends Pick<ScreenshotRecord, "atMs" | "bytes">>(
  pictures: readonly T[],
  { maxAgeMs, maxBytes }: ScreenshotLimits,
  nowMs: number,
): T[] {
  let kept = 0, isFull = false;
  return pictures.filter(({ atMs, bytes }) => {
    isFull ||= kept + bytes > maxBytes;
    if (isFull || nowMs - atMs > maxAgeMs) return true;
    kept += bytes;
    return false;
  });
}
