/**
 * What may be done about a block at a moment: pure decisions, the clock's reading passed in.
 * @module
 */
import { ConflictError } from "./errors.ts";
import type { BlockActor } from "./block.ts";

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
  /** When an emergency was declared. */
  readonly emergencyMs?: number;
  readonly endedMs?: number;
  readonly ended?: BlockEnd;
}

/** The least and the most a block may last. */
export const BLOCK_LIMITS = { minMinutes: 1, maxMinutes: 24 * 60, defaultMinutes: 60 } as const;

/** How long a strict block goes on after an emergency was declared. */
export const EMERGENCY_WAIT_MS = 5 * 60_000;

/** When an emergency lifts a block; `undefined`: none was declared. */
export function emergencyDueMs({ emergencyMs }: BlockRecord): number | undefined {
  return emergencyMs === undefined ? undefined : emergencyMs + EMERGENCY_WAIT_MS;
}

/** How a running block ends at `nowMs`, if it does. */
export function endAt(block: BlockRecord, nowMs: number): BlockEnd | undefined {
  if (nowMs >= block.endMs) return "time";
  const dueMs = emergencyDueMs(block);
  return dueMs !== undefined && nowMs >= dueMs ? "emergency" : undefined;
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

/** @throws {ConflictError} when a strict block runs: it ends by its time, or by an emergency. */
export function assertMayEnd(running: BlockRecord, untilText: string): void {
  if (!running.strict) return;
  throw new ConflictError(
    `Cannot unblock: the block is strict until ${untilText}. In an emergency ` +
      "`block off --emergency` ends it five minutes later",
  );
}
