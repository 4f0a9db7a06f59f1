/**
 * Focused on what, day by day; functions of a connection, as in `reads.ts`.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { daysOf, type IsoDate, localZone, type Zone } from "../core/day.ts";
import { addFocusTimes, emptyFocusTimes, type FocusTimes } from "../core/focus_session.ts";
import type { ActivityClass, Span } from "../core/types.ts";
import { focusedClassReader } from "./focus_joins.ts";
import { focusBuckets } from "./focus_reads.ts";
import { LIVED } from "./focus_rollups.ts";

/** What a day's sessions came to, and which class was in front while the person was focused. */
export interface FocusedDay extends Span {
  readonly date: IsoDate;
  readonly times: FocusTimes;
  /** Focused time by class; the rest of it nothing recorded, or AFK. */
  readonly classes: Readonly<Record<ActivityClass, number>>;
}

/** A session with what was in front while the person was focused. */
interface SessionRow extends Span, Readonly<Record<ActivityClass, number>> {
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
  const readClasses = focusedClassReader(db);
  let first = 0;
  for (const { id, startMs, endMs, signal, noise, neutral } of sessionsWithin(db, span)) {
    while (days[first].endMs <= startMs) first++;
    const day = days[first];
    if (startMs >= day.startMs && endMs <= day.endMs) {
      day.classes.signal += signal;
      day.classes.noise += noise;
      day.classes.neutral += neutral;
      continue;
    }
    // One that goes beyond its day is joined anew, for each of the days.
    for (let i = first; i < days.length && days[i].startMs < endMs; i++) {
      for (const { class: cls, ms } of readClasses(id, days[i])) days[i].classes[cls] += ms;
    }
  }
  return days;
}

const sumOf = (cls: ActivityClass) => `sum(iif(s.class = '${cls}', r.focused_ms, 0)) AS ${cls}`;

/**
 * Sessions that touch a span and had anything in front, in order of their starts: grouped in the order of that index,
 * they need no sorting.
 */
function sessionsWithin(db: DatabaseSync, { startMs, endMs }: Span): SessionRow[] {
  return db.prepare(
    `SELECT f.id, f.start_ms AS startMs, f.end_ms AS endMs,
       ${sumOf("signal")}, ${sumOf("noise")}, ${sumOf("neutral")}
     FROM focus_session f CROSS JOIN rollup_focus_subject r ON r.session_id = f.id
     CROSS JOIN subject s ON s.id = r.subject_id
     WHERE f.start_ms < ? AND f.end_ms > ? AND f.${LIVED} AND r.subject_id > 0
     GROUP BY f.start_ms, f.id`,
  ).all(endMs, startMs) as unknown as SessionRow[];
}
