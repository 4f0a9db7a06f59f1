/**
 * Erasing as a part of the daemon: what was asked for, what is still pending, and what has become too old.
 * @module
 */
import type { ErasurePort } from "./api/erasure.ts";
import type { Config } from "./config/load.ts";
import { UnsupportedError } from "./core/errors.ts";
import type { HealthBoard } from "./core/health.ts";
import type { Hub } from "./core/hub.ts";
import type { Clock } from "./core/ports.ts";
import type { PhonePart } from "./phone_part.ts";
import type { PrivacyService } from "./privacy_service.ts";
import type { RulesService } from "./rules_service.ts";
import type { Store } from "./store/mod.ts";

export interface ErasurePartOptions {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly health: HealthBoard;
  readonly hub: Hub;
  readonly privacy: PrivacyService;
  readonly rules: RulesService;
  readonly phones: PhonePart;
  /** The past has changed. */
  readonly onChanged: () => void;
}

export class ErasurePart {
  constructor(private readonly options: ErasurePartOptions) {}

  readonly load = (): Promise<ErasurePort> =>
    Promise.reject(new UnsupportedError("Cannot erase: not supported here"));

  /** Tries what is pending again, and erases what has become too old, until `signal` aborts. */
  run(_signal: AbortSignal): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
