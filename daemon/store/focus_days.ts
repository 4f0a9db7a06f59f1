/**
 * Focused on what, day by day; functions of a connection, as in `reads.ts`.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { daysOf, type IsoDate, localZone, type Zone } from "../core/day.ts";
import { addFocusTimes, emptyFocusTimes, type FocusTimes } from "../core/focus_session.ts";
import type { ActivityClass, Span } from "../core/types.ts";
import { focusedWithin } from "./focus_joins.ts";
import { focusBuckets } from "./focus_reads.ts";
import { LIVED } from "./focus_rollups.ts";

/** What a day's sessions came to, and which class was in front while the person was focused. */
export interface FocusedDay extends Span {
  readonly date: IsoDate;
  readonly times: FocusTimes;
  /** Focused time by class; the rest of it nothing recorded, or AFK. */
  readonly classes: Readonly<Record<ActivityClass, number>>;
}

interface SessionRow extends Span {
  readonly id: number;
}

/** Every day that a span, which consists of whole days, holds. */
export function focusDays(
  db: DatabaseSync,
  span: Span,
  dayStartMin: number,
  zone: Zone = localZone,
): FocusedDay[] {
  const days = [...daysOf(span, zone, dayStartMin)].map((day) => ({
    ...day,
    times: emptyFocusTimes(),
    classes: { signal: 0, noise: 0, neutral: 0 },
  }));
  let at = 0;
  for (const bucket of focusBuckets(db, span)) {
    while (bucket.bucketMs >= days[at].endMs) at++;
    addFocusTimes(days[at].times, bucket);
  }
  const sums = sessionClasses(db, span);
  let first = 0;
  for (const { id, startMs, endMs } of sessionsWithin(db, span)) {
    while (days[first].endMs <= startMs) first++;
    const day = days[first];
    if (startMs >= day.startMs && endMs <= day.endMs) {
      for (const { class: cls, ms } of sums.get(id) ?? []) day.classes[cls] += ms;
      continue;
    }
    // One that goes beyond its day is joined anew, for each of the days.
    for (let i = first; i < days.length && days[i].startMs < endMs; i++) {
      for (const row of focusedWithin(db, id, days[i])) days[i].classes[row.class] += row.focusedMs;
    }
  }
  return days;
}

/** Sessions that touch a span, in order of their starts. */
function sessionsWithin(db: DatabaseSync, { startMs, endMs }: Span): SessionRow[] {
  return db.prepare(
    `SELECT id, start_ms AS startMs, end_ms AS endMs FROM focus_session
     WHERE start_ms < ? AND end_ms > ? AND ${LIVED} ORDER BY start_ms`,
  ).all(endMs, startMs) as unknown as SessionRow[];
}

function sessionClasses(db: DatabaseSync, { startMs, endMs }: Span) {
  const rows = db.prepare(
    `SELECT f.id, s.class, sum(r.focused_ms) AS ms
     FROM focus_session f CROSS JOIN rollup_focus_subject r ON r.session_id = f.id
     JOIN subject s ON s.id = r.subject_id
     WHERE f.start_ms < ? AND f.end_ms > ? AND f.${LIVED} AND r.subject_id > 0 GROUP BY 1, 2`,
  ).all(endMs, startMs) as unknown as { id: number; class: ActivityClass; ms: number }[];
  return Map.groupBy(rows, ({ id }) => id);
}
