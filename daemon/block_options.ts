/**
 * What the service of blocks is built from, asked for, and says.
 * @module
 */
import type { BlockTarget } from "./block_lists.ts";
import type { BlockActor, BlockEnforcer } from "./core/block.ts";
import type { BlockRecord } from "./core/block_rules.ts";
import type { Turn } from "./core/block_schedule.ts";
import type { Zone } from "./core/day.ts";
import type { PartStatus } from "./core/health.ts";
import type { UpClock } from "./os/clock.ts";
import type { Blocks } from "./store/blocks.ts";

/** The clocks that blocks are counted by. */
export interface BlockClock extends UpClock {
  /** UTC milliseconds. */
  nowMs(): number;
}

export interface BlockServiceOptions {
  readonly blocks: Blocks;
  readonly enforcer: BlockEnforcer;
  readonly clock: BlockClock;
  readonly zone: Zone;
  /** This process stays until the end: its `run()` is called. */
  readonly lasting: boolean;
  /** Told whenever a block began, changed or ended. */
  readonly onChange: () => void;
  readonly report: (status: PartStatus, detail: string) => void;
}

/** What is asked for by `block on`, a schedule, the phone or the loop. */
export interface BlockWish extends Partial<BlockTarget> {
  readonly actor: BlockActor;
  /** @default 60 minutes from now */
  readonly endMs?: number;
  readonly reason?: string;
  readonly strict?: boolean;
  readonly endConnections?: boolean;
}

/** What stands now, from memory and from the machine. */
export interface BlockState {
  readonly running: BlockRecord | undefined;
  /** A block of ours that the hosts file holds and the history does not know; it ends at `endMs`. */
  readonly unknown: { readonly endMs: number | undefined; readonly nameCount: number } | undefined;
  readonly next: Turn | undefined;
}
