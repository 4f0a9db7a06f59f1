/**
 * A block as its two sides see it: who decides (schedules, the phone, the user) and who makes names
 * unreachable on this machine.
 * @module
 */

/** A block to be enforced. */
export interface Block {
  /** The row of the history; stands in the hosts file's marked block too. */
  readonly id: number;
  /** Host names in ASCII lower case, written out (`www.` and known subdomains), without doubles. */
  readonly domains: readonly string[];
  readonly startMs: number;
  /** UTC; lifting is armed for this moment before anything is applied. */
  readonly endMs: number;
}

/** What stands on the machine, read from it and not from memory. */
export interface EnforcedBlock {
  readonly id: number | undefined;
  readonly endMs: number | undefined;
  readonly domainCount: number;
}

/** Who wants it: pkexec may ask for a password only when the user stands before the machine. */
export type BlockActor = "user" | "schedule" | "phone" | "loop";

export interface ApplyOptions {
  readonly actor: BlockActor;
  /** Also end connections that are already open. @default false */
  readonly endConnections?: boolean;
}

/** Makes names unreachable and reachable again; every failure falls towards unblocked. */
export interface BlockEnforcer {
  /** What stands on the machine now; `undefined`: nothing of ours. @throws when the file cannot be read. */
  current(): Promise<EnforcedBlock | undefined>;
  /**
   * Arms the lifting, then applies; replaces what stands of ours.
   * @throws {NotPermittedError} when nothing with the right to lift would be alive at the end: nothing
   * is changed. {@linkcode ConflictError} when the hosts file cannot be understood or somebody else is
   * writing it.
   */
  apply(block: Block, options: ApplyOptions): Promise<void>;
  /** Gives back the user's own bytes, and the browsers their settings; nothing to do is no error. */
  lift(actor: BlockActor): Promise<void>;
  /** How each layer and each browser found here does with the block that stands, proved by trying. */
  check(domains: readonly string[]): AsyncIterable<BlockFinding>;
}

/** One layer's finding. */
export interface BlockFinding {
  /** "hosts file", "DNS cache", "Chromium", "Firefox", … */
  readonly layer: string;
  readonly status: "enforced" | "not enforced" | "restart needed" | "not there" | "unknown";
  /** Why, in one line. */
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
}
