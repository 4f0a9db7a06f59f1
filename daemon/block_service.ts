/**
 * Who decides on blocks: starts and ends them by hand and by schedule, and keeps their history true.
 * @module
 */
import type { BlockerPort, ListInfo, ScheduleTurns } from "./api/blocker.ts";
import type { CheckRun } from "./api/blocker_means.ts";
import { BlockLists, defaultTarget, namesOf } from "./block_lists.ts";
import type { BlockServiceOptions, BlockState, BlockWish } from "./block_options.ts";
import type { BlockActor, BlockFinding, EnforcedBlock } from "./core/block.ts";
import {
  assertMayEnd,
  BLOCK_LIMITS,
  type BlockEnd,
  type BlockRecord,
  endAt,
  givesWay,
  joinStrict,
} from "./core/block_rules.ts";
import { type BlockSchedule, type Turn, turnsAt } from "./core/block_schedule.ts";
import {
  advance,
  askEmergency,
  beginTiming,
  endsAtMs,
  type Moment,
  remainingMs,
  SAME_MS,
  type Timing,
} from "./core/block_timing.ts";
import { NotPermittedError } from "./core/errors.ts";
import { Alarm } from "./os/alarm.ts";

/** While a block runs, or a schedule waits, the clock may be set and the machine may sleep. */
const LONGEST_WAIT_MS = 30_000;
/** A schedule's turn that could not begin is tried again. */
const RETRY_MS = 5 * 60_000;
const MAX_MS = BLOCK_LIMITS.maxMinutes * 60_000;

export class BlockService extends BlockLists implements BlockerPort {
  readonly #alarm = new Alarm();
  #lastCheck: CheckRun | undefined;
  /** One change after the other. */
  #busy: Promise<unknown> = Promise.resolve();
  /** A schedule's turn that could not begin is not tried again before, by the up clock. */
  #retryAtMs = 0;
  /** Why the turn that holds now could not begin. */
  #refusal: string | undefined;
  /** Where the running block stands in time, as this process has watched it. */
  #watched: { readonly id: number; readonly timing: Timing } | undefined;

  constructor(private readonly options: BlockServiceOptions) {
    super(options.blocks);
  }

  /** Makes history and machine agree at the start: lifts what is overdue, repairs what is strict. */
  async settle(): Promise<void> {
    await this.#alone(() => this.#settle("start"));
  }

  async state(): Promise<BlockState> {
    const { blocks, enforcer, clock, zone } = this.options;
    const stands = await enforcer.current().catch(() => undefined);
    const running = this.#running();
    const isUnknown = stands !== undefined && running === undefined;
    return {
      running,
      unknown: isUnknown ? { endMs: stands.endMs, nameCount: stands.domainCount } : undefined,
      next: turnsAt(blocks.schedules(), clock.nowMs(), zone).next,
    };
  }

  /**
   * Starts a block, in place of the one that runs; a strict one is only added to, and the loop changes
   * nothing that a person or a schedule wanted.
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
      const { enforcer } = this.options;
      const running = this.#running();
      if (!running) {
        if (await enforcer.current()) await enforcer.lift(actor);
        return undefined;
      }
      const over = endAt(running);
      if (over) await this.#end(over, actor);
      else if (running.strict && emergency) return await this.#declare(running);
      else {
        assertMayEnd(running, new Date(running.endMs).toTimeString().slice(0, 5));
        await this.#end("user", actor);
      }
      return running;
    });
  }

  history(limit: number): BlockRecord[] {
    return this.options.blocks.history(limit);
  }

  schedules(): readonly BlockSchedule[] {
    return this.options.blocks.schedules();
  }

  /** @throws {RangeError} for a list that does not exist or a name that cannot be blocked. */
  async setSchedules(schedules: readonly BlockSchedule[]): Promise<void> {
    const checked = schedules.map((schedule) => ({ ...schedule, ...this.checked(schedule) }));
    await this.options.blocks.setSchedules(checked);
    this.#retryAtMs = 0;
    this.#changed();
  }

