/**
 * Whose time it would be: a phone claims time only while what it shows is noise, so that other rules give some of it to
 * others. Reckoned as `Reclassify` and `Timeline` would do it, without writing.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { MAX_EVENT_MS } from "../core/heartbeat.ts";
import { unionSpans } from "../core/spans.ts";
import { type Claim, resolveTimeline } from "../core/timeline.ts";
import { addToTotals } from "../core/totals.ts";
import type { ActivityClass, ClassTotals, Span, TimelineClass } from "../core/types.ts";

type ClaimRow = Claim & { readonly subjectId: number };
interface TimelineRow extends Span {
  readonly id: number;
  readonly class: TimelineClass;
}

/**
 * The milliseconds that each subject would gain or lose when those in `changed` come to another class; `totals` is
 * brought from the one to the other, by the classes that come.
 */
export async function movedByPhones(
  db: DatabaseSync,
  changed: ReadonlyMap<number, ActivityClass>,
  totals: ClassTotals,
  breathe: () => Promise<void>,
): Promise<Map<number, number>> {
  const moved = new Map<number, number>();
  const spans = await disputed(db, changed, breathe);
  if (spans.length === 0) return moved;
  const claimsOf = db.prepare(
    `SELECT e.id, iif(e.whole_id > 0, e.whole_id, e.id) AS rank, e.source, e.start_ms AS startMs,
       e.end_ms AS endMs, e.subject_id AS subjectId, s.class
     FROM event e INDEXED BY event_end JOIN subject s ON s.id = e.subject_id
     WHERE e.end_ms > :startMs AND e.end_ms <= :endMs + ${MAX_EVENT_MS} AND e.start_ms < :endMs`,
  );
  const timelineOf = db.prepare(
    `SELECT t.start_ms AS startMs, t.end_ms AS endMs, s.id, s.class
     FROM timeline t JOIN subject s ON s.id = t.subject_id
     WHERE t.start_ms >= coalesce((SELECT max(start_ms) FROM timeline WHERE start_ms <= :startMs), :startMs)
       AND t.start_ms < :endMs AND t.end_ms > :startMs`,
  );
  const add = (id: number, cls: TimelineClass, ms: number) => {
    moved.set(id, (moved.get(id) ?? 0) + ms);
    addToTotals(totals, cls, ms);
  };
  for (const span of spans) {
    for (const row of timelineOf.all({ ...span }) as unknown as TimelineRow[]) {
      const ms = Math.min(row.endMs, span.endMs) - Math.max(row.startMs, span.startMs);
      add(row.id, changed.get(row.id) ?? row.class, -ms);
    }
    const claims = (claimsOf.all({ ...span }) as unknown as ClaimRow[])
      .map((claim) => ({ ...claim, class: changed.get(claim.subjectId) ?? claim.class }));
    const byId = new Map(claims.map((claim) => [claim.id, claim]));
    for (const { eventId, startMs, endMs } of resolveTimeline(span, claims)) {
      const { subjectId, class: cls } = byId.get(eventId)!;
      add(subjectId, cls, endMs - startMs);
    }
    await breathe();
  }
  return moved;
}

/** What phones showed that becomes noise, or ceases to be. */
async function disputed(
  db: DatabaseSync,
  changed: ReadonlyMap<number, ActivityClass>,
  breathe: () => Promise<void>,
): Promise<Span[]> {
  if (!db.prepare("SELECT 1 FROM event WHERE source = 'phone' LIMIT 1").get()) return [];
  const classOf = db.prepare("SELECT class FROM subject WHERE id = ?");
  const spansOf = db.prepare(
    `SELECT start_ms AS startMs, end_ms AS endMs FROM event
     WHERE source = 'phone' AND subject_id = ? AND end_ms > start_ms`,
  );
  const spans: Span[] = [];
  for (const [id, after] of changed) {
    const before = (classOf.get(id) as { class: ActivityClass }).class;
    if (after !== "noise" && before !== "noise") continue;
    spans.push(...spansOf.all(id) as unknown as Span[]);
    await breathe();
  }
  return unionSpans(spans);
}
