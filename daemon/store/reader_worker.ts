/**
 * The worker for whatever may take longer than a write should wait: slow reads, copies, the full check.
 * It is told the database's path first, then answers calls `{id, name, args}` in order.
 * @module
 */
/// <reference lib="deno.worker" />
import type { DatabaseSync } from "node:sqlite";
import type { ErasureRequest } from "../core/erasure.ts";
import type { PrivacyRule } from "../core/privacy.ts";
import type { TrendsQuery } from "../core/trends_shape.ts";
import type { Rule } from "../core/rules.ts";
import type { Span } from "../core/types.ts";
import { copyDatabase } from "./backup.ts";
import { openReader } from "./database.ts";
import { exportPage } from "./export_page.ts";
import { focusDays } from "./focus_days.ts";
import { focusAnalytics, focusDetail } from "./focus_reads.ts";
import { integrityProblems } from "./integrity.ts";
import type { PreviewOptions } from "./privacy_preview.ts";
import { phoneApps } from "./phone_reads.ts";
import * as reads from "./reads.ts";
import type { RulesInForce } from "./rule_trial.ts";
import { sqliteCode } from "./sqlite_error.ts";
import { timelineLanes } from "./timeline_lanes.ts";
import { phoneTimes, top, topAppsAndCategories } from "./tops.ts";
import type { UncategorisedQuestion } from "./uncategorised.ts";

/** Every function that can be called, by name; each takes the connection first. */
const CALLS = {
  activeDays: reads.activeDays,
  // Loaded when somebody edits, or is asked where they were.
  awayTimes: async (db: DatabaseSync, span: Span, justNow?: Span) =>
    (await import("./edits_away.ts")).awayTimes(db, span, justNow),
  copyDatabase,
  events: reads.events,
  exportPage,
  extent: reads.extent,
  firstBucket: reads.firstBucket,
  focusAnalytics,
  focusDays,
  focusDetail,
  heatmap: reads.heatmap,
  integrityProblems,
  phoneApps,
  phoneTimes,
  // Loaded when somebody tries rules.
  privacyPreview: async (
    db: DatabaseSync,
    rules: readonly PrivacyRule[],
    options: PreviewOptions,
  ) => (await import("./privacy_preview.ts")).privacyPreview(db, rules, options),
  // Loaded when something is erased, which most workers never see.
  previewErasure: async (db: DatabaseSync, request: ErasureRequest, dataDir: string) =>
    (await import("./erasure_copies.ts")).previewErasure(db, request, dataDir),
  rewriteCopy: async (_: DatabaseSync, path: string, request: ErasureRequest, dataDir: string) =>
    (await import("./erasure_copies.ts")).rewriteCopy(path, request, dataDir),
  timelineLanes,
  // Loaded when somebody looks at rules.
  rulesPreview: async (db: DatabaseSync, rules: readonly Rule[], inForce: RulesInForce) =>
    (await import("./rules_preview.ts")).rulesPreview(db, rules, inForce),
  top,
  topAppsAndCategories,
  // Loaded when somebody looks at trends.
  trends: async (db: DatabaseSync, query: TrendsQuery) =>
    (await import("./trends.ts")).trends(db, query),
  uncategorised: async (
    db: DatabaseSync,
    rules: readonly Rule[],
    question: UncategorisedQuestion,
  ) => (await import("./uncategorised.ts")).uncategorised(db, rules, question),
};

export type Calls = typeof CALLS;
export type Call = { readonly id: number; readonly name: keyof Calls; readonly args: unknown[] };
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly message: string; readonly errcode?: number };
type Order = { readonly path: string } | { readonly close: true };

let db: DatabaseSync | undefined;
let path = "";
/** Calls under way: some give others their turn in between. */
const running = new Set<Promise<void>>();

self.onmessage = async ({ data }: MessageEvent<Order | Call>) => {
  if ("path" in data) {
    path = data.path;
    return;
  }
  if ("close" in data) {
    db?.close();
    // What runs on a connection of its own ends at its next turn, and closes it.
    await Promise.all(running);
    self.postMessage({ closed: true });
    return;
  }
  const call = answer(data);
  running.add(call);
  await call;
  running.delete(call);
};

async function answer({ id, name, args }: Call): Promise<void> {
  try {
    db ??= openReader(path);
    const call = CALLS[name] as (db: DatabaseSync, ...args: unknown[]) => unknown;
    const value = await call(db, ...args);
    // A page's bytes are moved, not copied.
    const bytes = (value as { text?: unknown } | undefined)?.text;
    const transfer = bytes instanceof Uint8Array ? [bytes.buffer as ArrayBuffer] : [];
    self.postMessage({ id, value } satisfies Answer, transfer);
  } catch (error) {
    const { message } = error as Error;
    self.postMessage({ id, message, errcode: sqliteCode(error) } satisfies Answer);
  }
}
