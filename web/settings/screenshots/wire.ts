/**
 * What the API says of screenshots, as the page sees it.
 * @module
 */
import type { ScreenshotReason } from "../../../daemon/core/screenshot.ts";

/** One picture. */
export interface WireScreenshot {
  readonly id: number;
  readonly at: string;
  readonly reason: ScreenshotReason;
  /** What was in front; it may be gone since. */
  readonly event_id: number | null;
  readonly monitor: string;
  readonly width_px: number;
  readonly height_px: number;
  readonly bytes: number;
}

/** `GET /screenshots`, newest first. */
export interface WireScreenshots {
  readonly screenshots: readonly WireScreenshot[];
  /** `null`: there are no older ones. */
  readonly next_cursor: string | null;
}

/** `PUT /screenshots/settings` */
export interface WireScreenshotRules {
  readonly on_noise: boolean;
  readonly noise_seconds: number;
  readonly noise_minutes: number;
  /** `null`: not by the clock. */
  readonly interval_minutes: number | null;
  /** Share of the width and height, 0.1 to 1. */
  readonly scale: number;
}

/** `GET /screenshots/settings` */
export interface WireScreenshotSettings extends WireScreenshotRules {
  /** Whether any is taken unasked. */
  readonly on: boolean;
}
