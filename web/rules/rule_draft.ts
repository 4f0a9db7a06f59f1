/**
 * A rule while it is being written.
 * @module
 */
import { parseRules, type Rule } from "../../daemon/core/rules.ts";
import { shortened } from "../../daemon/core/subject_forms.ts";
import type { ActivityClass, Subject } from "../../daemon/core/types.ts";
import type { Query } from "../router.ts";
import { proposals } from "./propose.ts";
import { HOWS_OF, patternOf, type Shape, shapeOf } from "./rule_shape.ts";
import { problemWords } from "./rule_words.ts";

export interface RuleDraft extends Shape {
  readonly class: ActivityClass;
  /** As it is typed; empty: none. */
  readonly category: string;
}

/** What a rule is made from: one of yours, a window, or nothing. */
export type DraftSource =
  | { readonly kind: "edit"; readonly index: number }
  | { readonly kind: "window"; readonly subject: Subject; readonly class?: ActivityClass }
  | { readonly kind: "blank" };

const CLASSES: readonly string[] = ["signal", "noise", "neutral"];
const BLANK: RuleDraft = {
  match: "title",
  how: "contains",
  text: "",
  class: "signal",
  category: "",
};

/** What the address says is being written; `undefined`: nothing is. */
export function sourceOf(query: URLSearchParams): DraftSource | undefined {
  const number = query.get("edit");
  if (number !== null && /^[1-9]\d{0,5}$/.test(number)) {
    return { kind: "edit", index: Number(number) - 1 };
  }
  const subject = {
    app: query.get("app") || undefined,
    title: query.get("title") || undefined,
    url: query.get("url") || undefined,
  };
  if (subject.app ?? subject.title ?? subject.url) {
    const wanted = query.get("class");
    const isClass = wanted !== null && CLASSES.includes(wanted);
    return { kind: "window", subject, class: isClass ? wanted as ActivityClass : undefined };
  }
  return query.has("new") ? { kind: "blank" } : undefined;
}

/** What the address says of a window: texts of a length that an address bears, which rules see as the whole. */
export function windowQuery(
  { app, title, url }: { [K in keyof Subject]: string | null },
  cls?: ActivityClass,
): Query {
  const short = (text: string | null | undefined) => text ? shortened(text) : undefined;
  return { app: short(app), title: short(title), url: short(url), class: cls };
}

/** Nothing is being written. */
export const NO_DRAFT: Query = {
  edit: undefined,
  new: undefined,
  app: undefined,
  title: undefined,
  url: undefined,
  class: undefined,
};

/** A window's rule before anything of it was chosen: whoever comes from a title wants it to count otherwise. */
export function draftOf(subject: Subject, now: ActivityClass | undefined): RuleDraft {
  const [shape = BLANK] = proposals(subject);
  return { ...BLANK, ...shape, class: now === "signal" ? "noise" : "signal" };
}

export function blankDraft(): RuleDraft {
  return BLANK;
}

/** A rule of yours, to be changed. */
export function draftOfRule(rule: Rule): RuleDraft {
  return { ...shapeOf(rule), class: rule.class, category: rule.category ?? "" };
}

/** The same draft looking at something else, in a way that there is for it. */
export function looking(draft: RuleDraft, match: Rule["match"]): RuleDraft {
  const hows = HOWS_OF[match];
  return { ...draft, match, how: hows.includes(draft.how) ? draft.how : hows[0] };
}

/** The rule that a draft is, or what is wrong with it, and where. */
export function checkDraft(
  draft: RuleDraft,
): { readonly rule: Rule } | { readonly field: "text" | "category"; readonly problem: string } {
  if (draft.text.trim() === "") return { field: "text", problem: "Write what to look for" };
  const category = draft.category.trim();
  const pattern = { ...patternOf(draft), class: draft.class };
  const text = parsed(pattern);
  if ("problem" in text) return { field: "text", ...text };
  const whole = category === "" ? text : parsed({ ...pattern, category });
  return "problem" in whole ? { field: "category", ...whole } : whole;
}

function parsed(rule: unknown): { readonly rule: Rule } | { readonly problem: string } {
  try {
    return { rule: parseRules([rule])[0] };
  } catch (error) {
    return { problem: problemWords((error as Error).message) };
  }
}
