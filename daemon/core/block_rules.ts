/**
 * What may be done about a block: pure decisions.
 * @module
 */
import type { BlockActor } from "./block.ts";
import { EMERGENCY_WAIT_MS, endedByEmergency, remainingMs, type Timing } from "./block_timing.ts";
import { ConflictError } from "./errors.ts";

/** How a block may have ended. */
export type BlockEnd =
  /** At the time that was asked for. */
  | "time"
  /** By hand, before. */
  | "user"
  /** A strict one, by `block off --emergency` and the wait. */
  | "emergency"
  /** Its time was over when a start found it. */
  | "overdue"
  /** Another block took its place. */
  | "replaced"
  /** It could not be applied. */
  | "failed"
  /** Somebody else took it out of the hosts file. */
  | "elsewhere";

/** A block that runs, or ran. */
export interface BlockRecord {
  readonly id: number;
  readonly actor: BlockActor;
  readonly reason?: string;
  readonly startMs: number;
  /** When it is to end. */
  readonly endMs: number;
  readonly strict: boolean;
  readonly lists: readonly string[];
  /** The names asked for besides the lists. */
  readonly domains: readonly string[];
  /** How many names were written down. */
  readonly nameCount: number;
  /** What its end is counted by, as of the last look at the clocks. */
  readonly timing: Timing;
  /** When an emergency was declared. */
  readonly emergencyMs?: number;
  readonly endedMs?: number;
  readonly ended?: BlockEnd;
}

/** The least and the most a block may last. */
export const BLOCK_LIMITS = { minMinutes: 1, maxMinutes: 24 * 60, defaultMinutes: 60 } as const;

/** When an emergency lifts a block, by the wall clock; `undefined`: none was declared. */
export function emergencyDueMs({ timing }: BlockRecord): number | undefined {
  const { emergencyMs, seen } = timing;
  return emergencyMs === undefined ? undefined : seen.wallMs + EMERGENCY_WAIT_MS - emergencyMs;
}

/** How a running block ends at the moment its clocks were looked at, if it does. */
export function endAt({ timing }: BlockRecord): "time" | "emergency" | undefined {
  if (remainingMs(timing) > 0) return undefined;
  return endedByEmergency(timing) ? "emergency" : "time";
}

/**
 * Until when the block lasts that is asked for while `running` runs: a strict one is never shortened.
 * @returns the end and whether what it holds stays blocked too.
 */
export function joinStrict(
  running: BlockRecord | undefined,
  asked: { readonly endMs: number; readonly strict: boolean },
): { readonly endMs: number; readonly strict: boolean; readonly keepsNames: boolean } {
  if (!running?.strict) return { ...asked, keepsNames: false };
  return { endMs: Math.max(asked.endMs, running.endMs), strict: true, keepsNames: true };
}

/** Whether a wish gives way to the block that runs: what a person asked for is not the loop's to change. */
export function givesWay(actor: BlockActor, running: BlockRecord | undefined): boolean {
  return actor === "loop" && running !== undefined && running.actor !== "loop";
}

/** @throws {ConflictError} when a strict block runs: it ends by its time, or by an emergency. */
export function assertMayEnd(running: BlockRecord, untilText: string): void {
  if (!running.strict) return;
  throw new ConflictError(
    `Cannot unblock: the block is strict until ${untilText}. In an emergency ` +
      "`block off --emergency` ends it five minutes later",
  );
}
