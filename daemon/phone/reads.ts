/**
 * What is known of phones, for whoever asks.
 * @module
 */
import { NotFoundError } from "../core/errors.ts";
import {
  CLOCK_TOLERANCE_MS,
  countPickups,
  type Heartbeat,
  knownBeat,
  spansOf,
} from "../core/phone.ts";
import type { Span } from "../core/types.ts";
import type { DayRows, PhoneOptions, PhoneStore } from "./ports.ts";

type Device = ReturnType<PhoneStore["devices"]>[number];

export class PhoneReads {
  constructor(
    private readonly options: Pick<PhoneOptions, "store" | "clock" | "classify" | "privacy">,
  ) {}

  devices(): Device[] {
    return this.options.store.devices();
  }

  /** @throws {NotFoundError} when it never was paired. */
  device(deviceId: string): Device {
    const device = this.devices().find(({ id }) => id === deviceId);
    if (device) return device;
    throw new NotFoundError(`There is no device ${JSON.stringify(deviceId.slice(0, 80))}`);
  }

  /** What a device did in the last `minutes`. @throws {NotFoundError} when there is no such device. */
  summary(deviceId: string, minutes: number) {
    const device = this.device(deviceId);
    const { store, clock, classify } = this.options;
    const nowMs = clock.nowMs();
    const span = { startMs: nowMs - minutes * 60_000, endMs: nowMs + CLOCK_TOLERANCE_MS };
    const beats = store.beats(deviceId, span);
    const apps = new Map<string | undefined, number>();
    let screenMs = 0, distractingMs = 0;
    for (const { startMs, endMs, app } of spansOf(beats)) {
      const lengthMs = endMs - startMs;
      screenMs += lengthMs;
      if (classify({ app }).class === "noise") distractingMs += lengthMs;
      apps.set(app, (apps.get(app) ?? 0) + lengthMs);
    }
    const topApps = [...apps].map(([app, ms]) => ({ app, ms, class: classify({ app }).class }))
      .sort((a, b) => b.ms - a.ms).slice(0, 10);
    return {
      screenMs,
      distractingMs,
      topApps,
      pickups: countPickups(beats),
      heartbeats: beats.length,
      lastSeenMs: device.lastSeenMs,
    };
  }

  /**
   * The newest heartbeat of a device, as far as today's privacy rules let it be known; `undefined`: there is none.
   */
  last({ id, lastSeenMs }: Device): Omit<Heartbeat, "deviceId"> | undefined {
    if (lastSeenMs === undefined) return undefined;
    const { store, privacy } = this.options;
    const beat = store.beats(id, { startMs: lastSeenMs, endMs: lastSeenMs }).at(-1);
    return beat && knownBeat(beat, privacy);
  }

  /** What a device told of a span, as it counts. @throws {NotFoundError} when there is no such device. */
  day(
    deviceId: string,
    { startMs, endMs }: Span,
  ): DayRows & { readonly pickups: number; readonly heartbeats: number } {
    this.device(deviceId);
    const { store } = this.options;
    const beats = store.beats(deviceId, { startMs, endMs: endMs - 1 });
    const told = store.day(deviceId, { startMs, endMs });
    return { ...told, pickups: countPickups(beats), heartbeats: beats.length };
  }
}
