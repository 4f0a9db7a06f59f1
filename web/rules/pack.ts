/**
 * The rules that come with the program, for people: the names that they know, by heading, and a search.
 * @module
 */
import type { Rule } from "../../daemon/core/rules.ts";
import type { ActivityClass } from "../../daemon/core/types.ts";

/** What the pack knows under a heading. */
export interface PackGroup {
  readonly category: string | undefined;
  readonly class: ActivityClass;
  /** Programs, sites and hosts, each once, in order. */
  readonly names: readonly string[];
  /** Regular expressions that are more than a list of names. */
  readonly patterns: readonly string[];
}

/** A list of names, framed by what may stand around them: what `default_rules/listing.ts` writes. */
const LIST = /^(.*?)\(\?:((?:[^()\\]|\\.)*)\)((?:\(\?:.*|\$)?)$/s;
/** What a frame is made of; anything else around a list makes a pattern of it. */
const FRAME = /^(?:\^|\$|\(\?:|\)|\[[^\]]*\]|[*?+|]|:\/\/|::|: |, |[@:\s｜]|\\\||\\\.|\\d)*$/;

/** The names in a rule's list; `undefined`: it is a pattern. */
export function namesIn(rule: Rule): string[] | undefined {
  if (rule.exact !== undefined) return [rule.exact];
  const [, before, list, after] = LIST.exec(rule.regex ?? "") ?? [];
  if (list === undefined || !FRAME.test(before) || !FRAME.test(after)) return undefined;
  const names = list.match(/(?:\\.|[^|\\])+/gs) ?? [];
  const isPlain = names.every((name) => !/\\\w|[*+?[\]{}^$]/.test(name.replace(/\\\W/g, "")));
  return isPlain ? names.map((name) => name.replace(/\\(.)/g, "$1")) : undefined;
}

/** All rules by class and heading, in the order of the headings' names. */
export function packGroups(rules: readonly Rule[]): PackGroup[] {
  const groups = new Map<string, { rule: Rule; names: Set<string>; patterns: Set<string> }>();
  for (const rule of rules) {
    const key = `${rule.category ?? ""}\0${rule.class}`;
    const group = groups.get(key) ?? { rule, names: new Set(), patterns: new Set() };
    groups.set(key, group);
    const names = namesIn(rule);
    for (const name of names ?? []) group.names.add(name);
    if (names === undefined) group.patterns.add(rule.regex!);
  }
  return [...groups].sort(([a], [b]) => a < b ? -1 : 1).map(([, { rule, names, patterns }]) => ({
    category: rule.category,
    class: rule.class,
    names: [...names].sort(),
    patterns: [...patterns],
  }));
}

/** The groups with what of them holds all words of `text`; a heading that does has all of its names. */
export function searchPack(groups: readonly PackGroup[], text: string): PackGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...groups];
  const holds = (candidate: string) => {
    const lower = candidate.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
  return groups.flatMap((group) => {
    if (holds(`${group.category ?? ""} ${group.class}`)) return [group];
    const names = group.names.filter(holds);
    const patterns = group.patterns.filter((pattern) => holds(pattern.replaceAll("\\", "")));
    return names.length + patterns.length > 0 ? [{ ...group, names, patterns }] : [];
  });
}
