/**
 * Where the privacy rules are kept: in the database, and beside it. A database that was salvaged, or brought back
 * from an older copy, may hold fewer than there were; what is kept in either place is in force.
 * @module
 */
import { join } from "node:path";
import { UnavailableError } from "./core/errors.ts";
import { readIfThere, writePrivateFile } from "./os/files.ts";
import type { Store } from "./store/mod.ts";

/** The name that they have among the settings. */
export const SETTING = "privacy";

/** What was found: unchecked rules, and what could not be read. */
export interface KeptRules {
  readonly rules: readonly unknown[];
  readonly problems: readonly string[];
}

/** Writes the rules beside the database. @throws {UnavailableError} when that cannot be done. */
export function keepRules(dataDir: string, rules: readonly unknown[]): void {
  try {
    writePrivateFile(pathOf(dataDir), `${JSON.stringify(rules)}\n`);
  } catch (error) {
    const { message } = error as Error;
    throw new UnavailableError(`Cannot keep the privacy rules: ${message}`, { cause: error });
  }
}

/** The rules of both places, each once. */
export function readKept({ settings }: Pick<Store, "settings">, dataDir: string): KeptRules {
  const path = pathOf(dataDir);
  const stored = listOf("the database's", () => settings.has(SETTING) ? settings.get(SETTING) : []);
  const beside = listOf(`those of "${path}"`, () => {
    const text = readIfThere(path);
    return text === undefined ? [] : JSON.parse(text);
  });
  const rules = new Map<string, unknown>();
  for (const rule of [...stored.rules, ...beside.rules]) rules.set(JSON.stringify(rule), rule);
  // That the database has some does not say that it has all: it may be older than the file.
  return { rules: [...rules.values()], problems: [...stored.problems, ...beside.problems] };
}

function listOf(whose: string, read: () => unknown): KeptRules {
  try {
    const rules = read();
    if (Array.isArray(rules)) return { rules, problems: [] };
    return { rules: [], problems: [`${whose} are not a list`] };
  } catch (error) {
    // What the parser says would quote them.
    const reason = error instanceof SyntaxError ? "are not JSON" : `(${(error as Error).message})`;
    return { rules: [], problems: [`${whose} ${reason}`] };
  }
}

function pathOf(dataDir: string): string {
  return join(dataDir, "privacy_rules.json");
}
