import * as z from "zod";
import { parseRules, type Rule } from "../core/rules.ts";
import type { ApiDeps } from "./deps.ts";
import { HttpError } from "./errors.ts";
import { route } from "./route.ts";
import { classSchema } from "./wire.ts";

/** How long a body with rules may be. */
export const MAX_RULES_BYTES = 8 * 1024 * 1024;

/** A rule as it goes over the wire. */
export const ruleSchema = () =>
  z.object({
    match: z.enum(["app", "title", "url"]),
    regex: z.string().optional(),
    exact: z.string().optional(),
    class: classSchema(),
    category: z.string().optional(),
  });
const progressSchema = () =>
  z.object({
    done: z.number().int(),
    total: z.number().int(),
    running: z.boolean(),
  });
const text = () => z.string().max(10_000).optional();

export function ruleRoutes({ rules }: ApiDeps) {
  return [
    route({
      method: "GET",
      path: "/rules",
      access: "token",
      tag: "Rules",
      summary: "Your rules, in the order in which they are tried",
      reply: () => z.array(ruleSchema()),
      handle: () => rules.rules,
    }),
    route({
      method: "PUT",
      path: "/rules",
      access: "token",
      tag: "Rules",
      summary: "Replaces your rules; the past is judged again in the background",
      body: () => z.array(z.unknown()),
      maxBodyBytes: MAX_RULES_BYTES,
      reply: () => z.object({ rules: z.array(ruleSchema()), reclassify: progressSchema() }),
      handle: async ({ body }) => {
        await rules.replace(parsedRules(body));
        return { rules: rules.rules, reclassify: rules.progress };
      },
    }),
    route({
      method: "GET",
      path: "/rules/default",
      access: "token",
      tag: "Rules",
      summary: "The rules that come with the program; yours come first",
      reply: () => z.array(ruleSchema()),
      handle: () => rules.defaults,
    }),
    route({
      method: "GET",
      path: "/rules/progress",
      access: "token",
      tag: "Rules",
      summary: "How far judging the past again has come",
      reply: () => progressSchema(),
      handle: () => rules.progress,
    }),
    route({
      method: "POST",
      path: "/rules/test",
      access: "token",
      tag: "Rules",
      summary: "How something would be judged, and by which rule",
      body: () => z.strictObject({ app: text(), title: text(), url: text() }),
      reply: () =>
        z.object({
          class: classSchema(),
          category: z.string().nullable(),
          rule: ruleSchema().nullable(),
          origin: z.enum(["user", "default"]).nullable(),
        }),
      handle: ({ body }) => {
        const { classification, rule, origin } = rules.explain(body);
        return {
          class: classification.class,
          category: classification.category ?? null,
          rule: rule ?? null,
          origin: origin ?? null,
        };
      },
    }),
  ];
}

/** The rules' own parser decides; its TypeError is the caller's mistake here, not ours. */
export function parsedRules(body: unknown): Rule[] {
  try {
    return parseRules(body);
  } catch (error) {
    if (error instanceof TypeError) throw new HttpError(400, "wrong_shape", error.message);
    throw error;
  }
}
