/**
 * Changes by hand as a part of the daemon: loaded when the first is asked for.
 * @module
 */
import type { EditPort } from "./api/edits.ts";
import { UnsupportedError } from "./core/errors.ts";
import type { Hub } from "./core/hub.ts";
import type { Clock } from "./core/ports.ts";
import type { Store } from "./store/mod.ts";

export interface EditPartOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  /** The past has changed. */
  readonly onChanged: () => void;
}

export class EditPart {
  constructor(private readonly options: EditPartOptions) {}

  readonly load = (): Promise<EditPort> =>
    Promise.reject(new UnsupportedError("Cannot change the past: not supported here"));
}
