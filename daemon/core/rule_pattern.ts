/**
 * Compiles rules of the user. Their regular expressions run in re2js, RE2 in plain JavaScript: it
 * builds an automaton and reads each character once, so that no pattern backtracks; what would need
 * backtracking (lookaround, back-references) it refuses when it is compiled. A checker in front of
 * the built-in engine was the other way, but has to guess which patterns are slow. The price of one
 * step still grows with the automaton's size, so that size is limited too, and texts are shortened.
 *
 * re2js costs 6 ms and 4.6 MB to load: it is loaded only when a rule needs it. A pattern of plain
 * words does not.
 * @module
 */
import type { Rule } from "./rules.ts";
import {
  appForms,
  cleaned,
  foldedUrl,
  MAX_TEXT_CHARS,
  pageTitle,
  shortened,
} from "./subject_forms.ts";
import type { Subject } from "./types.ts";

/** How large the automata may grow: of one rule, and of all together. */
export const PROGRAM_LIMITS = { rule: 1_000, all: 50_000 } as const;

/** What the rules are tried on, for one subject: the observed texts and their cleaned forms. */
export type Forms = Readonly<Record<Rule["match"], readonly string[]>>;

/** What a rule looks for, whatever is done to what it finds. */
export type Pattern = Pick<Rule, "match" | "regex" | "exact">;

/** A rule that is ready to be tried. */
export interface CompiledRule<R extends Pattern = Rule> {
  readonly rule: R;
  fits(forms: Forms): boolean;
}

const EVERYTHING: ReadonlySet<string> = new Set(["app", "title", "url"]);
const PLAIN_WORDS = /^[a-z0-9 _@,:;'"!&%#~<>=/-]+$/i;
/** Patterns compiled between two turns of the event loop. */
const BATCH = 100;

export function formsOf({ app, title, url }: Subject): Forms {
  return {
    app: app === undefined ? [] : unique([shortened(app), ...appForms(app)]),
    title: title === undefined ? [] : unique([shortened(title), pageTitle(title)]),
    url: url === undefined ? [] : unique([url.slice(0, MAX_TEXT_CHARS), foldedUrl(url)]),
  };
}

/**
 * What rules are tried on that say what may be known, or is to go: the whole of each text, however long, as what stands
 * in its middle is to be found too; and however its letters are composed, as a pattern is as somebody typed it.
 */
export function wholeFormsOf(
  { app, title, url }: Subject,
  looksAt: ReadonlySet<string> = EVERYTHING,
): Forms {
  const forms = (text: string | undefined, match: string, of: (text: string) => string[]) =>
    text === undefined || !looksAt.has(match) ? [] : unique(composedOrNot([text, ...of(text)]));
  return {
    app: forms(app, "app", appForms),
    title: forms(title, "title", (text) => [cleaned(text), pageTitle(text, { whole: true })]),
    url: forms(url, "url", (text) => [cleaned(text), foldedUrl(text)]),
  };
}

/** A text that somebody wrote, as {@linkcode wholeFormsOf} has a title. */
export function textForms(text: string): string[] {
  return unique(composedOrNot([text, cleaned(text)]));
}

function composedOrNot(forms: readonly string[]): string[] {
  return forms.flatMap((form) => {
    const decomposed = form.normalize("NFD");
    return decomposed === form ? [form] : [form, decomposed];
  });
}

/**
 * The rules ready to be tried, in the same order; errors call one of them `name`.
 * @throws {RangeError} when a regular expression is malformed, unsupported or too large:
 * `Cannot use rule 3: "regex" is "(": missing closing ): ...`, counted from 1.
 */
export async function compileRules<R extends Pattern>(
  rules: readonly R[],
  name = "rule",
): Promise<CompiledRule<R>[]> {
  const compiled: CompiledRule<R>[] = [];
  let size = 0;
  for (const [index, rule] of rules.entries()) {
    const plain = plainRule(rule);
    if (plain !== undefined) {
      compiled.push(plain);
      continue;
    }
    if (index % BATCH === BATCH - 1) await new Promise((resolve) => setTimeout(resolve));
    const { RE2JS } = await import("re2js");
    const wrong = `Cannot use ${name} ${index + 1}: "regex" is "${shownPattern(rule.regex!)}":`;
    let pattern: InstanceType<typeof RE2JS>;
    try {
      pattern = RE2JS.compile(rule.regex!, RE2JS.CASE_INSENSITIVE);
    } catch (error) {
      throw new RangeError(`${wrong} ${reason(error)}`, { cause: error });
    }
    if (pattern.programSize() > PROGRAM_LIMITS.rule) {
      throw new RangeError(
        `${wrong} it needs ${pattern.programSize()} steps, at most ${PROGRAM_LIMITS.rule} are allowed`,
      );
    }
    size += pattern.programSize();
    if (size > PROGRAM_LIMITS.all) {
      throw new RangeError(
        `${wrong} with it all rules need ${size} steps, at most ${PROGRAM_LIMITS.all} are allowed`,
      );
    }
    compiled.push({ rule, fits: (forms) => forms[rule.match].some((form) => pattern.test(form)) });
  }
  return compiled;
}

function plainRule<R extends Pattern>(rule: R): CompiledRule<R> | undefined {
  if (rule.exact !== undefined) {
    const exact = [rule.exact.trim().toLowerCase(), cleaned(rule.exact)];
    const names = rule.match === "app" ? exact.map((text) => text.replace(/\.exe$/, "")) : [];
    const wanted = new Set([...exact, ...names]);
    return {
      rule,
      fits: (forms) => forms[rule.match].some((form) => wanted.has(form.trim().toLowerCase())),
    };
  }
  if (!PLAIN_WORDS.test(rule.regex!)) return undefined;
  const words = rule.regex!.toLowerCase();
  return {
    rule,
    fits: (forms) => forms[rule.match].some((form) => form.toLowerCase().includes(words)),
  };
}

function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^error parsing regexp: /, "").slice(0, 200);
}

function shownPattern(pattern: string): string {
  return pattern.length > 60 ? pattern.slice(0, 60) + "…" : pattern;
}

function unique(forms: string[]): string[] {
  return [...new Set(forms)];
}
