import * as z from "zod";
import { parsePrivacyRules, PRIVACY_ACTIONS, type PrivacyRule } from "../core/privacy.ts";
import type { Subject } from "../core/types.ts";
import type { ApiDeps } from "./deps.ts";
import { HttpError } from "./errors.ts";
import { route } from "./route.ts";
import { seconds } from "./wire.ts";

/** The privacy rules. */
export interface PrivacyPort {
  /** Those in force. @throws {UnavailableError} when they could not be read. */
  readonly rules: readonly PrivacyRule[];
  /** Resolves once they are stored, and nothing is stored any more that has not gone through them. */
  replace(rules: readonly PrivacyRule[]): Promise<void>;
  /** What would be known of a subject, by `rules` or by those in force. */
  test(subject: Subject, rules: readonly PrivacyRule[] | undefined): Promise<PrivacyVerdict>;
  /** What `rules`, or those in force, would change of what was recorded. */
  preview(rules: readonly PrivacyRule[] | undefined): Promise<PrivacyPreview>;
  /** What of an imported subject may be stored; `undefined`: nothing. */
  filterSubject(subject: Subject): Subject | undefined;
}

export interface PrivacyVerdict {
  readonly action: PrivacyRule["action"] | undefined;
  /** The rules that match; numbers count from 1. */
  readonly matching: readonly { readonly number: number; readonly rule: PrivacyRule }[];
  /** A private window of a browser: known by its app alone, without any rule. */
  readonly isPrivateWindow: boolean;
  /** `undefined`: nothing. */
  readonly stored: Subject | undefined;
}

export interface PrivacyPreview {
  readonly events: number;
  readonly ms: number;
  readonly subjects: number;
  readonly top: readonly {
    readonly before: Subject;
    readonly after: Subject | undefined;
    readonly action: PrivacyRule["action"];
    readonly events: number;
    readonly ms: number;
  }[];
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;

const actionSchema = () => z.enum(PRIVACY_ACTIONS);
const ruleSchema = () =>
  z.object({
    match: z.enum(["app", "title", "url"]),
    regex: z.string().optional(),
    exact: z.string().optional(),
    action: actionSchema(),
  });
const text = () => z.string().max(10_000).optional();
const subjectSchema = () =>
  z.object({
    app: z.string().nullable(),
    title: z.string().nullable(),
    url: z.string().nullable(),
  });
const verdictSchema = () =>
  z.object({
    action: actionSchema().nullable().describe("null: it is stored as it is"),
    rules: z.array(z.object({ number: z.number().int(), ...ruleSchema().shape })),
    private_window: z.boolean(),
    stored: subjectSchema().nullable().describe("null: nothing is"),
  });
export type WirePrivacyVerdict = z.infer<ReturnType<typeof verdictSchema>>;

const previewSchema = () =>
  z.object({
    events: z.number().int(),
    seconds: z.number(),
    subjects: z.number().int().describe(
      "how many different ones; the 50 with the most time follow",
    ),
    top: z.array(z.object({
      action: actionSchema(),
      before: subjectSchema(),
      after: subjectSchema().nullable().describe("null: the events would be gone"),
      events: z.number().int(),
      seconds: z.number(),
    })),
  });
export type WirePrivacyPreview = z.infer<ReturnType<typeof previewSchema>>;

export function privacyRoutes({ privacy }: ApiDeps) {
  const rulesOf = (body: { readonly rules?: unknown }) =>
    body.rules === undefined ? undefined : parsed(body.rules);
  return [
    route({
      method: "GET",
      path: "/privacy",
      access: "token",
      tag: "Privacy",
      summary: "Your privacy rules; of all that match, the strictest counts",
      reply: () => z.array(ruleSchema()),
      handle: () => privacy.rules,
    }),
    route({
      method: "PUT",
      path: "/privacy",
      access: "token",
      tag: "Privacy",
      summary: "Replaces your privacy rules; once it answers, nothing is stored that they hide",
      body: () => z.array(z.unknown()),
      maxBodyBytes: MAX_BODY_BYTES,
      reply: () => z.array(ruleSchema()),
      handle: async ({ body }) => {
        await privacy.replace(parsed(body));
        return privacy.rules;
      },
    }),
    route({
      method: "POST",
      path: "/privacy/test",
      access: "token",
      tag: "Privacy",
      summary: "What would be stored of a window, by your rules or by others",
      body: () =>
        z.strictObject({
          app: text(),
          title: text(),
          url: text(),
          rules: z.array(z.unknown()).optional(),
        }),
      maxBodyBytes: MAX_BODY_BYTES,
      reply: () => verdictSchema(),
      handle: async ({ body }) => {
        const { rules: _, ...subject } = body;
        return toWireVerdict(await privacy.test(subject, rulesOf(body)));
      },
    }),
    route({
      method: "POST",
      path: "/privacy/preview",
      access: "token",
      tag: "Privacy",
      summary: "What your rules, or others, would change of what was recorded; nothing is changed",
      body: () => z.strictObject({ rules: z.array(z.unknown()).optional() }),
      maxBodyBytes: MAX_BODY_BYTES,
      reply: () => previewSchema(),
      handle: async ({ body }) => toWirePreview(await privacy.preview(rulesOf(body))),
    }),
  ];
}

function toWireVerdict(
  { action = null, matching, isPrivateWindow, stored }: {
    action?: PrivacyVerdict["action"] | null;
  } & Omit<PrivacyVerdict, "action">,
): WirePrivacyVerdict {
  return {
    action,
    rules: matching.map(({ number, rule }) => ({ number, ...rule })),
    private_window: isPrivateWindow,
    stored: toWireSubject(stored),
  };
}

function toWirePreview({ events, ms, subjects, top }: PrivacyPreview): WirePrivacyPreview {
  return {
    events,
    seconds: seconds(ms),
    subjects,
    top: top.map(({ before, after, action, ...times }) => ({
      action,
      before: toWireSubject(before)!,
      after: toWireSubject(after),
      events: times.events,
      seconds: seconds(times.ms),
    })),
  };
}

function toWireSubject(subject: Subject | undefined) {
  if (!subject) return null;
  return { app: subject.app ?? null, title: subject.title ?? null, url: subject.url ?? null };
}

/** The rules' own parser decides; its TypeError is the caller's mistake here, not ours. */
function parsed(body: unknown): PrivacyRule[] {
  try {
    return parsePrivacyRules(body);
  } catch (error) {
    if (error instanceof TypeError) throw new HttpError(400, "wrong_shape", error.message);
    throw error;
  }
}
