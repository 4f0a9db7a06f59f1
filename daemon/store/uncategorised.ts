/**
 * The time that no rule has a word for, read; runs in the reader worker.
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { hostOf } from "../core/host.ts";
import { compileRules, formsOf } from "../core/rule_pattern.ts";
import type { Rule } from "../core/rules.ts";
import type { Span } from "../core/types.ts";

export interface Uncategorised {
  /** All time of a span in which somebody was there, and what of it no rule knows. */
  readonly activeMs: number;
  readonly ms: number;
  /** How many items there are, and those with the most time, most first. */
  readonly items: number;
  readonly top: readonly UncategorisedItem[];
}

/** A title of a program or site; or a program or site, with all of its titles. */
export interface UncategorisedItem {
  readonly app?: string;
  readonly title?: string;
  readonly url?: string;
  /** The address's host. */
  readonly host?: string;
  /** How many different titles and addresses. */
  readonly subjects: number;
  readonly ms: number;
}

export interface UncategorisedQuestion {
  readonly span: Span;
  /** Program and title; or what is looked at with it, a site before a program. */
  readonly by: "title" | "place";
  readonly limit: number;
}

interface Row {
  readonly app: string;
  readonly title: string;
  readonly url: string;
  readonly ms: number;
}

/** What the default pack says of a browser with a page that it does not know. */
const UNKNOWN_PAGE = "web";

/**
 * What took the time that neither `rules`, the user's, nor the default pack know, in the buckets of a span. A rule that
 * says "neutral" has a word for it; a page in a browser that is only known as such is not known.
 */
export async function uncategorised(
  db: DatabaseSync,
  rules: readonly Rule[],
  { span, by, limit }: UncategorisedQuestion,
): Promise<Uncategorised> {
  const compiled = await compileRules(rules);
  const rows = db.prepare(
    // By subject: the sums of one lie together, and most subjects are not looked for.
    `SELECT s.app, s.title, s.url,
       (SELECT sum(ms) FROM rollup_subject INDEXED BY rollup_subject_subject
        WHERE subject_id = s.id AND bucket_ms >= ? AND bucket_ms < ?) AS ms
     FROM subject s WHERE s.id > 0 AND s.by_hand = 0 AND s.class = 'neutral'
       AND (s.category IS NULL OR s.category = ?) AND ms > 0`,
  ).all(span.startMs, span.endMs, UNKNOWN_PAGE) as unknown as Row[];
  const items = new Map<string, UncategorisedItem>();
  let totalMs = 0;
  for (const { app, title, url, ms } of rows) {
    const subject = { app: app || undefined, title: title || undefined, url: url || undefined };
    if (compiled.length > 0) {
      const forms = formsOf(subject);
      if (compiled.some((rule) => rule.fits(forms))) continue;
    }
    totalMs += ms;
    const host = hostOf(url);
    const key = by === "place" ? host ?? `\0${app}` : `${app}\0${title}\0${host ?? ""}`;
    const known = items.get(key);
    if (known) {
      items.set(key, { ...known, subjects: known.subjects + 1, ms: known.ms + ms });
    } else {
      const texts = by === "title" ? subject : { app: subject.app };
      items.set(key, { ...texts, host, subjects: 1, ms });
    }
  }
  const top = [...items.values()].sort((a, b) => b.ms - a.ms).slice(0, limit);
  return { activeMs: activeMs(db, span), ms: totalMs, items: items.size, top };
}

function activeMs(db: DatabaseSync, { startMs, endMs }: Span): number {
  const { ms } = db.prepare(
    `SELECT coalesce(sum(signal_ms + noise_ms + neutral_ms), 0) AS ms FROM rollup_class
     WHERE bucket_ms >= ? AND bucket_ms < ?`,
  ).get(startMs, endMs) as { ms: number };
  return ms;
}
