/**
 * What is to be erased: a span of time, what a text or a pattern names, what the privacy rules would have kept
 * out, or everything. Pure; the database, its copies and their preview all ask the same judge.
 * @module
 */
import type { PrivacyRule } from "./privacy.ts";
import type { PrivacyFilter } from "./privacy_filter.ts";
import { compileRules, textForms, wholeFormsOf } from "./rule_pattern.ts";
import type { Rule } from "./rules.ts";
import { cleaned } from "./subject_forms.ts";
import type { Span, Subject } from "./types.ts";

/** Texts that all have to fit: as a whole in any case, or as patterns that occur in them. */
export interface SubjectPattern extends Subject {
  readonly isRegex: boolean;
}

/**
 * What somebody asked for, as it is kept until it is done everywhere. Times are UTC; nothing after the asking is
 * erased.
 */
export interface ErasureRequest {
  readonly span: Span;
  /**
   * All that is recorded, besides events: for `all`, for a span without a pattern, and for what has become too old,
   * `age`, which nobody asked to take back.
   */
  readonly kind: "all" | "time" | "age" | "subject" | "privacy";
  readonly subject?: SubjectPattern;
  readonly rules?: readonly PrivacyRule[];
}

/** What is asked for, as it comes from outside. */
export interface ErasureWish {
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly app?: string;
  readonly title?: string;
  readonly url?: string;
  readonly regex?: boolean;
  readonly privacy?: boolean;
  readonly all?: boolean;
}

/** What becomes of a subject: it stays, it goes, or it is told otherwise. */
export type Fate = "stays" | "goes" | Subject;

/** A request that is ready to be applied. */
export interface Eraser {
  readonly request: ErasureRequest;
  /** Whether whatever lies in the span is meant, be it what it may. */
  readonly isWhole: boolean;
  fateOf(subject: Subject): Fate;
  /** Whether what is told besides a subject may be what is meant. */
  concerns(subject: Subject): boolean;
  /** Whether a text that somebody wrote names what is erased. */
  names(text: string): boolean;
}

/** Privacy rules, compiled. */
export type SubjectFilter = Pick<PrivacyFilter, "apply" | "decide">;

/** Before anything that can have been recorded; the end of all time is when it was asked. */
const BEGIN_MS = -8_640_000_000_000_000;

/**
 * The request that a wish comes to.
 * @param newestMs The end of the newest event: a clock that was set back has some ahead of it.
 * @throws {TypeError} when it names nothing, or too much; {RangeError} for a span that is none.
 */
export function erasureOf(
  wish: ErasureWish,
  { nowMs, newestMs, rules }: {
    readonly nowMs: number;
    readonly newestMs: number | undefined;
    readonly rules: readonly PrivacyRule[];
  },
): ErasureRequest {
  const { app, title, url, fromMs, toMs } = wish;
  const hasText = [app, title, url].some((text) => text !== undefined);
  const hasTime = fromMs !== undefined || toMs !== undefined;
  const ways = [hasText, wish.privacy === true, wish.all === true].filter(Boolean).length;
  if (ways > 1) {
    throw new TypeError("Cannot erase: texts, privacy and all exclude one another");
  }
  if (ways === 0 && !hasTime) {
    throw new TypeError(
      "Cannot erase: name a time (from, to), a text (app, title, url), privacy, or all",
    );
  }
  if (wish.all && hasTime) throw new TypeError("Cannot erase all of a time: leave out all");
  if (wish.regex && !hasText) throw new TypeError("Cannot erase by a pattern that is not given");
  for (const [name, text] of Object.entries({ app, title, url })) {
    if (text?.trim() === "") throw new RangeError(`Cannot erase by "${name}": it is empty`);
  }
  const lastMs = Math.max(nowMs, newestMs ?? nowMs);
  const span = { startMs: fromMs ?? BEGIN_MS, endMs: Math.min(toMs ?? lastMs, lastMs) };
  if (span.endMs <= span.startMs) {
    throw new RangeError("Cannot erase: the end is not after the begin, or the time is to come");
  }
  if (wish.privacy) return { span, kind: "privacy", rules };
  if (wish.all) return { span, kind: "all" };
  if (!hasText) return { span, kind: "time" };
  const subject = { app, title, url, isRegex: wish.regex === true };
  return { span, kind: "subject", subject };
}

