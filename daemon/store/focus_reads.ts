/**
 * What focus sessions came to, read; functions of a connection, as in `reads.ts`.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { daysOf, type IsoDate, localClock, localZone, type Zone } from "../core/day.ts";
import { type FocusMinute, type FocusSpan, minutesOf } from "../core/focus.ts";
import {
  addFocusTimes,
  emptyFocusTimes,
  type FocusState,
  type FocusTimes,
  TIME_OF,
} from "../core/focus_session.ts";
import { BUCKET_MS, bucketOf } from "../core/spans.ts";
import type { Span } from "../core/types.ts";
import { type FocusedOn, focusedOnOf, focusedOnWithin } from "./focus_joins.ts";
import { LIVED, MAX_FOCUS_SPAN_MS } from "./focus_rollups.ts";

/** A day with focused time below this is no link of a streak. */
const STREAK_DAY_MS = 5 * 60_000;

export interface FocusDay extends Span {
  readonly date: IsoDate;
  readonly times: FocusTimes;
  /** Sessions that began on it. */
  readonly sessions: number;
}

/** What a period's sessions came to. */
export interface FocusPeriod extends Span {
  readonly times: FocusTimes;
  /** Sessions that began in it; those in which nothing was recorded are left out, here and in all that follows. */
  readonly sessions: number;
  readonly breaks: number;
  readonly longestStreakMs: number;
}

export interface FocusAnalytics {
  readonly total: FocusPeriod;
  /** As many days before. */
  readonly before: FocusPeriod;
  /** Every day of the period. */
  readonly days: readonly FocusDay[];
  /** By the hour of the local clock, 24. */
  readonly hours: readonly FocusTimes[];
  /** Days in a row with enough focused time, of all that is stored; today need not have it yet. */
  readonly streaks: {
    readonly currentDays: number;
    readonly longestDays: number;
    readonly dayCountsFromMs: number;
  };
  readonly on: FocusedOn;
}

const TIMES = `focused_ms AS focusedMs, unfocused_ms AS unfocusedMs, no_face_ms AS noFaceMs,
  uncertain_ms AS uncertainMs`;

/** Time per state within a span: whole buckets from the rollup, both edges from the spans. */
export function focusTimes(db: DatabaseSync, span: Span): FocusTimes {
  const sum = emptyFocusTimes();
  const firstMs = bucketOf(span.startMs + BUCKET_MS - 1), lastMs = bucketOf(span.endMs);
  if (lastMs <= firstMs) {
    addEdge(db, span, sum);
    return sum;
  }
  for (const row of focusBuckets(db, { startMs: firstMs, endMs: lastMs })) addFocusTimes(sum, row);
  addEdge(db, { startMs: span.startMs, endMs: firstMs }, sum);
  addEdge(db, { startMs: lastMs, endMs: span.endMs }, sum);
  return sum;
}

/** The buckets that begin inside a span and have any time, in order. */
export function focusBuckets(db: DatabaseSync, { startMs, endMs }: Span) {
  return db.prepare(
    `SELECT bucket_ms AS bucketMs, ${TIMES} FROM rollup_focus
     WHERE bucket_ms >= ? AND bucket_ms < ? ORDER BY bucket_ms`,
  ).all(startMs, endMs) as unknown as (FocusTimes & { readonly bucketMs: number })[];
}

function addEdge(db: DatabaseSync, { startMs, endMs }: Span, sum: FocusTimes): void {
  if (endMs <= startMs) return;
  const rows = db.prepare(
    `SELECT p.state, sum(min(p.end_ms, :endMs) - max(p.start_ms, :startMs)) AS ms
     FROM focus_span p JOIN focus_session f ON f.id = p.session_id
     WHERE p.end_ms > :startMs AND p.end_ms <= :endMs + ${MAX_FOCUS_SPAN_MS} AND p.start_ms < :endMs
       AND f.${LIVED} GROUP BY p.state`,
  ).all({ startMs, endMs }) as { state: FocusState; ms: number }[];
  for (const { state, ms } of rows) sum[TIME_OF[state]] += ms;
}

