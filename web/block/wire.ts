/**
 * What the blocker's part of the API sends and takes.
 * @module
 */
export type {
  WireBlock,
  WireBlockStatus,
  WireSchedule,
  WireTurns,
} from "../../daemon/api/blocker.ts";
export type { WireBlockMeans, WireCheckRun, WireFinding } from "../../daemon/api/blocker_means.ts";
export type { WireLoop, WireLoopConfig } from "../../daemon/api/loop.ts";

/** A list as it is offered. */
export interface WireList {
  readonly name: string;
  readonly kind: "built-in" | "own" | "allowed" | "file";
  readonly count: number;
  readonly path: string | null;
  /** What of a file could not be used. */
  readonly note: string | null;
}

/** `GET /blocker/domains` */
export interface WireDomains {
  readonly blocked: readonly string[];
  readonly allowed: readonly string[];
  readonly lists: readonly WireList[];
}

/** `POST /blocker/manual_block` */
export interface WireWish {
  readonly duration_minutes: number;
  readonly lists?: readonly string[];
  readonly domains?: readonly string[];
  readonly reason?: string;
  readonly strict?: boolean;
  readonly end_connections?: boolean;
}
