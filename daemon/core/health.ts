/**
 * What runs, what is degraded, and why.
 * @module
 */

export type PartStatus = "ok" | "starting" | "degraded" | "off";

/** One part of the daemon as `/health` shows it. */
export interface PartHealth {
  readonly name: string;
  readonly status: PartStatus;
  /** One line: what it is connected to, or what is wrong and what to do. */
  readonly detail: string;
}

/** The parts' last words; a part that never spoke is not listed. */
export class HealthBoard {
  #parts = new Map<string, PartHealth>();

  constructor(private readonly onChange: () => void) {}

  set(name: string, status: PartStatus, detail: string): void {
    const known = this.#parts.get(name);
    if (known?.status === status && known.detail === detail) return;
    this.#parts.set(name, { name, status, detail });
    this.onChange();
  }

  get parts(): PartHealth[] {
    return [...this.#parts.values()];
  }

  /** Degraded when any part is; a part that is off by choice or by nature does not count. */
  get status(): "ok" | "degraded" {
    return this.parts.some((part) => part.status === "degraded") ? "degraded" : "ok";
  }
}
