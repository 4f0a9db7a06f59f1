/**
 * What a day, a week, a month or a year came to, and how it went; a function of a connection, as in `reads.ts`.
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  addDays,
  daysOf,
  daySpan,
  type IsoDate,
  localClock,
  localHours,
  localZone,
  weekdayOf,
  type Zone,
} from "../core/day.ts";
import { type GoalDay, isMet } from "../core/goals.ts";
import { addTotals, emptyTotals } from "../core/totals.ts";
import {
  comparedWith,
  hadMoreSignal,
  type Run,
  runOf,
  trendDates,
  type TrendPeriod,
  trendSpan,
  unitOf,
} from "../core/trends.ts";
import type { TrendCategory, TrendHeatCell, Trends, TrendsQuery } from "../core/trends_shape.ts";
import type { ClassTotals, Span } from "../core/types.ts";
import { firstBucket, totals } from "./reads.ts";
import { HeadingReader } from "./trends_headings.ts";

type Day = Span & GoalDay & { readonly date: IsoDate };
interface Calendar {
  readonly zone: Zone;
  readonly dayStartMin: number;
}

type Verdict = (day: GoalDay) => boolean | undefined;

/** How many days of an unbroken row are read at first, and how many times more each time. */
const FIRST_DAYS = 28, DAYS_GROWTH = 4;

/** All of it from one look at the database, whatever is written meanwhile. @param zone For tests. @default this machine's */
export function trends(db: DatabaseSync, query: TrendsQuery, zone: Zone = localZone): Trends {
  db.exec("BEGIN");
  try {
    return read(db, query, zone);
  } finally {
    db.exec("COMMIT");
  }
}

function read(db: DatabaseSync, query: TrendsQuery, zone: Zone): Trends {
  const { period, date, nowMs, dayStartMin } = query;
  const { first, after, ...span } = trendSpan(period, date, zone, dayStartMin);
  const isHours = unitOf(period) === "hour";
  const cells = isHours ? localHours(span, zone).map((hour) => ({ ...hour, date: first })) : [];
  const { days, heat, hours } = walk(db, span, { ...query, zone, cells });
  const whole = emptyTotals();
  for (const day of days) addTotals(whole, day.totals);

  const headings = new HeadingReader(db);
  const compared = comparedWith(period, date, nowMs, { zone, dayStartMin });
  const verdicts: Verdict[] = query.goals.map((goal) => (day) => isMet(goal, day));
  const columns = (isHours ? hours : groupDays(period, days)).map((column) => ({
    ...column,
    times: active(column.totals) > 0 ? headings.of(column.span) : new Map<string, ClassTotals>(),
    goals: verdicts.map((verdict) => {
      const { metDays, countedDays } = runOf(column.days.map(verdict), []);
      return { metDays, countedDays };
    }),
  }));
  const categories = rank(columns.map(({ times }) => times), headings.of(compared.span));
  const recordedSinceMs = firstBucket(db);
  const runs = judge(db, [hadMoreSignal, ...verdicts], {
    ...{ days, first, recordedSinceMs, zone, dayStartMin },
  });
  return {
    span,
    firstDate: first,
    lastDate: addDays(after, -1),
    totals: whole,
    activeDays: days.filter((day) => active(day.totals) > 0).length,
    previous: { ...compared, totals: totals(db, compared.span) },
    columns: columns.map((column) => ({
      span: column.span,
      date: column.date,
      totals: column.totals,
      categoriesMs: categories.map(({ name = "" }) => {
        const times = column.times.get(name);
        return times === undefined ? 0 : active(times);
      }),
      goals: isHours ? [] : column.goals,
    })),
    categories,
    heat: isHours ? [] : heat,
    goals: runs.slice(1),
    signalRun: runs[0],
    recordedSinceMs,
  };
}

interface Column {
  readonly span: Span;
  readonly date: IsoDate;
  readonly totals: ClassTotals;
  readonly days: readonly Day[];
}

interface Walk {
  readonly days: readonly Day[];
  readonly heat: readonly TrendHeatCell[];
  readonly hours: readonly Column[];
}

/** One walk over the quarters of a span: its days, its heat map, and the hours that are asked for. */
function walk(
  db: DatabaseSync,
  span: Span,
  { zone, dayStartMin, nowMs, cells }: Calendar & {
    readonly nowMs: number;
    readonly cells: readonly (Span & { readonly date: IsoDate })[];
  },
): Walk {
  const quarters = readQuarters(db, span);
  const heat = new Map<number, TrendHeatCell>();
  const days: Day[] = [];
  const hours = cells.map(({ date, ...hour }) => ({
    ...{ span: hour, date, totals: emptyTotals(), days: [] },
  }));
  let at = 0, hourIndex = 0;
  for (const { date, startMs, endMs } of daysOf(span, zone, dayStartMin)) {
    const day = { date, startMs, endMs, totals: emptyTotals(), isOver: endMs <= nowMs };
    days.push(day);
    const clock = localClock(day, zone);
    const weekday = weekdayOf(date);
    for (; at < quarters.length && quarters[at][0] < endMs; at++) {
      const row = quarters[at];
      addRow(day.totals, row);
      const hour = Math.floor(clock(row[0]) / 3_600_000) % 24;
      const key = weekday * 24 + hour;
      let cell = heat.get(key);
      if (!cell) heat.set(key, cell = { weekday, hour, ...emptyTotals() });
      addRow(cell, row);
      if (hours.length === 0) continue;
      while (row[0] >= hours[hourIndex].span.endMs) hourIndex++;
      addRow(hours[hourIndex].totals, row);
    }
  }
  const ordered = [...heat.values()].sort((a, b) => a.weekday - b.weekday || a.hour - b.hour);
  return { days, heat: ordered, hours };
}

