/**
 * The loop at work: looks at the evidence, takes the steps that are decided on, and hears the answers.
 * @module
 */
import {
  type LoopAnswer,
  type LoopNow,
  type LoopPort,
  type LoopStepInfo,
  toWireLoopNow,
} from "./api/loop.ts";
import type { BlockRecord } from "./core/block_rules.ts";
import { NotFoundError } from "./core/errors.ts";
import { decide, type Decision, type LoopAction } from "./core/loop.ts";
import { isIdle, LOOP_RULES, type LoopConfig } from "./core/loop_config.ts";
import type { LoopEvidence } from "./core/loop_evidence.ts";
import type { Explain } from "./core/loop_names.ts";
import { resumed } from "./core/loop_resume.ts";
import { conditionOf } from "./core/loop_rules.ts";
import {
  answered,
  blocked,
  type LoopMoment,
  type LoopState,
  snooze,
  type TakenStep,
} from "./core/loop_state.ts";
import { noticeOf } from "./core/loop_texts.ts";
import { EvidenceReader } from "./loop_evidence.ts";
import { type LoopNotices, NO_NOTICES } from "./loop_notices.ts";
import type { LoopPartOptions } from "./loop_part.ts";
import { LoopSettings } from "./loop_settings.ts";
import { Alarm } from "./os/alarm.ts";
import type { UpClock } from "./os/clock.ts";

export interface LoopServiceOptions extends LoopPartOptions {
  readonly explain: Explain;
  readonly upClock: UpClock;
  /** What uses a microphone now, if anything does. */
  readonly microphone: () => Promise<string | undefined>;
  /** @default nothing is shown on the desktop */
  readonly notices?: LoopNotices;
}

/** "Block now" without a length. */
const BLOCK_NOW_MINUTES = 30;
/** A microphone that is in use is asked for again only then. */
const MICROPHONE_MS = 30_000;
/** A look that failed is tried again. */
const RETRY_MS = 30_000;
const DAY_MS = 86_400_000;

export class LoopService implements LoopPort {
  readonly #evidence: EvidenceReader;
  readonly #alarm = new Alarm();
  readonly #notices: LoopNotices;
  readonly #settings: LoopSettings;
  #state: LoopState;
  #heldBy: string | undefined;
  /** The row of what is shown. */
  #shown: { readonly id: number; readonly atMs: number } | undefined;
  /** One look or answer after the other. */
  #busy: Promise<unknown> = Promise.resolve();
  #microphone: { readonly atMs: number; readonly use: string } | undefined;
  /** As of the last look. */
  #blocksToday = 0;
  #published = "";
  #runs = false;
  /** Why the last block could not begin, and why the last look failed. */
  #refusal: string | undefined;
  #trouble: string | undefined;

  constructor(private readonly options: LoopServiceOptions) {
    const { store } = options;
    this.#notices = options.notices ?? NO_NOTICES;
    this.#evidence = new EvidenceReader(options);
    this.#settings = new LoopSettings(store.settings, options.blocker);
    const at = this.#at();
    const past = store.loopSteps.since(at.nowMs - DAY_MS);
    this.#state = resumed(this.#config, past, this.#evidence.read(this.#config, at.nowMs), {
      ...{ at, snoozedUntilMs: this.#settings.snoozedUntilMs },
    });
    if (this.#state.shown) this.#shown = past.find(({ outcome }) => outcome === "taken");
  }

  config(): LoopConfig {
    return this.#config;
  }

