/**
 * Who decides on blocks: starts and ends them by hand and by schedule, and keeps their history true.
 * @module
 */
import type { BlockerPort } from "./api/blocker.ts";
import { BlockLists, type BlockTarget, defaultTarget, namesOf } from "./block_lists.ts";
import type { BlockActor, BlockEnforcer, BlockFinding } from "./core/block.ts";
import {
  assertMayEnd,
  BLOCK_LIMITS,
  type BlockEnd,
  type BlockRecord,
  emergencyDueMs,
  endAt,
  joinStrict,
} from "./core/block_rules.ts";
import { type BlockSchedule, type Turn, turnsAt } from "./core/block_schedule.ts";
import type { Zone } from "./core/day.ts";
import { NotPermittedError } from "./core/errors.ts";
import type { PartStatus } from "./core/health.ts";
import type { Clock } from "./core/ports.ts";
import { abortableDelay } from "./os/supervisor.ts";
import type { Blocks } from "./store/blocks.ts";

export interface BlockServiceOptions {
  readonly blocks: Blocks;
  readonly enforcer: BlockEnforcer;
  readonly clock: Clock;
  readonly zone: Zone;
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

/** While a block runs, or a schedule waits, the clock may be set and the machine may sleep. */
const LONGEST_WAIT_MS = 30_000;
/** A schedule's turn that could not begin is tried again. */
const RETRY_MS = 5 * 60_000;

export class BlockService extends BlockLists implements BlockerPort {
  #wake = Promise.withResolvers<void>();
  /** One change after the other. */
  #busy: Promise<unknown> = Promise.resolve();
  /** A schedule's turn that could not begin is not tried again before. */
  #retryAtMs = 0;

  constructor(private readonly options: BlockServiceOptions) {
    super(options.blocks);
  }

  /** Makes history and machine agree at the start: lifts what is overdue, repairs what is strict. */
  async settle(): Promise<void> {
    await this.#alone(() => this.#settle("overdue"));
  }

  async state(): Promise<BlockState> {
    const { blocks, enforcer, clock, zone } = this.options;
    const running = blocks.running();
    const stands = await enforcer.current().catch(() => undefined);
    const isUnknown = stands !== undefined && running === undefined;
    return {
      running,
      unknown: isUnknown ? { endMs: stands.endMs, nameCount: stands.domainCount } : undefined,
      next: turnsAt(blocks.schedules(), clock.nowMs(), zone).next,
    };
  }

  /**
   * Starts a block, in place of the one that runs; a strict one is only added to.
   * @throws {RangeError} for a time or a name that cannot be; what {@linkcode BlockEnforcer.apply} throws:
   * then nothing has changed.
   */
  start(wish: BlockWish): Promise<BlockRecord> {
    return this.#alone(() => this.#start(wish));
  }

