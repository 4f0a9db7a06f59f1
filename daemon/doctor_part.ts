/**
 * The doctor as a part of the daemon: loaded when somebody asks.
 * @module
 */
import type { DoctorPort } from "./api/doctor.ts";
import type { Config } from "./config/load.ts";
import type { Env } from "./config/paths.ts";
import type { PartHealth } from "./core/health.ts";
import type { ServiceNote } from "./os/ownership.ts";

export interface DoctorPartOptions {
  readonly config: Config;
  readonly env: Env;
  readonly parts: () => readonly PartHealth[];
}

export class DoctorPart {
  /** This daemon, once it listens. */
  running: ServiceNote | undefined;
  #doctor: Promise<DoctorPort> | undefined;

  constructor(private readonly options: DoctorPartOptions) {}

  /** Loaded when first asked for. */
  readonly load = (): Promise<DoctorPort> =>
    this.#doctor ??= import("./doctor/served.ts").then(({ ServedDoctor }) =>
      new ServedDoctor({ ...this.options, running: () => this.running })
    );
}
