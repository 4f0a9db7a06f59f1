/**
 * Rules as a file: what is saved, and what is read again.
 * @module
 */
import { parseRules, type Rule } from "../../daemon/core/rules.ts";

/** The most that is read: what the daemon takes. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** The file's text: the JSON that `prodtracker rules list --json` prints. */
export function rulesText(rules: readonly Rule[]): string {
  return `${JSON.stringify(rules, null, 2)}\n`;
}

/** "prodtracker-rules-2026-01-31.json". */
export function rulesFileName(date: string): string {
  return `prodtracker-rules-${date}.json`;
}

/** The rules in a file. @throws {Error} that says what of it is no rule. */
export function readRules(text: string): Rule[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(
      "This is no file of rules: it is not JSON. Export makes such a file, and so does prodtracker rules list --json",
      { cause: error },
    );
  }
  return parseRules(value);
}
