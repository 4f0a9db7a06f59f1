/**
 * The desktop session as a part of the daemon: whether it is locked, when the machine sleeps, and who can be heard.
 * @module
 */
import type { HealthBoard } from "./core/health.ts";
import type { Clock } from "./core/ports.ts";
import { busAddress } from "./notifiers/dbus_address.ts";
import type { TrackerPart } from "./tracker_part.ts";

export interface SessionPartOptions {
  readonly clock: Clock;
  readonly env: (name: string) => string | undefined;
  readonly health: HealthBoard;
  readonly tracker: Pick<TrackerPart, "present" | "lock" | "sleep">;
}

export class SessionPart {
  #isLocked: boolean | undefined;

  constructor(private readonly options: SessionPartOptions) {}

  /** Whether the screen is locked; `undefined`: nobody can tell. */
  get isLocked(): boolean | undefined {
    return this.#isLocked;
  }

  /** Watches until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, env, health, tracker } = this.options;
    if (Deno.build.os !== "linux") {
      const detail = "the screen's lock, sleep and sound are not watched on this system";
      health.set("session", "off", detail);
      return health.set("sound", "off", detail);
    }
    const [{ watchSession }, { watchAudio }] = await Promise.all([
      import("./watchers/session_watch.ts"),
      import("./watchers/audio_watch.ts"),
    ]);
    await Promise.all([
      watchSession({
        ...{ clock, env, signal },
        address: (bus) => busAddress(bus, env),
        onLock: (isLocked) => {
          this.#isLocked = isLocked;
          tracker.lock(isLocked);
        },
        onSleep: (isAsleep) => tracker.sleep(isAsleep),
        report: (status, detail) => health.set("session", status, detail),
      }),
      watchAudio({
        ...{ clock, env, signal },
        onEvidence: ({ fromMs, toMs, evidence }) => tracker.present(fromMs, toMs, evidence),
        report: (status, detail) => health.set("sound", status, detail),
      }),
    ]);
  }
}
