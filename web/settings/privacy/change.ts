/**
 * Changes the privacy rules as they are now, not as this page read them a while ago.
 * @module
 */
import type { PrivacyRule } from "../../../daemon/core/privacy.ts";
import type { Api } from "../../api.ts";
import { placeOf, withMoved, withRule } from "./rules.ts";

/** A rule where this page saw it. */
export interface SeenRule {
  readonly rule: PrivacyRule;
  readonly index: number;
}

/** What is to be done to the list. */
export type RuleChange =
  | { readonly kind: "add"; readonly rule: PrivacyRule; readonly index?: number }
  | { readonly kind: "replace"; readonly seen: SeenRule; readonly rule: PrivacyRule }
  | { readonly kind: "remove"; readonly seen: SeenRule }
  | { readonly kind: "move"; readonly seen: SeenRule; readonly by: 1 | -1 };

/** The list after a change. @throws {Error} when the rule that is meant is there no more. */
export function changedRules(rules: readonly PrivacyRule[], change: RuleChange): PrivacyRule[] {
  if (change.kind === "add") {
    const { rule, index = rules.length } = change;
    return rules.toSpliced(Math.min(index, rules.length), 0, rule);
  }
  const index = placeOf(rules, change.seen.rule, change.seen.index);
  if (index === undefined) {
    throw new Error("This rule was changed or removed elsewhere; the list is read again");
  }
  switch (change.kind) {
    case "replace":
      return withRule(rules, change.rule, index);
    case "remove":
      return rules.toSpliced(index, 1);
    case "move": {
      const to = Math.min(rules.length - 1, Math.max(0, index + change.by));
      return withMoved(rules, index, to);
    }
  }
}

/** Stores a change; the rules as they are then. @throws {ApiError}, and as {@linkcode changedRules}. */
export async function changeRules(api: Api, change: RuleChange): Promise<PrivacyRule[]> {
  const rules = await api.get<PrivacyRule[]>("/privacy");
  return await api.send<PrivacyRule[]>("PUT", "/privacy", changedRules(rules, change));
}