  turns(): ScheduleTurns[] {
    const { blocks, clock, zone } = this.options;
    return blocks.schedules().map((schedule) => {
      const { now, next } = turnsAt([schedule], clock.nowMs(), zone);
      return { now, next, wasEnded: now !== undefined && this.#wasEnded(now) };
    });
  }

  /** Changes lists as {@linkcode BlockLists.change} does, and tells who shows them. */
  override async change(change: Parameters<BlockLists["change"]>[0]): Promise<ListInfo[]> {
    const lists = await super.change(change);
    this.options.onChange();
    return lists;
  }

  /** How each layer does with what is blocked, or would be. */
  async *check(): AsyncGenerator<BlockFinding> {
    const { blocks, enforcer, clock } = this.options;
    const blockId = this.#running()?.id;
    const findings: BlockFinding[] = [];
    for await (const finding of enforcer.check(blocks.names().slice(0, 1))) {
      findings.push(finding);
      yield finding;
    }
    this.#lastCheck = { atMs: clock.nowMs(), blockId, findings };
  }

  lastCheck(): CheckRun | undefined {
    return this.#lastCheck;
  }

  /** Ends blocks and begins scheduled ones, until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { report } = this.options;
    report("ok", "ready");
    while (!signal.aborted) {
      let waitMs: number | undefined = LONGEST_WAIT_MS;
      try {
        const problem = await this.tick();
        waitMs = this.nextTickMs;
        if (problem !== undefined) report("degraded", problem);
        else report("ok", this.options.blocks.running() ? "a block runs" : "ready");
      } catch (error) {
        report("degraded", (error as Error).message);
      }
      await this.#alarm.wait(waitMs, signal);
    }
  }

  /** Ends what is over and begins what is due; the result says why a scheduled block could not begin. */
  async tick(): Promise<string | undefined> {
    await this.#alone(() => this.#settle("later"));
    return await this.#alone(() => this.#beginTurn());
  }

  /** When {@linkcode tick} is to be called next, in milliseconds; `undefined`: nothing is to come. */
  get nextTickMs(): number | undefined {
    const { blocks, clock, zone } = this.options;
    const running = this.#running();
    const { now, next } = turnsAt(blocks.schedules(), clock.nowMs(), zone);
    const waits: number[] = [];
    if (running) waits.push(remainingMs(running.timing));
    else if (now) waits.push(LONGEST_WAIT_MS);
    if (next) waits.push(next.startMs - clock.nowMs());
    if (waits.length === 0) return undefined;
    return Math.max(50, Math.min(LONGEST_WAIT_MS, ...waits));
  }

  async #start(wish: BlockWish, { forget = false } = {}): Promise<BlockRecord> {
    const { blocks, enforcer, clock } = this.options;
    const now = this.#now();
    const startMs = now.wallMs;
    const asked = {
      endMs: wish.endMs ?? startMs + BLOCK_LIMITS.defaultMinutes * 60_000,
      strict: wish.strict ?? false,
    };
    if (asked.endMs <= startMs || asked.endMs > startMs + MAX_MS + 1000) {
      throw new RangeError("Cannot block: it must end within the next 24 hours");
    }
    const named = { lists: wish.lists ?? [], domains: wish.domains ?? [] };
    const isNamed = named.lists.length + named.domains.length > 0;
    const target = isNamed ? this.checked(named) : defaultTarget(blocks);
    const running = this.#running();
    if (givesWay(wish.actor, running)) return running!;
    const before = running && { ...running, names: blocks.names() };
    const { endMs, strict, keepsNames } = joinStrict(running, asked);
    const names = await namesOf(target, blocks);
    const all = keepsNames ? [...new Set([...before!.names, ...names])] : names;
    const waitedMs = keepsNames ? before!.timing.emergencyMs : undefined;
    const timing = {
      ...beginTiming(now, endMs - startMs, strict),
      ...(waitedMs !== undefined && { emergencyMs: waitedMs }),
    };
    const id = await blocks.begin({
      actor: wish.actor,
      reason: wish.reason,
      startMs,
      strict,
      lists: [...new Set([...keepsNames ? before!.lists : [], ...target.lists])],
      domains: [...new Set([...keepsNames ? before!.domains : [], ...target.domains])],
      emergencyMs: keepsNames ? before!.emergencyMs : undefined,
      timing,
      names: all,
    });
    try {
      const { actor, endConnections } = wish;
      const block = { id, domains: all, startMs, endMs: Math.round(endsAtMs(timing)) };
      await enforcer.apply(block, { actor, endConnections });
    } catch (error) {
      await blocks.undo(before, clock.nowMs(), { forget });
      throw error;
    }
    this.#watched = { id, timing };
    this.#changed();
    return this.#running()!;
  }

  /** The block that runs, as it stands in time now. */
  #running(): BlockRecord | undefined {
    const { blocks, clock } = this.options;
    const row = blocks.running();
    if (!row) return this.#watched = undefined;
    const isWatched = this.#watched?.id === row.id;
    const before = isWatched ? this.#watched!.timing : row.timing;
    const timing = advance(before, this.#now(), isWatched && clock.countsSleep);
    this.#watched = { id: row.id, timing };
    return { ...row, timing, endMs: Math.round(timing.endMs) };
  }

