/**
 * Makes names unreachable on this machine, and reachable again.
 * @module
 */
import type {
  ApplyOptions,
  Block,
  BlockActor,
  BlockEnforcer,
  BlockFinding,
  EnforcedBlock,
} from "../core/block.ts";
import { systemClock } from "../os/clock.ts";
import { runProgram } from "../os/exec.ts";
import { forgetArmed, readArmed, writeArmed } from "./armed.ts";
import { isOver } from "./hold.ts";
import { systemIo } from "./hosts_io.ts";
import { backUpHosts } from "./hosts_backup.ts";
import { hostsPath } from "./machine.ts";
import { markHere, policiesLeft } from "./machine_block.ts";
import { send } from "./ways.ts";
import { ConflictError } from "../core/errors.ts";

export interface EnforcerOptions {
  readonly dataDir: string;
  /** Where copies of the hosts file are kept; `undefined`: none are. */
  readonly homeDir: string | undefined;
}

/** The enforcer of this machine. */
export function openEnforcer(options: EnforcerOptions): BlockEnforcer {
  return new Enforcer(options);
}

export class Enforcer implements BlockEnforcer {
  /** What was read of the hosts file, as long as nobody writes it. */
  #seen: { readonly state: string; readonly found: EnforcedBlock | undefined } | undefined;

  constructor(private readonly options: EnforcerOptions) {}

  /** Reads the file only when it was written since. */
  // deno-lint-ignore require-await -- a failure is a rejection
  async current(): Promise<EnforcedBlock | undefined> {
    const path = hostsPath();
    try {
      const { mtimeMs, size, ino } = systemIo.stat(path);
      const state = `${mtimeMs} ${size} ${ino}`;
      if (this.#seen?.state === state) return this.#seen.found;
      const mark = markHere();
      const found = mark && { id: mark.id, endMs: mark.endMs, domainCount: mark.domainCount };
      this.#seen = { state, found };
      return found;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  async apply(block: Block, { actor, endConnections = false }: ApplyOptions): Promise<void> {
    const { dataDir } = this.options;
    const { id, startMs, endMs } = block;
    this.#backUp();
    const before = readArmed(dataDir);
    writeArmed(dataDir, { id, startMs, endMs });
    try {
      const names = block.domains;
      const pid = await send({ verb: "block", id, startMs, endMs, endConnections, names }, actor);
      writeArmed(dataDir, { id, startMs, endMs, pid });
    } catch (error) {
      if (before) writeArmed(dataDir, before);
      else forgetArmed(dataDir);
      throw error;
    }
  }

  async lift(actor: BlockActor): Promise<void> {
    const { dataDir } = this.options;
    if (await this.current() !== undefined || policiesLeft()) {
      await send({ verb: "lift" }, actor);
    }
    forgetArmed(dataDir);
  }

  /**
   * Lifts what is over, an old block that an editor brought back included; arms anew what is not over and
   * has lost who would lift it. For the start of the daemon.
   */
  async settleArmed(): Promise<void> {
    const { dataDir } = this.options;
    const note = readArmed(dataDir);
    const found = await this.current();
    const nowMs = systemClock.nowMs();
    const isStale = found !== undefined &&
      isOver({ startMs: undefined, endMs: found.endMs }, nowMs);
    const isLate = note !== undefined && isOver(note, nowMs);
    if (isStale || (isLate && (policiesLeft() || found?.id === note.id))) {
      await this.lift("schedule");
    } else if (isLate) {
      forgetArmed(dataDir);
    } else if (note && found && !await isAlive(note.pid)) {
      const pid = await send({ verb: "overdue" }, "schedule");
      writeArmed(dataDir, { ...note, pid });
    }
  }

  async *check(domains: readonly string[]): AsyncGenerator<BlockFinding> {
    const { checkBlock } = await import("./check.ts");
    yield* checkBlock(domains, await this.current());
  }

  #backUp(): void {
    const { homeDir } = this.options;
    try {
      const bytes = systemIo.read(hostsPath());
      if (homeDir !== undefined) backUpHosts(homeDir, bytes, systemClock.nowMs());
    } catch (error) {
      // No copy, no block; what cannot be read is not empty.
      const { message } = error as Error;
      throw new ConflictError(`Cannot block: no copy of the hosts file can be made: ${message}`, {
        cause: error,
      });
    }
  }
}

/** Whether the process that was to lift a block is still there; a number may be used again. */
async function isAlive(pid: number | undefined): Promise<boolean> {
  if (pid === undefined) return false;
  const { stdout } = await runProgram(["ps", "-p", String(pid), "-o", "args="]);
  return stdout.includes("hosts_apply");
}
