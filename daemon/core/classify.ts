/**
 * Judges subjects: by the user's rules in their order, else by the default pack.
 * @module
 */
import { findDefault, type Found } from "./default_rules/find.ts";
import { PACK_DIGEST } from "./default_rules/pack.ts";
import { type CompiledRule, compileRules, formsOf } from "./rule_pattern.ts";
import type { Rule } from "./rules.ts";
import type { Classification, Subject } from "./types.ts";

/** Counts up when the same rules come to judge differently (other cleaning of titles, say). */
const METHOD = 1;

/** Changes with the default pack and its method: what was judged by another one is judged again. */
export const RULES_VERSION = `${METHOD}-${PACK_DIGEST}`;

/** A judgement and where it comes from; without a rule the subject is neutral, without category. */
export interface Explanation {
  readonly classification: Classification;
  /** A default rule is given for the one name that decided, without the others of its group. */
  readonly rule?: Rule;
  readonly origin: "user" | "default" | undefined;
}

export interface Classifier {
  classify(subject: Subject): Classification;
  explain(subject: Subject): Explanation;
}

/** How many subjects one generation of the memory holds, and the longest text that is kept. */
const MEMO_ENTRIES = 2_048;
const MEMO_CHARS = 2_000;

const UNKNOWN: Classification = Object.freeze({ class: "neutral" });

/**
 * A classifier by the user's rules, in order, before the default pack. Judgements are remembered
 * per distinct (app, title, url), those not used for long forgotten first.
 * @throws {RangeError} when a regular expression of a rule cannot be used; see `compileRules()`.
 */
export async function createClassifier(userRules: readonly Rule[]): Promise<Classifier> {
  const rules = await compileRules(userRules);
  // Two generations: when the young one is full it becomes the old one, whose entries are taken
  // over when they are used. A list in order of use would have to change at every hit.
  let young = new Map<string, Classification>();
  let old = young;
  return {
    classify(subject) {
      const key = `${subject.app ?? "\0"}\0${subject.title ?? "\0"}\0${subject.url ?? "\0"}`;
      const known = young.get(key);
      if (known !== undefined) return known;
      const classification = old.get(key) ?? judge(rules, subject).classification;
      if (key.length > MEMO_CHARS) return classification;
      if (young.size >= MEMO_ENTRIES) {
        old = young;
        young = new Map();
      }
      young.set(key, classification);
      return classification;
    },
    explain: (subject) => judge(rules, subject),
  };
}

function judge(rules: readonly CompiledRule[], subject: Subject): Explanation {
  if (rules.length > 0) {
    const forms = formsOf(subject);
    const rule = rules.find((rule) => rule.fits(forms))?.rule;
    if (rule !== undefined) return { classification: said(rule), rule, origin: "user" };
  }
  const found: Found | undefined = findDefault(subject);
  if (found === undefined) return { classification: UNKNOWN, origin: undefined };
  return { classification: found.classification, rule: found.rule(), origin: "default" };
}

function said(rule: Rule): Classification {
  return rule.category === undefined
    ? { class: rule.class }
    : { class: rule.class, category: rule.category };
}
