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

/** Parts that are extras: who has none of them misses nothing, and the doctor says what they would take. */
const EXTRAS: ReadonlySet<string> = new Set(["screenshots", "session", "sound"]);

/** Whether nobody is to be told that a part is off. */
export function isMissedByNobody({ name, status }: Pick<PartHealth, "name" | "status">): boolean {
  return status === "off" && EXTRAS.has(name);
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
