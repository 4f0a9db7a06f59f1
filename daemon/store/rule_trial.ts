/**
 * Judges stored subjects by rules that are not in force, as judging the past again would.
 * @module
 */
import { type CompiledRule, compileRules, type Forms, formsOf } from "../core/rule_pattern.ts";
import type { Rule } from "../core/rules.ts";
import type { ActivityClass, Classification, Subject } from "../core/types.ts";

/** A stored subject with its judgement. */
export interface JudgedRow {
  readonly id: number;
  readonly app: string;
  readonly title: string;
  readonly url: string;
  readonly class: ActivityClass;
  readonly category: string | null;
  /** Names the rules that it was judged by. */
  readonly rules: string;
}

/** The rules in force, and their name. */
export interface RulesInForce {
  readonly rules: readonly Rule[];
  readonly version: string;
}

/** What would be said of a subject. */
export interface Verdict {
  readonly classification: Classification;
  /** The place among the tried rules of the one that decides; `undefined`: it is none of them. */
  readonly index: number | undefined;
}

const UNKNOWN: Classification = { class: "neutral" };
type FindDefault = typeof import("../core/default_rules/find.ts").findDefault;

export class RuleTrial {
  #findDefault: FindDefault | undefined;

  private constructor(
    private readonly tried: readonly CompiledRule[],
    private readonly places: ReadonlyMap<CompiledRule, number>,
    private readonly current: readonly CompiledRule[],
    private readonly version: string,
  ) {}

  /** @throws {RangeError} when a pattern cannot be used; see `compileRules()`. */
  static async create(rules: readonly Rule[], inForce: RulesInForce): Promise<RuleTrial> {
    const tried = await compileRules(rules);
    const current = await compileRules(inForce.rules);
    const places = new Map(tried.map((rule, index) => [rule, index]));
    return new RuleTrial(tried, places, current, inForce.version);
  }

  /**
   * Judges a subject. What neither list of rules knows is as it was: the default pack, which is slow to load and slower
   * than both, says of it what it said before.
   */
  async judge(row: JudgedRow): Promise<Verdict> {
    const subject = subjectOf(row);
    const forms = formsOf(subject);
    const rule = fitting(this.tried, forms);
    if (rule) return { classification: said(rule.rule), index: this.places.get(rule) };
    if (row.rules === this.version && !fitting(this.current, forms)) {
      return { classification: storedClassification(row), index: undefined };
    }
    this.#findDefault ??= (await import("../core/default_rules/find.ts")).findDefault;
    return {
      classification: this.#findDefault(subject)?.classification ?? UNKNOWN,
      index: undefined,
    };
  }
}

/** A row's texts. */
export function subjectOf({ app, title, url }: Omit<JudgedRow, "id">): Subject {
  return { app: app || undefined, title: title || undefined, url: url || undefined };
}

/** The judgement that a row has. */
export function storedClassification(row: JudgedRow): Classification {
  return { class: row.class, category: row.category ?? undefined };
}

function fitting(rules: readonly CompiledRule[], forms: Forms): CompiledRule | undefined {
  return rules.find((rule) => rule.fits(forms));
}

function said({ class: cls, category }: Rule): Classification {
  return { class: cls, category };
}