/** How many sessions began within a span; those in which nothing was recorded are left out. */
export function focusCount(db: DatabaseSync, { startMs, endMs }: Span): number {
  const row = db.prepare(
    `SELECT count(*) AS n FROM focus_session
     WHERE start_ms >= ? AND start_ms < ? AND total_ms > 0 AND ${LIVED}`,
  ).get(startMs, endMs) as { n: number };
  return row.n;
}

/** A session by minutes of the clock, and what was in front of the person meanwhile. */
export function focusDetail(
  db: DatabaseSync,
  id: number,
): { readonly minutes: FocusMinute[]; readonly on: FocusedOn } {
  const spans = db.prepare(
    `SELECT start_ms AS startMs, end_ms AS endMs, state FROM focus_span WHERE session_id = ?
     ORDER BY start_ms`,
  ).all(id) as unknown as FocusSpan[];
  return { minutes: minutesOf(spans), on: focusedOnOf(db, id) };
}

/** What the sessions of a period, which consists of whole days, came to, beside the period before. */
export function focusAnalytics(
  db: DatabaseSync,
  { span, before, dayStartMin }: {
    readonly span: Span;
    readonly before: Span;
    readonly dayStartMin: number;
  },
  zone: Zone = localZone,
): FocusAnalytics {
  const all = focusBuckets(db, { startMs: 0, endMs: span.endMs });
  const days: FocusDay[] = [];
  const hours = Array.from({ length: 24 }, emptyFocusTimes);
  const focusedDays: boolean[] = [];
  const earlier = emptyFocusTimes();
  const starts = sessionStarts(db, span);
  const since = Math.min(before.startMs, all[0]?.bucketMs ?? Infinity);
  let next = 0, started = 0;
  for (const day of daysOf({ startMs: since, endMs: span.endMs }, zone, dayStartMin)) {
    const isInside = day.startMs >= span.startMs;
    const clock = localClock(day, zone);
    const times = emptyFocusTimes();
    for (; next < all.length && all[next].bucketMs < day.endMs; next++) {
      addFocusTimes(times, all[next]);
      if (!isInside) continue;
      addFocusTimes(hours[new Date(clock(all[next].bucketMs)).getUTCHours()], all[next]);
    }
    focusedDays.push(times.focusedMs >= STREAK_DAY_MS);
    if (isInside) {
      const first = started;
      while (started < starts.length && starts[started] < day.endMs) started++;
      days.push({ ...day, times, sessions: started - first });
    } else if (day.startMs >= before.startMs) addFocusTimes(earlier, times);
  }
  const inAll = emptyFocusTimes();
  for (const { times } of days) addFocusTimes(inAll, times);
  return {
    total: { ...span, times: inAll, ...sessionFacts(db, span) },
    before: { ...before, times: earlier, ...sessionFacts(db, before) },
    days,
    hours,
    streaks: { ...streaksOf(focusedDays), dayCountsFromMs: STREAK_DAY_MS },
    on: focusedOnWithin(db, span),
  };
}

function sessionStarts(db: DatabaseSync, { startMs, endMs }: Span): number[] {
  const rows = db.prepare(
    `SELECT start_ms AS startMs FROM focus_session
     WHERE start_ms >= ? AND start_ms < ? AND total_ms > 0 AND ${LIVED} ORDER BY start_ms`,
  ).all(startMs, endMs) as { startMs: number }[];
  return rows.map((row) => row.startMs);
}

function sessionFacts(db: DatabaseSync, { startMs, endMs }: Span) {
  const row = db.prepare(
    `SELECT count(*) AS sessions, coalesce(sum(breaks), 0) AS breaks,
       coalesce(max(longest_streak_ms), 0) AS longestStreakMs
     FROM focus_session WHERE start_ms >= ? AND start_ms < ? AND total_ms > 0 AND ${LIVED}`,
  ).get(startMs, endMs) as { sessions: number; breaks: number; longestStreakMs: number };
  return { ...row };
}

/** The longest run of days, and the one that reaches to today, the last, or to yesterday. */
function streaksOf(days: readonly boolean[]): { currentDays: number; longestDays: number } {
  let run = 0, longestDays = 0, untilYesterday = 0;
  for (const [i, isFocused] of days.entries()) {
    if (i === days.length - 1) untilYesterday = run;
    run = isFocused ? run + 1 : 0;
    longestDays = Math.max(longestDays, run);
  }
  return { currentDays: Math.max(run, untilYesterday), longestDays };
}
