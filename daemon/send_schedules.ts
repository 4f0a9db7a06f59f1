/**
 * Summaries that are sent by themselves, at set times.
 * @module
 */
import type { OutboxPort } from "./api/messages.ts";
import type { SummaryPort } from "./api/summary.ts";
import type { ScheduleInfo } from "./api/summary_send.ts";
import type { Zone } from "./core/day.ts";
import { UnavailableError } from "./core/errors.ts";
import type { PartStatus } from "./core/health.ts";
import type { Channel, Telling } from "./core/messages.ts";
import {
  afterClockChange,
  dateToSend,
  dueTime,
  keepSchedules,
  type KeptSchedule,
  type Occurrences,
  type SendSchedule,
  settled,
} from "./core/send_schedule.ts";
import type { Summary } from "./core/summary.ts";
import { Alarm } from "./os/alarm.ts";
import type { Settings } from "./store/settings.ts";
import { readyChannels } from "./telling.ts";

export interface SendSchedulesOptions {
  readonly settings: Settings;
  readonly nowMs: () => number;
  readonly zone: Zone;
  readonly dayStartMin: number;
  readonly outbox: () => Promise<OutboxPort>;
  readonly summaries: () => Promise<SummaryPort>;
  /** A summary in the form of each channel. */
  readonly render: (summary: Summary, channels: readonly Channel[]) => Promise<Telling>;
  /** Loaded when there is a schedule. */
  readonly occurrences: () => Promise<Occurrences>;
  readonly report: (status: PartStatus, detail: string) => void;
}

const SCHEDULES_SETTING = "summary_schedules";
/** While there are schedules, the clock may be set and the machine may sleep. */
const LONGEST_WAIT_MS = 30_000;
const SHORTEST_WAIT_MS = 50;

export class SendSchedules {
  readonly #alarm = new Alarm();
  /** One change after the other. */
  #busy: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: SendSchedulesOptions) {}

  async list(): Promise<ScheduleInfo[]> {
    const kept = this.#kept();
    if (kept.length === 0) return [];
    const { nowMs, occurrences } = this.options;
    const { next } = await occurrences();
    return kept.map(({ period, of, cron, channels }) => {
      return { period, of, cron, channels, nextMs: next(cron, nowMs()) };
    });
  }

  /** @throws {RangeError} for a pattern that is none, or that never comes up. */
  replace(schedules: readonly SendSchedule[]): Promise<void> {
    return this.#alone(async () => {
      const { settings, nowMs } = this.options;
      if (schedules.length === 0) return await settings.set(SCHEDULES_SETTING, []);
      const occurrences = await this.options.occurrences();
      for (const { cron } of schedules) {
        if (occurrences.next(cron, nowMs()) !== undefined) continue;
        throw new RangeError(`Cannot use the pattern ${JSON.stringify(cron)}: it never comes up`);
      }
      const kept = keepSchedules(schedules, this.#kept(), { nowMs: nowMs(), occurrences });
      await settings.set(SCHEDULES_SETTING, kept);
    }).finally(() => this.#alarm.ring());
  }

  /** Sends what is due at its time, until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let waitMs: number | undefined = LONGEST_WAIT_MS;
      try {
        waitMs = await this.look();
      } catch (error) {
        this.options.report("degraded", (error as Error).message);
      }
      await this.#alarm.wait(waitMs, signal);
    }
  }

  /** Sends what is due; the result says when to look again, `undefined`: there is no schedule. */
  look(): Promise<number | undefined> {
    return this.#alone(async () => {
      const kept = this.#kept();
      if (kept.length === 0) return undefined;
      const { settings, nowMs, report } = this.options;
      const occurrences = await this.options.occurrences();
      const atMs = nowMs();
      const waits = [LONGEST_WAIT_MS], problems: string[] = [];
      const now: KeptSchedule[] = [];
      for (const before of kept) {
        let schedule = afterClockChange(before, atMs);
        try {
          const dueMs = dueTime(schedule, atMs, occurrences);
          if (dueMs !== undefined) {
            const hindrance = await this.#tell(schedule, dueMs);
            schedule = settled(schedule, dueMs);
            if (hindrance !== undefined) problems.push(hindrance);
          }
          const nextMs = occurrences.next(schedule.cron, atMs);
          if (nextMs !== undefined) waits.push(nextMs - nowMs());
        } catch (error) {
          problems.push((error as Error).message);
        }
        now.push(schedule);
      }
      if (now.some((schedule, i) => schedule !== kept[i])) {
        await settings.set(SCHEDULES_SETTING, now);
      }
      if (problems.length > 0) report("degraded", `A summary was not sent: ${problems[0]}`);
      else report("ok", "summaries are sent at their times");
      return Math.max(SHORTEST_WAIT_MS, Math.min(...waits));
    });
  }

  /**
   * Writes the summary down for the channels that are configured; what hinders the others is returned.
   * @throws {UnavailableError} when none of them is.
   */
  async #tell(schedule: KeptSchedule, dueMs: number): Promise<string | undefined> {
    const { outbox, summaries, render } = this.options;
    const port = await outbox();
    const { ready, hindrance } = readyChannels(port, schedule.channels);
    if (ready.length === 0) throw new UnavailableError(hindrance);
    const { period } = schedule;
    const date = dateToSend(schedule, dueMs, this.options);
    const summary = await (await summaries()).of({ period, date });
    await port.post(await render(summary, ready));
    return hindrance;
  }

  #kept(): KeptSchedule[] {
    return this.options.settings.get(SCHEDULES_SETTING) as KeptSchedule[] | undefined ?? [];
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#busy.then(work);
    this.#busy = done.catch(() => {});
    return done;
  }
}