/**
 * A request ready to be applied.
 * @param filter The privacy rules of the request, compiled.
 * @throws {RangeError} for a pattern that cannot be used.
 */
export async function compileErasure(
  request: ErasureRequest,
  filter: (rules: readonly PrivacyRule[]) => Promise<SubjectFilter>,
): Promise<Eraser> {
  switch (request.kind) {
    case "all":
    case "time":
    case "age":
      return {
        ...{ request, isWhole: true },
        fateOf: () => "goes",
        concerns: () => true,
        names: () => false,
      };
    case "subject": {
      const { fits, names } = await compilePattern(request.subject!);
      return {
        ...{ request, isWhole: false },
        fateOf: (subject) => fits(subject) ? "goes" : "stays",
        concerns: fits,
        names,
      };
    }
    case "privacy": {
      const { apply, decide } = await filter(request.rules!);
      return {
        request,
        isWhole: false,
        fateOf: (subject) => {
          const after = apply<Subject>(subject);
          if (after === undefined) return "goes";
          const { app, title, url } = after;
          const isSame = app === subject.app && title === subject.title && url === subject.url;
          return isSame ? "stays" : { app, title, url };
        },
        concerns: (subject) => decide(subject).action !== undefined,
        // What somebody wrote down is nothing that was observed.
        names: () => false,
      };
    }
  }
}

async function compilePattern({ isRegex, ...texts }: SubjectPattern) {
  const rules: Rule[] = [];
  for (const match of ["app", "title", "url"] as const) {
    const text = texts[match];
    if (text === undefined) continue;
    rules.push({ match, [isRegex ? "regex" : "exact"]: text, class: "neutral" });
  }
  const compiled = await compileRules(rules);
  const fits = (subject: Subject) => {
    const forms = wholeFormsOf(subject);
    return compiled.every((rule) => rule.fits(forms));
  };
  // Programs are called what people write about too; titles and addresses are not.
  const telling = compiled.filter(({ rule }) => rule.match !== "app");
  const names = (text: string) => {
    const forms = textForms(text);
    return telling.some(({ rule, fits }) =>
      isRegex
        ? fits({ app: [], title: forms, url: forms })
        : cleaned(text).includes(cleaned(rule.exact!))
    );
  };
  return { fits, names };
}

/** Whether any text in a JSON value is a subject that goes or changes, or names one. */
export function holdsErased(value: unknown, eraser: Eraser): boolean {
  if (typeof value === "string") return eraser.names(value);
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => holdsErased(item, eraser));
  const { app, title, url } = value as Record<string, unknown>;
  const text = (field: unknown) => typeof field === "string" && field !== "" ? field : undefined;
  const subject = { app: text(app), title: text(title), url: text(url) };
  const isSubject = Object.values(subject).some((field) => field !== undefined);
  return isSubject && eraser.fateOf(subject) !== "stays" ||
    Object.values(value).some((field) => holdsErased(field, eraser));
}

/** What is longer ago than this, a step of the loop did not look at; it says how far it did. */
const LOOK_BACK_SLACK_MS = 300_000;
/** The longest that the loop looks back. */
export const MAX_LOOK_BACK_MS = 43_200_000 + LOOK_BACK_SLACK_MS;

/** How far back a step of the loop looked, by its words: "12 of 15 minutes on reddit.com". */
export function lookBackMs(explanation: string): number {
  let longestMs = 0;
  for (const [, number, unit] of explanation.matchAll(/(\d+(?:\.\d+)?) (minute|second)s?\b/g)) {
    longestMs = Math.max(longestMs, Number(number) * (unit === "minute" ? 60_000 : 1_000));
  }
  return Math.min(longestMs + LOOK_BACK_SLACK_MS, MAX_LOOK_BACK_MS);
}