  async setConfig(config: LoopConfig): Promise<void> {
    await this.#alone(() => this.#settings.setConfig(config));
    this.#refusal = undefined;
    // A short command only sets it: no step is taken in one.
    if (this.#runs) await this.look().catch(() => {});
    this.#alarm.ring();
    // What it says may be the same; open pages show what it is set to, too.
    this.options.hub.publish("loop", toWireLoopNow(this.now()));
  }

  now(): LoopNow {
    const { shown, snoozedUntilMs } = this.#state;
    const { nowMs } = this.#at();
    return {
      nudge: shown && this.#shown
        ? {
          ...this.#shown,
          ...shown,
          snoozeMinutes: this.#config.snoozeMinutes,
          canBlock: shown.step !== "block" && !this.options.store.blocks.running(),
        }
        : undefined,
      snoozedUntilMs: (snoozedUntilMs ?? 0) > nowMs ? snoozedUntilMs : undefined,
      heldBy: this.#heldBy,
    };
  }

  facts(): ReturnType<LoopPort["facts"]> {
    const { nowMs } = this.#at();
    const evidence = this.#evidence.read(this.#config, nowMs);
    const conditions = LOOP_RULES.map((rule) => {
      const counted = this.#state.counted[rule] ?? { fromMs: -Infinity };
      return [rule, conditionOf(rule, this.#config, evidence, { nowMs, counted })] as const;
    });
    return { evidence, conditions: new Map(conditions) };
  }

  steps(limit: number): LoopStepInfo[] {
    return this.options.store.loopSteps.recent(limit);
  }

  answer(
    id: number,
    { answer, minutes }: { readonly answer: LoopAnswer; readonly minutes?: number },
  ): Promise<LoopNow> {
    return this.#alone(async () => {
      const { loopSteps, blocks } = this.options.store;
      const step = loopSteps.step(id);
      if (step?.outcome !== "taken") throw new NotFoundError("There is no such nudge");
      if (answer === "snooze") {
        await loopSteps.answer(id, { answer: "snoozed", atMs: this.#at().nowMs });
        return await this.#snooze(minutes ?? this.#config.snoozeMinutes);
      }
      let blockId: number | undefined;
      if (answer === "block") {
        const lengthMs = Math.round((minutes ?? BLOCK_NOW_MINUTES) * 60_000);
        const endMs = this.#at().nowMs + lengthMs;
        const wish = { actor: "user", endMs, reason: step.explanation } as const;
        // One that runs stays as it is: it may be for longer, or hold more.
        blockId = (blocks.running() ?? await this.options.blocker.start(wish)).id;
      }
      const stored = answer === "block" ? "blocked" as const : "dismissed" as const;
      await loopSteps.answer(id, { answer: stored, atMs: this.#at().nowMs, blockId });
      if (this.#shown?.id === id) this.#take(answered(this.#state));
      return this.now();
    });
  }

  snooze(minutes: number): Promise<LoopNow> {
    return this.#alone(() => this.#snooze(minutes));
  }

  /** Looks and takes steps until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    this.#runs = true;
    let wasAway = this.#isAway;
    const unsubscribe = this.options.hub.on("state", () => {
      if (this.#isAway === wasAway) return;
      wasAway = this.#isAway;
      this.#alarm.ring();
    });
    while (!signal.aborted) {
      let waitMs: number | undefined = RETRY_MS;
      try {
        waitMs = await this.look();
        this.#trouble = undefined;
      } catch (error) {
        this.#trouble = (error as Error).message;
      }
      this.#report();
      await this.#alarm.wait(waitMs, signal);
    }
    unsubscribe();
  }

  /** Looks once; the result says in how many milliseconds to look again, `undefined`: when called. */
  look(): Promise<number | undefined> {
    return this.#alone(() => this.#look());
  }

  async close(): Promise<void> {
    await this.#busy;
    await this.#notices.close();
  }

  async #look(): Promise<number | undefined> {
    const decision = await this.#decide();
    this.#heldBy = decision.heldBy;
    let { state } = decision;
    const { snoozedUntilMs } = state;
    if (snoozedUntilMs !== undefined && snoozedUntilMs !== this.#state.snoozedUntilMs) {
      // Somebody set the clock.
      await this.#settings.setSnoozedUntil(snoozedUntilMs);
    }
    for (const action of decision.actions) state = await this.#act(action, state);
    this.#take(state);
    const rests = isIdle(this.#config) && state.snoozedUntilMs === undefined;
    return rests || this.#isAway ? undefined : decision.dueInMs;
  }

  /** The decision; whether somebody speaks is found out when that matters. */
  async #decide(): Promise<Decision> {
    const at = this.#at();
    const evidence: LoopEvidence = this.#evidence.read(this.#config, at.nowMs);
    this.#blocksToday = evidence.blocksToday;
    const decision = decide(this.#config, this.#state, evidence, at);
    const isStep = decision.actions.some(({ kind }) => kind === "step");
    if (!isStep || !this.#config.sparesMeetings) return decision;
    const microphone = await this.#microphoneUse();
    if (microphone === undefined) return decision;
    return decide(this.#config, this.#state, { ...evidence, microphone }, at);
  }

  async #microphoneUse(): Promise<string | undefined> {
    const { clock, microphone } = this.options;
    const known = this.#microphone;
    if (known && clock.monoMs() - known.atMs < MICROPHONE_MS) return known.use;
    // What cannot be found out holds nothing back.
    const use = await microphone().catch(() => undefined);
    this.#microphone = use === undefined ? undefined : { atMs: clock.monoMs(), use };
    return use;
  }

  /** Does what was decided; the result is the state after it. */
  async #act(action: LoopAction, state: LoopState): Promise<LoopState> {
    const { loopSteps } = this.options.store;
    const { kind: _, ...told } = action;
    const atMs = this.#at().nowMs;
    if (action.kind === "held") {
      await loopSteps.add({ ...told, atMs, outcome: "held" });
      return state;
    }
    if (action.step === "block") return await this.#block(action, state);
    // Stored first: a restart must not say it again.
    const id = await loopSteps.add({ ...told, atMs, outcome: "taken" });
    this.#show(id, { ...told, atMs });
    return state;
  }

  async #block(
    { rule, step, explanation }: TakenStep,
    state: LoopState,
  ): Promise<LoopState> {
    const { blocker, store } = this.options;
    const { minutes, lists, domains } = this.#config.block;
    const atMs = this.#at().nowMs;
    const told = { atMs, rule, step, explanation };
    const endMs = atMs + Math.round(minutes * 60_000);
    let block: BlockRecord;
    try {
      block = await blocker.start({ actor: "loop", endMs, lists, domains, reason: explanation });
    } catch (error) {
      const reason = (error as Error).message;
      this.#refusal = reason;
      await store.loopSteps.add({ ...told, outcome: "failed", reason });
      return answered(state);
    }
    this.#refusal = undefined;
    if (block.actor !== "loop") {
      // Somebody else's began meanwhile, and stays.
      await store.loopSteps.add({ ...told, outcome: "held", reason: "a block runs" });
      return answered(state);
    }
    const id = await store.loopSteps.add({ ...told, outcome: "taken", blockId: block.id });
    this.#show(id, told);
    return blocked(state);
  }

  #show(id: number, { atMs, step, rule, explanation }: TakenStep & { atMs: number }): void {
    this.#shown = { id, atMs };
    const { rules, block } = this.#config;
    const willBlock = rules[rule].steps.block && this.#blocksToday < block.mostADay;
    const notice = noticeOf(step, explanation, { ...this.#config, willBlock });
    const isAsked = step !== "block";
    this.#notices.show(id, { ...notice, isUrgent: step !== "nudge" }, {
      moreMinutes: isAsked ? this.#config.snoozeMinutes : undefined,
      answer: (answer) => this.answer(id, { answer }),
      onHindrance: () => this.#report(),
    });
  }

  async #snooze(minutes: number): Promise<LoopNow> {
    const state = snooze(this.#state, minutes, this.#at());
    await this.#settings.setSnoozedUntil(state.snoozedUntilMs);
    this.#take(state);
    this.#alarm.ring();
    return this.now();
  }

  /** Goes on from a state, and tells of it. */
  #take(state: LoopState): void {
    this.#state = state;
    if (!state.shown) {
      this.#shown = undefined;
      this.#notices.clear();
    }
    this.#report();
    const { hub } = this.options;
    const told = toWireLoopNow(this.now());
    const text = JSON.stringify(told);
    if (text === this.#published) return;
    this.#published = text;
    hub.publish("loop", told);
  }

  #report(): void {
    const { health } = this.options;
    if (isIdle(this.#config)) return health.set("loop", "off", "switched off");
    const trouble = this.#trouble ?? this.#refusal;
    if (trouble !== undefined) return health.set("loop", "degraded", trouble);
    const { hindrance } = this.#notices;
    health.set(
      "loop",
      "ok",
      hindrance === undefined ? "ready" : `nudges are seen on the dashboard only: ${hindrance}`,
    );
  }

  get #config(): LoopConfig {
    return this.#settings.config;
  }

  get #isAway(): boolean {
    return this.options.recorderState().afk === true;
  }

  #at(): LoopMoment {
    const { clock, upClock, zone } = this.options;
    const nowMs = clock.nowMs();
    return { nowMs, upMs: upClock.upMs(), localMs: nowMs + zone(nowMs) };
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#busy.then(work);
    this.#busy = result.catch(() => {});
    return result;
  }
}
