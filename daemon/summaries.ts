/**
 * Summaries of periods, gathered from the store.
 * @module
 */
import type { SummaryPort } from "./api/summary.ts";
import { addDays, dateOf, daySpan, type IsoDate, type Zone } from "./core/day.ts";
import { assertGoals, type GoalDay, judgeGoal } from "./core/goals.ts";
import { hourTotals } from "./core/hours.ts";
import { periodSpan } from "./core/period.ts";
import type { Clock } from "./core/ports.ts";
import type { Goal, GoalResult, PeriodWish, Summary } from "./core/summary.ts";
import type { ClassTotals, Span } from "./core/types.ts";
import type { Store } from "./store/mod.ts";
import { buildSummary } from "./summary/build.ts";

export interface SummariesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly dayStartMin: number;
}

/** So many days before a period are what is usual. */
const USUAL_DAYS = 28;
const TOP_ITEMS = 10;
/** How many days of an unbroken streak are read at first, and how many times more each time. */
const STREAK_GROWTH = 4;

interface Day {
  readonly date: IsoDate;
  readonly totals: ClassTotals;
}

export class Summaries implements SummaryPort {
  constructor(private readonly options: SummariesOptions) {}

  /** @throws {RangeError} for a period that lies in the future. */
  async of(wish: PeriodWish): Promise<Summary> {
    const { store, clock, zone } = this.options;
    const nowMs = clock.nowMs();
    const span = this.#spanOf(wish);
    if (span.startMs > nowMs) {
      throw new RangeError(`Cannot summarize ${nameOf(wish)}: it lies in the future`);
    }
    const firstDate = this.#dateOf(span.startMs), lastDate = this.#dateOf(span.endMs - 1);
    const call = store.reader.call.bind(store.reader);
    const [top, days, earlier, phones] = await Promise.all([
      call("topAppsAndCategories", span, TOP_ITEMS),
      this.#days(span),
      this.#days({ startMs: this.#startOf(addDays(firstDate, -USUAL_DAYS)), endMs: span.startMs }),
      call("phoneTimes", span),
    ]);
    const blocks = store.blocks.within(span, nowMs);
    return buildSummary({
      ...{ period: wish.period, span, firstDate, lastDate, isOver: span.endMs <= nowMs },
      ...{ totals: store.totals(span), topApps: top.apps, topCategories: top.categories, days },
      earlierDays: earlier.map(({ totals }) => totals),
      hours: wish.period === "day" ? hourTotals(store.buckets(span), span, zone) : [],
      phones: this.#named(phones),
      focus: { ...store.focus.times(span), sessions: store.focus.count(span) },
      blocks: {
        count: blocks.length,
        ms: blocks.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0),
      },
      goals: await this.#judge(firstDate, lastDate, nowMs),
    });
  }

  async page(wish: PeriodWish): Promise<string> {
    const { clock, zone } = this.options;
    const summary = await this.of(wish);
    const { renderPage } = await import("./summary/mod.ts");
    return renderPage(summary, { zone, nowMs: clock.nowMs() });
  }

  goals(): Goal[] {
    return this.options.store.settings.get("goals") as Goal[] | undefined ?? [];
  }

  /** @throws {RangeError} for too many, for one twice, or for one that cannot be. */
  async setGoals(goals: readonly Goal[]): Promise<void> {
    assertGoals(goals);
    await this.options.store.settings.set("goals", goals);
  }

  #spanOf(wish: PeriodWish): Span {
    if (wish.period === "range") return wish.span;
    const { zone, dayStartMin } = this.options;
    return periodSpan(wish.period, wish.date, zone, dayStartMin);
  }

  #dateOf(ms: number): IsoDate {
    return dateOf(ms, this.options.zone, this.options.dayStartMin);
  }

  #startOf(date: IsoDate): number {
    return daySpan(date, this.options.zone, this.options.dayStartMin).startMs;
  }

  #days(span: Span): Promise<Day[]> {
    return this.options.store.reader.call("activeDays", span, this.options.dayStartMin);
  }

  /** How the goals were kept on the whole days from the first date to the last. */
  async #judge(firstDate: IsoDate, lastDate: IsoDate, nowMs: number): Promise<GoalResult[]> {
    const goals = this.goals();
    if (goals.length === 0) return [];
    const goalDays = async (first: IsoDate, after: IsoDate): Promise<GoalDay[]> => {
      const days = await this.#days({ startMs: this.#startOf(first), endMs: this.#startOf(after) });
      return days.map(({ date, totals }) => ({
        totals,
        isOver: this.#startOf(addDays(date, 1)) <= nowMs,
      }));
    };
    const days = await goalDays(firstDate, addDays(lastDate, 1));
    const firstMs = await this.options.store.reader.call("firstBucket") ?? Infinity;
    let before: GoalDay[] = [];
    let from = firstDate;
    for (let more = USUAL_DAYS;; more *= STREAK_GROWTH) {
      const judged = goals.map((goal) => judgeGoal(goal, days, before));
      const isOpen = judged.some(({ isStreakOpen }) => isStreakOpen);
      if (!isOpen || this.#startOf(from) <= firstMs) return judged.map(({ result }) => result);
      const earlier = addDays(from, -more);
      before = [...await goalDays(earlier, from), ...before];
      from = earlier;
    }
  }

  #named(phones: readonly { device: string; ms: number; noiseMs: number }[]): Summary["phones"] {
    if (phones.length === 0) return [];
    const names = new Map(this.options.store.phones.devices().map(({ id, name }) => [id, name]));
    return phones.map(({ device, ms, noiseMs }) => ({
      device: names.get(device) || device || "phone",
      ms,
      noiseMs,
    }));
  }
}

function nameOf(wish: PeriodWish): string {
  switch (wish.period) {
    case "day":
      return wish.date;
    case "week":
      return `the week of ${wish.date}`;
    case "month":
      return wish.date.slice(0, 7);
    case "range":
      return `the range from ${new Date(wish.span.startMs).toISOString()}`;
  }
}
