/**
 * Times away that nobody has told about yet.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { awayToAsk } from "../core/edit_away.ts";
import { spansWithout } from "../core/spans.ts";
import type { Span } from "../core/types.ts";
import type { Access } from "./blocks.ts";
import { sourceSpans } from "./edits_reads.ts";
import { totals } from "./reads.ts";

/** The setting that holds what was dismissed: `[startMs, endMs][]`. */
const DISMISSED = "away_dismissed";
/** Nobody is asked about what is longer ago. */
const KEPT_MS = 60 * 86_400_000;

/** Forgets which times away within a span were dismissed: they tell when somebody was. To be run in a transaction. */
export function forgetDismissed(db: DatabaseSync, span: Span): void {
  const spans = dismissed(db);
  if (spans.length > 0) keepDismissed(db, spans.flatMap((each) => spansWithout(each, [span])));
}

function dismissed(db: DatabaseSync): Span[] {
  const row = db.prepare("SELECT value FROM setting WHERE name = ?").get(DISMISSED);
  const value: [number, number][] = row ? JSON.parse(row.value as string) : [];
  return value.map(([startMs, endMs]) => ({ startMs, endMs }));
}

function keepDismissed(db: DatabaseSync, spans: readonly Span[]): void {
  db.prepare("INSERT OR REPLACE INTO setting VALUES (?, ?)").run(
    DISMISSED,
    JSON.stringify(spans.map(({ startMs, endMs }) => [startMs, endMs])),
  );
}

/**
 * The times away within a span that have no entry and were not dismissed, in order; runs in the reader worker.
 * @param justNow A time away that may not be stored yet.
 */
export function awayTimes(db: DatabaseSync, span: Span, justNow?: Span): Span[] {
  const away = sourceSpans(db, span, "afk");
  if (justNow) {
    const startMs = Math.max(justNow.startMs, span.startMs);
    away.push({ startMs, endMs: Math.min(justNow.endMs, span.endMs) });
  }
  const answered = [...sourceSpans(db, span, "manual"), ...dismissed(db)];
  return awayToAsk(away, answered, (gap) => {
    const { signalMs, noiseMs, neutralMs } = totals(db, gap);
    return signalMs + noiseMs + neutralMs;
  });
}

/** Does not ask about a span again. */
export function dismissAway(db: Access, { startMs, endMs }: Span, nowMs: number): Promise<void> {
  return db.write((inside) => {
    const kept = dismissed(inside).filter((span) => span.endMs > nowMs - KEPT_MS);
    keepDismissed(inside, [...kept, { startMs, endMs }]);
  });
}