  /** Ends what is over, and makes the machine have what goes on. */
  async #settle(when: "start" | "later"): Promise<void> {
    const { enforcer } = this.options;
    const stands = await enforcer.current();
    const running = this.#running();
    if (!running) return await this.#liftStray(stands);
    const over = endAt(running);
    if (over) {
      const wasLeft = stands !== undefined && when === "start";
      await this.#end(over === "time" && wasLeft ? "overdue" : over, "schedule");
    } else if (stands?.id !== running.id) {
      // Gone, or never applied. A strict one comes back; of the others the user may have had enough.
      if (running.strict) await this.#arm(running);
      else await this.#end("elsewhere", "schedule");
    } else if (running.strict && isMoved(running, stands)) await this.#arm(running);
  }

  /** What stands and does not run: over, or ended by us and back or never taken away. */
  async #liftStray(stands: EnforcedBlock | undefined): Promise<void> {
    const { blocks, enforcer, clock } = this.options;
    if (stands === undefined) return;
    const known = stands.id === undefined ? undefined : blocks.block(stands.id);
    const isOurs = known?.ended !== undefined && known.endMs === stands.endMs;
    if (isOurs || (stands.endMs ?? 0) <= clock.nowMs()) await enforcer.lift("schedule");
  }

  /** Applies the running block anew: it is gone, or is to be lifted at another time than it is armed for. */
  async #arm(running: BlockRecord): Promise<void> {
    const { blocks, enforcer } = this.options;
    const { id, timing } = running;
    await blocks.setTiming(timing, running.emergencyMs);
    const endMs = Math.round(endsAtMs(timing));
    try {
      const block = { id, domains: blocks.names(), startMs: timing.seen.wallMs, endMs };
      await enforcer.apply(block, { actor: "schedule" });
    } catch (error) {
      if ((await enforcer.current())?.id !== id) await this.#recordEnd("failed");
      throw error;
    }
    this.#changed();
  }

  /** Notes an emergency. Where nobody stays to end it, the lifting is armed for then. */
  async #declare(running: BlockRecord): Promise<BlockRecord> {
    const { blocks, lasting } = this.options;
    const timing = askEmergency(running.timing);
    const emergencyMs = running.emergencyMs ?? timing.seen.wallMs;
    const declared = { ...running, timing, emergencyMs };
    this.#watched = { id: running.id, timing };
    await blocks.setTiming(timing, emergencyMs);
    if (!lasting) await this.#arm(declared);
    this.#changed();
    return declared;
  }

  /** Ends the running block; a failure to lift it leaves it running. */
  async #end(how: BlockEnd, actor: BlockActor): Promise<void> {
    // The user's sites first, then the books.
    await this.options.enforcer.lift(actor);
    await this.#recordEnd(how);
  }

  async #recordEnd(how: BlockEnd): Promise<void> {
    const { blocks, clock } = this.options;
    const running = this.#running();
    const nowMs = clock.nowMs();
    await blocks.end(how, how === "time" ? Math.min(nowMs, running?.endMs ?? nowMs) : nowMs);
    this.#changed();
  }

  /**
   * Begins a schedule's turn that holds now, unless a block runs or the turn was ended by hand.
   * @returns why it could not.
   */
  async #beginTurn(): Promise<string | undefined> {
    const { blocks, zone } = this.options;
    const schedules = blocks.schedules();
    const { wallMs, upMs } = this.#now();
    const { now } = turnsAt(schedules, wallMs, zone);
    if (!now || this.#running() || this.#wasEnded(now)) return undefined;
    if (upMs < this.#retryAtMs) return this.#refusal;
    const { lists, domains, strict } = schedules[now.index];
    // A day on which the clock is put back has more hours than a block may; the rest is a block of its own.
    const endMs = Math.min(now.endMs, wallMs + MAX_MS);
    // A failure is written down once a turn, however often it is tried.
    const forget = this.#sinceTurn(now).some(({ ended, actor }) =>
      ended === "failed" && actor === "schedule"
    );
    try {
      await this.#start({ actor: "schedule", endMs, lists, domains, strict }, { forget });
      return this.#refusal = undefined;
    } catch (error) {
      this.#retryAtMs = upMs + RETRY_MS;
      const { message } = error as Error;
      const wasDenied = error instanceof NotPermittedError;
      return this.#refusal = wasDenied ? `A scheduled block could not begin: ${message}` : message;
    }
  }

  /** Whether the turn has had its block, which somebody ended: also before a restart. */
  #wasEnded(turn: Turn): boolean {
    const byHand = ["user", "emergency", "elsewhere"];
    return this.#sinceTurn(turn).some(({ actor, ended = "" }) =>
      actor === "schedule" && byHand.includes(ended)
    );
  }

  /** Blocks that ended since a turn began. */
  #sinceTurn({ startMs }: Turn): BlockRecord[] {
    return this.options.blocks.history(50).filter(({ endedMs = 0 }) => endedMs >= startMs);
  }

  #now(): Moment {
    const { clock } = this.options;
    return { wallMs: clock.nowMs(), upMs: clock.upMs() };
  }

  #changed(): void {
    this.options.onChange();
    this.#alarm.ring();
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#busy.then(work);
    this.#busy = done.catch(() => {});
    return done;
  }
}

/** Whether a block is armed for another end than it has: the clock was set. */
function isMoved({ timing }: BlockRecord, { endMs }: EnforcedBlock): boolean {
  return endMs === undefined || Math.abs(endsAtMs(timing) - endMs) > SAME_MS;
}
