/**
 * Stand-ins for what tests cannot wait for or must not touch, each as close to the real one as its port says.
 * @module
 */
import type {
  ApplyOptions,
  Block,
  BlockActor,
  BlockEnforcer,
  BlockFinding,
  EnforcedBlock,
} from "../daemon/core/block.ts";

/**
 * A machine with two clocks that only move when told to. It can sleep, have its clock set, and be started
 * anew, which begins its up clock at zero.
 */
export class FakeMachine {
  wallMs = Date.UTC(2026, 0, 14, 9, 0);
  #upMs = 3_600_000;
  /** Real time that went by, whatever the clocks say. */
  realMs = 0;
  readonly countsSleep: boolean = true;
  readonly nowMs = () => this.wallMs;
  readonly upMs = () => this.#upMs;

  /** Time goes by, awake or asleep. */
  pass(ms: number): void {
    this.wallMs += ms;
    this.#upMs += ms;
    this.realMs += ms;
  }

  /** Somebody sets the clock. */
  setClock(byMs: number): void {
    this.wallMs += byMs;
  }

  /** Switched off for a while, and on again. */
  reboot(offMs: number): void {
    this.wallMs += offMs;
    this.realMs += offMs;
    this.#upMs = 0;
  }
}

/**
 * An enforcer that blocks in memory. Like the real one it holds one block and replaces it whole; unlike it,
 * it has no lifting process of its own unless {@linkcode liftDue} is called, as if that process had died.
 */
export class MemoryEnforcer implements BlockEnforcer {
  /** What stands on the machine. */
  block: Block | undefined;
  /** All that was asked of it, in order: "apply 1 by user", "lift by schedule". */
  readonly log: string[] = [];
  /** Thrown by the next apply, which changes nothing then. */
  applyError: Error | undefined;
  /** Thrown by every lift while it is set. */
  liftError: Error | undefined;
  /** Thrown by every look while it is set: the file cannot be read. */
  readError: Error | undefined;

  // deno-lint-ignore require-await -- a failure is a rejection
  async current(): Promise<EnforcedBlock | undefined> {
    if (this.readError) throw this.readError;
    return this.block &&
      { id: this.block.id, endMs: this.block.endMs, domainCount: this.block.domains.length };
  }

  // deno-lint-ignore require-await -- a failure is a rejection
  async apply(block: Block, { actor }: ApplyOptions): Promise<void> {
    const error = this.applyError;
    this.applyError = undefined;
    if (error) throw error;
    this.log.push(`apply ${block.id} by ${actor}`);
    this.block = block;
  }

  // deno-lint-ignore require-await -- a failure is a rejection
  async lift(actor: BlockActor): Promise<void> {
    if (this.liftError) throw this.liftError;
    this.log.push(`lift by ${actor}`);
    this.block = undefined;
  }

  async *check(domains: readonly string[]): AsyncGenerator<BlockFinding> {
    const missing = domains.filter((name) => !this.block?.domains.includes(name));
    yield missing.length === 0 && domains.length > 0
      ? { layer: "memory", status: "enforced", detail: `${domains[0]} is unreachable` }
      : { layer: "memory", status: "not enforced", detail: "nothing stands", remedy: "block on" };
  }

  /** What the armed lifting does at its time by the wall clock. */
  liftDue(nowMs: number): void {
    if (this.block && nowMs >= this.block.endMs) this.block = undefined;
  }
}
