/**
 * What only the Focus page reads of the daemon.
 * @module
 */
import type { WireFocusTimes } from "../wire.ts";

/** One of `GET /focus/days` */
export interface WireFocusedDay extends WireFocusTimes {
  readonly date: string;
  readonly focus_percent: number | null;
  /** Focused while something of this class was in front. */
  readonly signal_seconds: number;
  readonly noise_seconds: number;
  readonly neutral_seconds: number;
  readonly unknown_seconds: number;
}