  /**
   * Ends the block that runs; of a strict one it only notes the emergency, when one is declared.
   * @returns the block that ended, or is to end; `undefined` when none ran.
   * @throws {ConflictError} when it is strict and no emergency was declared.
   */
  stop({ actor, emergency }: { actor: BlockActor; emergency: boolean }): Promise<
    BlockRecord | undefined
  > {
    return this.#alone(async () => {
      const { blocks, enforcer, clock } = this.options;
      const running = blocks.running();
      if (!running) {
        if (await enforcer.current()) await enforcer.lift(actor);
        return undefined;
      }
      const nowMs = clock.nowMs();
      if (running.strict && emergency) {
        if (running.emergencyMs === undefined) await blocks.declareEmergency(nowMs);
        const declared = blocks.running()!;
        if (endAt(declared, nowMs)) await this.#end(endAt(declared, nowMs)!, actor);
        else this.#changed();
        return declared;
      }
      assertMayEnd(running, new Date(running.endMs).toTimeString().slice(0, 5));
      await this.#end("user", actor);
      return running;
    });
  }

  history(limit: number): BlockRecord[] {
    return this.options.blocks.history(limit);
  }

  schedules(): readonly BlockSchedule[] {
    return this.options.blocks.schedules();
  }

  async setSchedules(schedules: readonly BlockSchedule[]): Promise<void> {
    await this.options.blocks.setSchedules(schedules);
    this.#retryAtMs = 0;
    this.#changed();
  }

  /** How each layer does with what is blocked, or would be. */
  async *check(): AsyncGenerator<BlockFinding> {
    const { blocks, enforcer } = this.options;
    const names = blocks.names();
    yield* enforcer.check(names.slice(0, 1));
  }

  /** Ends blocks and begins scheduled ones, until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { blocks, clock, zone, report } = this.options;
    report("ok", "ready");
    while (!signal.aborted) {
      let waitMs = Infinity;
      try {
        await this.#alone(() => this.#settle("time"));
        await this.#beginTurn();
        const nowMs = clock.nowMs();
        const running = blocks.running();
        const { next } = turnsAt(blocks.schedules(), nowMs, zone);
        const dueMs = [running?.endMs, running && emergencyDueMs(running), next?.startMs]
          .filter((ms) => ms !== undefined);
        if (dueMs.length > 0) {
          waitMs = Math.max(50, Math.min(LONGEST_WAIT_MS, Math.min(...dueMs) - nowMs));
        }
        report("ok", running ? "a block runs" : "ready");
      } catch (error) {
        report("degraded", (error as Error).message);
        waitMs = LONGEST_WAIT_MS;
      }
      await this.#sleep(waitMs, signal);
    }
  }

  async #start(wish: BlockWish): Promise<BlockRecord> {
    const { blocks, enforcer, clock } = this.options;
    const startMs = clock.nowMs();
    const asked = {
      endMs: wish.endMs ?? startMs + BLOCK_LIMITS.defaultMinutes * 60_000,
      strict: wish.strict ?? false,
    };
    if (asked.endMs <= startMs || asked.endMs > startMs + BLOCK_LIMITS.maxMinutes * 60_000 + 1000) {
      throw new RangeError("Cannot block: it must end within the next 24 hours");
    }
    const named = { lists: wish.lists ?? [], domains: wish.domains ?? [] };
    const target = named.lists.length + named.domains.length > 0 ? named : defaultTarget(blocks);
    const running = blocks.running();
    const before = running && { ...running, names: blocks.names() };
    const { endMs, strict, keepsNames } = joinStrict(running, asked);
    const names = await namesOf(target, blocks);
    const all = keepsNames ? [...new Set([...before!.names, ...names])] : names;
    const id = await blocks.begin({
      actor: wish.actor,
      reason: wish.reason,
      startMs,
      endMs,
      strict,
      lists: [...new Set([...keepsNames ? before!.lists : [], ...target.lists])],
      domains: [...new Set([...keepsNames ? before!.domains : [], ...target.domains])],
      emergencyMs: keepsNames ? before!.emergencyMs : undefined,
      names: all,
    });
    try {
      const { actor, endConnections } = wish;
      await enforcer.apply({ id, domains: all, startMs, endMs }, { actor, endConnections });
    } catch (error) {
      await blocks.undo(before, clock.nowMs());
      throw error;
    }
    this.#changed();
    return blocks.running()!;
  }

  /** Ends what is over; `how` says what an end is called that came by its time. */
  async #settle(how: "time" | "overdue"): Promise<void> {
    const { blocks, enforcer, clock } = this.options;
    const nowMs = clock.nowMs();
    const running = blocks.running();
    const stands = await enforcer.current();
    if (!running) {
      const isOver = stands !== undefined && (stands.endMs ?? 0) <= nowMs;
      if (isOver) await enforcer.lift("schedule");
      return;
    }
    const over = endAt(running, nowMs);
    if (over) {
      const wasLeft = stands !== undefined && how === "overdue";
      await this.#end(over === "time" && wasLeft ? "overdue" : over, "schedule");
    } else if (stands?.id !== running.id) {
      // Gone, or never applied. A strict one comes back; of the others the user may have had enough.
      if (running.strict) await this.#repair(running);
      else await this.#recordEnd("elsewhere");
    }
  }

  async #repair({ id, endMs }: BlockRecord): Promise<void> {
    const { blocks, enforcer, clock } = this.options;
    try {
      const block = { id, domains: blocks.names(), startMs: clock.nowMs(), endMs };
      await enforcer.apply(block, { actor: "schedule" });
    } catch (error) {
      await this.#recordEnd("failed");
      throw error;
    }
  }

  async #end(how: BlockEnd, actor: BlockActor): Promise<void> {
    const { enforcer } = this.options;
    // The user's sites first, then the books.
    if (await enforcer.current() !== undefined) await enforcer.lift(actor);
    await this.#recordEnd(how);
  }

  async #recordEnd(how: BlockEnd): Promise<void> {
    const { blocks, clock } = this.options;
    const running = blocks.running();
    const nowMs = clock.nowMs();
    await blocks.end(how, how === "time" ? Math.min(nowMs, running?.endMs ?? nowMs) : nowMs);
    this.#changed();
  }

  /** Begins a schedule's turn that holds now, unless a block runs or the turn was ended by hand. */
  async #beginTurn(): Promise<void> {
    const { blocks, clock, zone, report } = this.options;
    const schedules = blocks.schedules();
    const nowMs = clock.nowMs();
    const { now } = turnsAt(schedules, nowMs, zone);
    if (!now || blocks.running() || nowMs < this.#retryAtMs || this.#wasEnded(now)) return;
    const { lists, domains, strict } = schedules[now.index];
    try {
      await this.start({ actor: "schedule", endMs: now.endMs, lists, domains, strict });
    } catch (error) {
      this.#retryAtMs = nowMs + RETRY_MS;
      const { message } = error as Error;
      const wasDenied = error instanceof NotPermittedError;
      report("degraded", wasDenied ? `A scheduled block could not begin: ${message}` : message);
    }
  }

  /** Whether the turn has had its block, which somebody ended: also before a restart. */
  #wasEnded({ startMs }: Turn): boolean {
    const byHand = ["user", "emergency", "elsewhere"];
    return this.options.blocks.history(20).some(({ actor, ended = "", endedMs = 0 }) =>
      actor === "schedule" && byHand.includes(ended) && endedMs >= startMs
    );
  }

  #changed(): void {
    this.options.onChange();
    this.#wake.resolve();
  }

  /** Waits at most `ms`, or until something changed. */
  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const woken = AbortSignal.any([signal, over.signal]);
    this.#wake.promise.then(() => over.abort());
    if (ms === Infinity) {
      await new Promise<void>((resolve) => {
        if (woken.aborted) resolve();
        else woken.addEventListener("abort", () => resolve(), { once: true });
      });
    } else {
      await abortableDelay(ms, woken);
    }
    if (over.signal.aborted) this.#wake = Promise.withResolvers();
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#busy.then(work);
    this.#busy = done.catch(() => {});
    return done;
  }
}

/** A wish's end, `minutes` from now. @throws {RangeError} when it is no such time. */
export function endAfter(minutes: number, nowMs: number): number {
  const { minMinutes, maxMinutes } = BLOCK_LIMITS;
  if (!(minutes >= minMinutes && minutes <= maxMinutes)) {
    throw new RangeError(
      `Cannot block for ${minutes} minutes: it may be ${minMinutes} to ${maxMinutes}`,
    );
  }
  return nowMs + Math.round(minutes * 60_000);
}
