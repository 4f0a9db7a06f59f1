/**
 * Phones as a part of the daemon: loaded with their first request, and their heartbeats brought into the
 * events.
 * @module
 */
import { join } from "node:path";
import type { PhonePort } from "./api/phone_requests.ts";
import type { Config } from "./config/load.ts";
import { DEFAULTS } from "./config/defaults.ts";
import type { HealthBoard } from "./core/health.ts";
import { knownBeat } from "./core/phone.ts";
import type { Clock } from "./core/ports.ts";
import type { Classification, Subject } from "./core/types.ts";
import { KEPT_MS, type LiveBeat } from "./phone/live_state.ts";
import { keptSecret } from "./os/files.ts";
import { abortableDelay, untilAborted } from "./os/supervisor.ts";
import type { PhoneService } from "./phone/mod.ts";
import type { Store } from "./store/mod.ts";

export interface PhonePartOptions {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly health: HealthBoard;
  readonly classify: (subject: Subject) => Classification;
  /** What of an app may be stored; `undefined`: nothing. */
  readonly privacy: (subject: Subject) => Subject | undefined;
  /** Whether nothing was to be recorded at a moment. */
  readonly isPaused: (atMs: number) => boolean;
  /** When the block that runs ends. */
  readonly blockEndMs: () => number | undefined;
  /** A device has told something, was paired, revoked or renamed. */
  readonly onDevice: (deviceId: string) => void;
  /** Whether phones on the local network can reach the daemon. */
  readonly isListening: () => boolean;
  /** The past has changed. */
  readonly onDerived: () => void;
}

/** Heartbeats enter the events at most this often: most of them come alone. */
const DERIVE_AFTER_MS = 1_000;
/** How much longer it rests than it works. */
const REST = 19;
/** A burst a phone may send at once, besides its rate. */
const BURST = 10;

export class PhonePart {
  #service: Promise<PhonePort & Pick<PhoneService, "close" | "forgetLive">> | undefined;
  #wake = Promise.withResolvers<void>();

  constructor(private readonly options: PhonePartOptions) {}

  /** The service, loaded when first asked for. */
  readonly load = (): Promise<PhonePort> => this.#load();

  /** Lets the live state forget every device; resolves with whether it could. */
  async forgetLive(): Promise<boolean> {
    return await (await this.#load()).forgetLive();
  }

  #load() {
    return this.#service ??= this.#open();
  }

  /** Brings heartbeats into the events, until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { store, clock, health, privacy, onDerived } = this.options;
    const aborted = untilAborted(signal);
    if (store.phones.hasFresh()) this.#wake.resolve();
    while (!signal.aborted) {
      await Promise.race([this.#wake.promise, aborted]);
      if (signal.aborted) return;
      this.#wake = Promise.withResolvers();
      try {
        while (!signal.aborted) {
          const startMs = clock.monoMs();
          if (await store.phones.derive(privacy) === 0) break;
          onDerived();
          // New heartbeats come first: under a flood the events follow later.
          await abortableDelay(REST * (clock.monoMs() - startMs), signal);
        }
      } catch (error) {
        health.set("phone", "degraded", (error as Error).message);
        this.#wake.resolve();
      }
      await abortableDelay(DERIVE_AFTER_MS, signal);
    }
  }

  async close(): Promise<void> {
    const service = await this.#service?.catch(() => undefined);
    await service?.close();
  }

  /** What the embedded live state knew before a restart. */
  #lastDay(deviceId: string): LiveBeat[] {
    const { store, clock, classify, privacy } = this.options;
    const nowMs = clock.nowMs();
    return store.phones.stored(deviceId, { startMs: nowMs - KEPT_MS, endMs: nowMs })
      .map(({ digest, ...beat }) => ({ digest, ...knownBeat(beat, privacy) }))
      .map(({ digest, ...beat }) => ({
        ...beat,
        deviceId,
        digest: digest.toHex(),
        distracting: beat.screenOn && beat.app !== undefined &&
          classify({ app: beat.app }).class === "noise",
      }));
  }

  async #open() {
    const { config, store, clock, classify, privacy, isPaused, onDevice, isListening } =
      this.options;
    const [{ PhoneService }, { openLiveState }] = await Promise.all([
      import("./phone/mod.ts"),
      import("./phone/live.ts"),
    ]);
    const { settings, dataDir } = config;
    const live = await openLiveState({
      settings,
      defaults: DEFAULTS,
      rate: {
        perMinute: settings.PRODTRACKER_PHONE_RATE ?? DEFAULTS.phoneRatePerMinute,
        burst: BURST,
      },
      report: (status, detail) => this.options.health.set("live state", status, detail),
      restore: (deviceId) => this.#lastDay(deviceId),
    });
    const service = new PhoneService({
      store: store.phones,
      live,
      clock,
      pairingSecret: settings.PAIRING_JWT_SECRET ?? keptSecret(join(dataDir, "pairing_secret")),
      ...{ classify, privacy, isPaused },
      blockEndMs: this.options.blockEndMs,
      onStored: (deviceId) => {
        this.#wake.resolve();
        onDevice(deviceId);
      },
      onDevice,
    });
    return Object.assign(service, { url: phoneUrl(config), isListening });
  }
}

/** Where phones on the local network reach this computer, once `serve --lan` runs. */
export function phoneUrl({ pcIp, settings }: Config): string | undefined {
  if (pcIp === undefined) return undefined;
  const host = pcIp.includes(":") && !pcIp.startsWith("[") ? `[${pcIp}]` : pcIp;
  const port = settings.PRODTRACKER_LAN_PORT ?? DEFAULTS.lanPort;
  return `${settings.PRODTRACKER_TLS_CERT ? "https" : "http"}://${host}:${port}`;
}
