import * as z from "zod";
import type { Classification, ClassTotals, Span, Subject } from "../core/types.ts";
import type { ApiDeps } from "./deps.ts";
import { lastDays, rangeFields, spanOfRange } from "./period.ts";
import { route } from "./route.ts";
import { MAX_RULES_BYTES, parsedRules } from "./rules.ts";
import { classSchema, iso, queryInteger, seconds, timesSchema, toWireTimes } from "./wire.ts";

/** What judging the past by other rules comes to. */
export interface RulesPreview {
  readonly before: ClassTotals;
  readonly after: ClassTotals;
  readonly subjects: number;
  readonly ms: number;
  readonly top: readonly {
    readonly subject: Subject;
    readonly before: Classification;
    readonly after: Classification;
    readonly ms: number;
  }[];
  readonly uses: readonly { readonly subjects: number; readonly ms: number }[];
}

export interface UncategorisedQuestion {
  readonly span: Span;
  readonly by: "title" | "place";
  readonly limit: number;
}

/** The time that no rule knows. */
export interface Uncategorised {
  readonly activeMs: number;
  readonly ms: number;
  readonly items: number;
  readonly top: readonly (Subject & {
    readonly host?: string;
    readonly subjects: number;
    readonly ms: number;
  })[];
}

const judgementSchema = () => z.object({ class: classSchema(), category: z.string().nullable() });
const subjectSchema = () =>
  z.object({
    app: z.string().nullable(),
    title: z.string().nullable(),
    url: z.string().nullable(),
  });
const previewSchema = () =>
  z.object({
    before: timesSchema(),
    after: timesSchema(),
    subjects: z.number().int().describe(
      "how many different ones would be judged otherwise; the 50 with the most time follow",
    ),
    seconds: z.number(),
    top: z.array(z.object({
      ...subjectSchema().shape,
      seconds: z.number(),
      before: judgementSchema(),
      after: judgementSchema(),
    })),
    uses: z.array(z.object({ subjects: z.number().int(), seconds: z.number() })).describe(
      "what each rule decides, in their order",
    ),
  });
export type WireRulesPreview = z.infer<ReturnType<typeof previewSchema>>;

const uncategorisedSchema = () =>
  z.object({
    from: z.string(),
    to: z.string(),
    active_seconds: z.number().describe("all time in which somebody was there"),
    seconds: z.number().describe("what of it no rule knows"),
    count: z.number().int(),
    items: z.array(z.object({
      ...subjectSchema().shape,
      host: z.string().nullable(),
      subjects: z.number().int(),
      seconds: z.number(),
    })),
  });
export type WireUncategorised = z.infer<ReturnType<typeof uncategorisedSchema>>;

export function rulePreviewRoutes(deps: ApiDeps) {
  const { rules } = deps;
  return [
    route({
      method: "POST",
      path: "/rules/preview",
      access: "token",
      tag: "Rules",
      summary: "What your rules, or others, would change of the past; nothing is changed",
      body: () => z.strictObject({ rules: z.array(z.unknown()).optional() }),
      maxBodyBytes: MAX_RULES_BYTES,
      reply: () => previewSchema(),
      handle: async ({ body }) =>
        toWirePreview(
          await rules.preview(body.rules === undefined ? undefined : parsedRules(body.rules)),
        ),
    }),
    route({
      method: "GET",
      path: "/activity/uncategorised",
      access: "free",
      tag: "Rules",
      summary:
        "The time that no rule knows, by title or by site and program; the last 7 days if nothing is named",
      query: () =>
        z.object({
          ...rangeFields(),
          days: queryInteger(1, 36_500).default(7),
          by: z.enum(["title", "place"]).default("title"),
          limit: queryInteger(1, 500).default(50),
        }),
      reply: () => uncategorisedSchema(),
      handle: async ({ query }) => {
        const span = spanOfRange(query, lastDays(query.days, deps));
        const found = await rules.uncategorised({ span, by: query.by, limit: query.limit });
        return toWireUncategorised(span, found);
      },
    }),
  ];
}

function toWirePreview({ before, after, subjects, ms, top, uses }: RulesPreview): WireRulesPreview {
  return {
    before: toWireTimes(before),
    after: toWireTimes(after),
    subjects,
    seconds: seconds(ms),
    top: top.map((each) => ({
      ...toWireSubject(each.subject),
      seconds: seconds(each.ms),
      before: toWireJudgement(each.before),
      after: toWireJudgement(each.after),
    })),
    uses: uses.map((use) => ({ subjects: use.subjects, seconds: seconds(use.ms) })),
  };
}

function toWireUncategorised(span: Span, found: Uncategorised): WireUncategorised {
  return {
    from: iso(span.startMs),
    to: iso(span.endMs),
    active_seconds: seconds(found.activeMs),
    seconds: seconds(found.ms),
    count: found.items,
    items: found.top.map((item) => ({
      ...toWireSubject(item),
      host: item.host ?? null,
      subjects: item.subjects,
      seconds: seconds(item.ms),
    })),
  };
}

function toWireSubject({ app, title, url }: Subject) {
  return { app: app ?? null, title: title ?? null, url: url ?? null };
}

function toWireJudgement({ class: cls, category }: Classification) {
  return { class: cls, category: category ?? null };
}
