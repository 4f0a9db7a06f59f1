/**
 * Changes by hand as a part of the daemon: loaded when the first is asked for, or somebody is to be asked where
 * they were.
 * @module
 */
import type { EditPort } from "./api/edits.ts";
import type { Zone } from "./core/day.ts";
import type { Hub } from "./core/hub.ts";
import type { Clock } from "./core/ports.ts";
import type { RecorderState } from "./core/recorder.ts";
import type { EditService } from "./edit_service.ts";
import type { Store } from "./store/mod.ts";

export interface EditPartOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly dayStartMin: number;
  readonly hub: Hub;
  /** The past has changed. */
  readonly onChanged: () => void;
}

export class EditPart {
  #service: Promise<EditService> | undefined;
  #awaySinceMs: number | undefined;

  constructor(private readonly options: EditPartOptions) {}

  readonly load = (): Promise<EditPort> => this.#load();

  /** Hears what is in front and who is away; asks whoever comes back where they were. */
  stateChanged({ afk, afkSinceMs }: RecorderState): void {
    const startMs = this.#awaySinceMs;
    this.#awaySinceMs = afk === true ? afkSinceMs : undefined;
    if (startMs === undefined || afk !== false || afkSinceMs === undefined) return;
    // Nobody listens: whoever opens a page later finds it in the list.
    if (!this.options.hub.hears("returned")) return;
    this.#ask(startMs, afkSinceMs).catch(
      () => {/* the list has it, once the database serves again */},
    );
  }

  async #ask(startMs: number, endMs: number): Promise<void> {
    const { toWireAway } = await import("./api/edits_wire.ts");
    const question = await (await this.#load()).questionAfter({ startMs, endMs });
    if (question) this.options.hub.publish("returned", toWireAway(question));
  }

  #load(): Promise<EditService> {
    return this.#service ??= this.#open().catch((error) => {
      this.#service = undefined;
      throw error;
    });
  }

  async #open(): Promise<EditService> {
    const { store, ...rest } = this.options;
    const { EditService } = await import("./edit_service.ts");
    return new EditService({
      ...{ ...rest, edits: store.edits },
      awayTimes: (...asked) => store.reader.call("awayTimes", ...asked),
    });
  }
}
