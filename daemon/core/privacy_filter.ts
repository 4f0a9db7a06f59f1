/**
 * Privacy rules, ready to be applied: to the window in front, and to what was recorded before.
 *
 * ```text
 * seen ──> private window? ──┐
 *      ──> rules that match ─┴─> the strictest: hash_title < drop_title < drop_event ──> what may be known
 * ```
 * What comes out may go in again without becoming something else.
 * @module
 */
import { type PrivacyAction, type PrivacyRule, stricter } from "./privacy.ts";
import { browserOf, hasPrivateMark } from "./private_window.ts";
import { compileRules, wholeFormsOf } from "./rule_pattern.ts";
import type { Subject } from "./types.ts";

/** Makes titles unrecognisable, the same the same. */
export interface TitleHasher {
  /** "#" and 16 hexadecimal digits. */
  hash(title: string): string;
  /** Whether a text is one that it made, and no title that looks so. */
  isHash(text: string): boolean;
}

/** What is filtered: a subject, or a window that may have been seen to be private. */
export type Filtered = Subject & { readonly isPrivate?: boolean };

/** What is done to a subject, and why. */
export interface PrivacyDecision {
  /** `undefined`: it may be known as it is. */
  readonly action: PrivacyAction | undefined;
  /** The rules that match, by their place in the list, from 0. */
  readonly matching: readonly number[];
  /** Whether it is a private window of a browser. */
  readonly isPrivateWindow: boolean;
}

export interface PrivacyFilter {
  readonly rules: readonly PrivacyRule[];
  decide(subject: Filtered): PrivacyDecision;
  /** What may be known of it, its other fields as they are; `undefined`: nothing. */
  apply<S extends Filtered>(subject: S): S | undefined;
  /**
   * Whether any rule matches, or it is a private window, or what rules would look at is not known: a window
   * that has not told its title yet may be any.
   */
  mayBePrivate(window: Filtered): boolean;
}

export interface PrivacyFilterOptions {
  /** Hashes titles; without one they are dropped. */
  readonly hasher?: TitleHasher;
  /** Drop every title: the rules are not all known. @default false */
  readonly dropAllTitles?: boolean;
}

/**
 * The rules ready to be applied.
 * @throws {RangeError} when a regular expression is malformed, unsupported or too large, naming the rule.
 */
export async function compilePrivacy(
  rules: readonly PrivacyRule[],
  { hasher, dropAllTitles = false }: PrivacyFilterOptions = {},
): Promise<PrivacyFilter> {
  const compiled = await compileRules(rules, "privacy rule");
  const looksAt = new Set(rules.map(({ match }) => match));

  const decide = (subject: Filtered): PrivacyDecision => {
    const { app, title } = subject;
    const isHash = title !== undefined && hasher?.isHash(title) === true;
    // A hash is no title: what is known of it is known.
    const forms = wholeFormsOf(isHash ? { ...subject, title: undefined } : subject, looksAt);
    const matching: number[] = [];
    const isPrivateWindow = subject.isPrivate === true ||
      hasPrivateMark(app, isHash ? undefined : title);
    let action: PrivacyAction | undefined = isPrivateWindow || dropAllTitles
      ? "drop_title"
      : undefined;
    for (const [index, { rule, fits }] of compiled.entries()) {
      if (!fits(forms)) continue;
      matching.push(index);
      action = stricter(action, rule.action);
    }
    return { action, matching, isPrivateWindow };
  };
  return {
    rules,
    decide,
    apply: (subject) => applyAction(subject, decide(subject).action, hasher),
    mayBePrivate(window) {
      if (dropAllTitles || isUnknown(window, looksAt)) return true;
      const { action, isPrivateWindow } = decide(window);
      return action !== undefined || isPrivateWindow;
    },
  };
}

/** What two filters leave, both asked about what was seen. */
export function unite(a: PrivacyFilter, b: PrivacyFilter): PrivacyFilter {
  const stricterFor = (subject: Filtered) => {
    const { action } = a.decide(subject);
    return action !== undefined && stricter(action, b.decide(subject).action) === action ? a : b;
  };
  return {
    rules: [...a.rules, ...b.rules],
    decide: (subject) => stricterFor(subject).decide(subject),
    apply: (subject) => stricterFor(subject).apply(subject),
    mayBePrivate: (window) => a.mayBePrivate(window) || b.mayBePrivate(window),
  };
}

function applyAction<S extends Subject>(
  subject: S,
  action: PrivacyAction | undefined,
  hasher: TitleHasher | undefined,
): S | undefined {
  if (action === undefined) return subject;
  if (action === "drop_event") return undefined;
  const { title, url: _, ...rest } = subject;
  const hashed = action === "hash_title" && title !== undefined && hasher !== undefined;
  if (!hashed) return rest as S;
  return { ...rest, title: hasher.isHash(title) ? title : hasher.hash(title) } as S;
}

/** Whether a rule, or the look for private windows, would need what is not known of a window. */
function isUnknown(
  { app, title, url }: Subject,
  looksAt: ReadonlySet<PrivacyRule["match"]>,
): boolean {
  const isBrowser = app === undefined || browserOf(app) !== undefined;
  return app === undefined && (title === undefined || looksAt.has("app")) ||
    title === undefined && (isBrowser || looksAt.has("title")) ||
    url === undefined && isBrowser && looksAt.has("url");
}