type QuarterRow = readonly [
  bucketMs: number,
  signalMs: number,
  noiseMs: number,
  neutralMs: number,
  afkMs: number,
];

/** A year has 35 000 of them: as arrays of numbers they are read in a third of the time. */
function readQuarters(db: DatabaseSync, { startMs, endMs }: Span): readonly QuarterRow[] {
  const statement = db.prepare(
    `SELECT bucket_ms, signal_ms, noise_ms, neutral_ms, afk_ms FROM rollup_class
     WHERE bucket_ms >= ? AND bucket_ms < ? ORDER BY bucket_ms`,
    // Deno has it, its types do not yet.
  ) as StatementSync & { setReturnArrays(areArrays: boolean): void };
  statement.setReturnArrays(true);
  return statement.all(startMs, endMs) as unknown as QuarterRow[];
}

function addRow(sum: ClassTotals, row: QuarterRow): void {
  sum.signalMs += row[1];
  sum.noiseMs += row[2];
  sum.neutralMs += row[3];
  sum.afkMs += row[4];
}

/** The days themselves, or those of a year by month. */
function groupDays(period: TrendPeriod, days: readonly Day[]): Column[] {
  const groups = new Map<IsoDate, Day[]>();
  for (const day of days) {
    const key = period === "year" ? trendDates("month", day.date).first : day.date;
    const group = groups.get(key);
    if (group) group.push(day);
    else groups.set(key, [day]);
  }
  return [...groups].map(([date, group]) => {
    const sum = emptyTotals();
    for (const day of group) addTotals(sum, day.totals);
    const span = { startMs: group[0].startMs, endMs: group[group.length - 1].endMs };
    return { date, span, totals: sum, days: group };
  });
}

/** Categories by all of their time, beside what they came to before. */
function rank(
  columns: readonly ReadonlyMap<string, ClassTotals>[],
  before: ReadonlyMap<string, ClassTotals>,
): TrendCategory[] {
  const sums = new Map<string, ClassTotals>();
  for (const [name, times] of columns.flatMap((column) => [...column])) {
    const sum = sums.get(name) ?? emptyTotals();
    addTotals(sum, times);
    sums.set(name, sum);
  }
  for (const name of before.keys()) {
    if (!sums.has(name)) sums.set(name, emptyTotals());
  }
  return [...sums].map(([name, sum]) => {
    const previous = before.get(name);
    const previousMs = previous === undefined ? 0 : active(previous);
    return { name: name || undefined, ...sum, previousMs };
  }).sort((a, b) =>
    active(b) - active(a) || b.previousMs - a.previousMs ||
    ((a.name ?? "") < (b.name ?? "") ? -1 : 1)
  );
}

/** How each verdict ran over the days, and into those before as far as a row goes on. */
function judge(
  db: DatabaseSync,
  verdicts: readonly Verdict[],
  { days, first, recordedSinceMs = Infinity, zone, dayStartMin }: Calendar & {
    readonly days: readonly Day[];
    readonly first: IsoDate;
    readonly recordedSinceMs: number | undefined;
  },
): Run[] {
  const sums = db.prepare(
    `SELECT sum(signal_ms) AS signalMs, sum(noise_ms) AS noiseMs, sum(neutral_ms) AS neutralMs, sum(afk_ms) AS afkMs
     FROM rollup_class WHERE bucket_ms >= ? AND bucket_ms < ?`,
  );
  const startOf = (date: IsoDate) => daySpan(date, zone, dayStartMin).startMs;
  let before: GoalDay[] = [];
  let from = first;
  for (let more = FIRST_DAYS;; more *= DAYS_GROWTH) {
    const runs = verdicts.map((verdict) => runOf(days.map(verdict), before.map(verdict)));
    if (!runs.some(({ isOpen }) => isOpen) || startOf(from) <= recordedSinceMs) return runs;
    const earlier: GoalDay[] = [];
    const end = from;
    from = addDays(from, -more);
    let startMs = startOf(from);
    for (let date = from; date < end; date = addDays(date, 1)) {
      const endMs = startOf(addDays(date, 1));
      const sum = sums.get(startMs, endMs) as unknown as Record<keyof ClassTotals, number | null>;
      // Every day before the period is over.
      if (sum.signalMs !== null) earlier.push({ totals: sum as ClassTotals, isOver: true });
      startMs = endMs;
    }
    before = [...earlier, ...before];
  }
}

function active({ signalMs, noiseMs, neutralMs }: ClassTotals): number {
  return signalMs + noiseMs + neutralMs;
}
