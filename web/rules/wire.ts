/**
 * What the page reads and writes about rules.
 * @module
 */
import type { Rule } from "../../daemon/core/rules.ts";
import type { ActivityClass } from "../../daemon/core/types.ts";

export type { Rule } from "../../daemon/core/rules.ts";
export type { WireRulesPreview, WireUncategorised } from "../../daemon/api/rules_preview.ts";

/** `POST /rules/test`. */
export interface WireVerdict {
  readonly class: ActivityClass;
  readonly category: string | null;
  readonly rule: Rule | null;
  readonly origin: "user" | "default" | null;
}
