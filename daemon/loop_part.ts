/**
 * The loop as a part of the daemon: nudges before it blocks.
 * @module
 */
import type { BlockerPort } from "./api/blocker.ts";
import type { LoopPort } from "./api/loop.ts";
import type { Zone } from "./core/day.ts";
import type { HealthBoard } from "./core/health.ts";
import type { Hub } from "./core/hub.ts";
import type { Explain } from "./core/loop_names.ts";
import type { Clock } from "./core/ports.ts";
import type { RecorderState } from "./core/recorder.ts";
import type { Subject } from "./core/types.ts";
import type { LoopService } from "./loop_service.ts";
import { createUpClock } from "./os/clock.ts";
import { abortableDelay } from "./os/supervisor.ts";
import type { Store } from "./store/mod.ts";

export interface LoopPartOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly dayStartMin: number;
  readonly health: HealthBoard;
  readonly hub: Hub;
  readonly env: (name: string) => string | undefined;
  readonly blocker: BlockerPort;
  readonly recorderState: () => RecorderState;
  /** How a subject is judged, and by which rule. */
  readonly explain: Explain;
  /** What of a program may be known: its name may be said of who uses a microphone. @default everything */
  readonly privacy?: (subject: Subject) => Subject | undefined;
  /** What was seen before is not counted: recording was paused. `Infinity`: it is now. @default always */
  readonly recordingSinceMs?: () => number;
}

/** Nothing is said in the first moments: what people start the daemon for comes first. */
const START_MS = 3_000;
/** A database that cannot be read now may be later. */
const RETRY_MS = 60_000;

export class LoopPart {
  #service: Promise<LoopService> | undefined;

  constructor(private readonly options: LoopPartOptions) {}

  /** Loaded when first asked for. */
  readonly load = (): Promise<LoopPort> => this.#load();

  /** Watches and takes steps, until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    await abortableDelay(START_MS, signal);
    while (!signal.aborted) {
      try {
        return await (await this.#load()).run(signal);
      } catch (error) {
        this.#service = undefined;
        this.options.health.set("loop", "degraded", (error as Error).message);
        await abortableDelay(RETRY_MS, signal);
      }
    }
  }

  async close(): Promise<void> {
    await (await this.#service?.catch(() => undefined))?.close();
  }

  #load(): Promise<LoopService> {
    return this.#service ??= this.#open();
  }

  async #open(): Promise<LoopService> {
    const [{ LoopService }, { DesktopNotices }] = await Promise.all([
      import("./loop_service.ts"),
      import("./loop_notices.ts"),
    ]);
    const { env, clock, privacy = (subject: Subject) => subject } = this.options;
    const isNamed = (by: string) => privacy({ app: by, title: by })?.title === by;
    return new LoopService({
      ...this.options,
      upClock: createUpClock(clock.monoMs),
      microphone: async () => {
        const { microphoneUse } = await import("./watchers/microphone_pactl.ts");
        const use = await microphoneUse();
        if (!use?.inUse) return undefined;
        return use.by !== undefined && isNamed(use.by) ? use.by : "by a program";
      },
      notices: new DesktopNotices(async () => {
        const { openDesktopNotifier } = await import("./notifiers/desktop.ts");
        return openDesktopNotifier(env);
      }),
    });
  }
}
