/**
 * Sends summaries: when somebody asks, at set times, and when a focus session ends.
 * @module
 */
import type { OutboxPort } from "./api/messages.ts";
import type { SummaryPort } from "./api/summary.ts";
import type { ScheduleInfo, SendPort, SentSummary } from "./api/summary_send.ts";
import type { Zone } from "./core/day.ts";
import type { FocusRecord } from "./core/focus_session.ts";
import type { PartStatus } from "./core/health.ts";
import type { Hub } from "./core/hub.ts";
import { type Channel, CHANNELS, type MessageRecord, type Telling } from "./core/messages.ts";
import type { Clock } from "./core/ports.ts";
import type { SendSchedule } from "./core/send_schedule.ts";
import { type PeriodWish, type Summary, topicOf } from "./core/summary.ts";
import { FocusSender } from "./focus_sender.ts";
import { SendSchedules } from "./send_schedules.ts";
import type { Store } from "./store/mod.ts";
import { assertReady, LONGEST_ANSWER_MS, tellNow } from "./telling.ts";

export interface SendServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly dayStartMin: number;
  readonly hub: Hub;
  readonly outbox: () => Promise<OutboxPort>;
  readonly summaries: () => Promise<SummaryPort>;
  readonly report: (status: PartStatus, detail: string) => void;
}

export class SendService implements SendPort {
  readonly #schedules: SendSchedules;
  readonly #focus: FocusSender;
  /** Somebody stays to send what takes long. */
  #isLasting = false;

  constructor(private readonly options: SendServiceOptions) {
    const { store, clock, hub, report } = options;
    this.#schedules = new SendSchedules({
      ...options,
      settings: store.settings,
      nowMs: () => clock.nowMs(),
      render: (summary, channels) => this.#telling(summary, channels),
      occurrences: async () => (await import("./cron_times.ts")).cronTimes,
    });
    this.#focus = new FocusSender({
      wishes: store.focusSends,
      sessionOf: (id) => store.focus.session(id),
      isFollowed: ({ id, startMs }) =>
        store.focus.list({ startMs, endMs: Number.MAX_SAFE_INTEGER }, 1_000)
          .some((other) => other.id > id && other.source !== "file"),
      nowMs: () => clock.nowMs(),
      ...{ hub, outbox: options.outbox },
      tellNow: (outbox, telling) => tellNow(outbox, telling, { answerMs: this.#answerMs }),
      render: (session, channels) => this.#focusTelling(session, channels),
      onProblem: (reason) => report("degraded", `A focus session was not told of: ${reason}`),
    });
  }

  async send(
    wish: PeriodWish,
    { channels, again }: { readonly channels: readonly Channel[]; readonly again: boolean },
  ): Promise<SentSummary> {
    const outbox = await this.options.outbox();
    assertReady(outbox, channels);
    const summary = await (await this.options.summaries()).of(wish);
    const telling = { ...await this.#telling(summary, channels), again };
    return await tellNow(outbox, telling, { answerMs: this.#answerMs, isAsked: true });
  }

  schedules(): Promise<ScheduleInfo[]> {
    return this.#schedules.list();
  }

  setSchedules(schedules: readonly SendSchedule[]): Promise<void> {
    return this.#schedules.replace(schedules);
  }

  wishFocus(
    sessionId: number,
    wanted: { readonly email: boolean; readonly sms: boolean },
  ): Promise<MessageRecord[]> {
    return this.#focus.wish(sessionId, CHANNELS.filter((channel) => wanted[channel]));
  }

  /** Sends what is due at its times, and what sessions ask for at their end, until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    this.#isLasting = true;
    await Promise.all([this.#schedules.run(signal), this.#focus.run(signal)]);
  }

  /** Sends what is due now; milliseconds until a schedule is to be looked at again, `undefined`: there is none. */
  async look(): Promise<number | undefined> {
    const [waitMs] = await Promise.all([this.#schedules.look(), this.#focus.look()]);
    return waitMs;
  }

  /** A short command waits for a slow server: nobody would after it. */
  get #answerMs(): number | undefined {
    return this.#isLasting ? LONGEST_ANSWER_MS : undefined;
  }

  get #rendering() {
    return { zone: this.options.zone, nowMs: this.options.clock.nowMs() };
  }

  async #telling(summary: Summary, channels: readonly Channel[]): Promise<Telling> {
    const { renderMail, renderSms } = await import("./summary/mod.ts");
    return {
      topic: topicOf(summary),
      ...(channels.includes("email") && { email: renderMail(summary, this.#rendering) }),
      ...(channels.includes("sms") && { sms: renderSms(summary) }),
    };
  }

  async #focusTelling(session: FocusRecord, channels: readonly Channel[]): Promise<Telling> {
    const { renderFocusMail, renderFocusSms } = await import("./summary/mod.ts");
    const { minutes } = await this.options.store.reader.call("focusDetail", session.id);
    const rendering = { ...this.#rendering, minutes };
    return {
      topic: `focus ${session.id}`,
      ...(channels.includes("email") && { email: renderFocusMail(session, rendering) }),
      ...(channels.includes("sms") && { sms: renderFocusSms(session) }),
    };
  }
}
