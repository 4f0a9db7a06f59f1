/**
 * The default pack written as ordered rules, for people to read and for tests to hold it to.
 * @module
 */
import type { Rule } from "../rules.ts";
import type { Classification } from "../types.ts";
import {
  APPS,
  BROWSER_APPS,
  BROWSER_VERDICT,
  HOSTS,
  SITES,
  VAGUE_SITES,
  VERDICTS,
} from "./pack.ts";
import { literal } from "./pattern.ts";
import { APP, BROWSER, FIRST } from "./patterns.ts";
import { TITLE } from "./title_patterns.ts";

/** What separates the parts of a title. */
const SEPARATOR = "(?: (?:[-–—|·•:/»›>~⋅∙]|::|\\|\\|) |: |｜)";
/** Names that a title never holds in one part. */
const CUT = new RegExp(SEPARATOR);
/** The longest list of names in one rule, so that each fits the limits for rules. */
const NAMES_CHARS = 850;

/** From names to their place in the themes. */
type Names = ReadonlyMap<string, number>;
type Where = "end" | "start" | "between";

/** The rule for one program. */
export function appRule(name: string, verdict: Classification): Rule {
  return { match: "app", exact: name, ...verdict };
}

/** The rule for one host, or for one with the first step of a path. */
export function hostRule(host: string, verdict: Classification): Rule {
  return { match: "url", regex: hostPattern([host]), ...verdict };
}

/** The rule for pages that name their site there. */
export function siteRule(name: string, where: Where, verdict: Classification): Rule {
  return { match: "title", regex: sitePattern([name], where), ...verdict };
}

/** Every default rule, in the order in which they count; the first that fits decides. */
export function listRules(): Rule[] {
  const apps = APPS.entries();
  const hosts = HOSTS.entries();
  const sites = new Map([...pick(hosts, (host) => !host.includes("/")), ...SITES.entries()]);
  const vague = VAGUE_SITES.entries();
  const siteApps = pick(
    new Map([...vague, ...sites]),
    (name) => !apps.has(name) && !isBrowser(name),
  );
  return [
    ...FIRST,
    ...hostRules(hosts),
    ...grouped(pick(apps, isPackage), "app", appPattern),
    ...grouped(pick(apps, (name) => !isPackage(name)), "app", appPattern),
    ...APP,
    ...grouped(siteApps, "app", appPattern),
    ...(["end", "start", "between"] as const).flatMap((where) =>
      grouped(sites, "title", (names) => sitePattern(names, where))
    ),
    ...(["end", "start"] as const).flatMap((where) =>
      grouped(vague, "title", (names) => sitePattern(names, where))
    ),
    ...TITLE,
    ...chunked([...BROWSER_APPS.entries().keys()]).map((names): Rule => ({
      match: "app",
      regex: appPattern(names),
      ...BROWSER_VERDICT,
    })),
    ...BROWSER,
    ...grouped(
      pick(apps, (name) => !CUT.test(name)),
      "title",
      (names) => sitePattern(names, "end"),
    ),
  ];
}

/** The longer a host, the earlier, with a path before without. */
function hostRules(hosts: Names): Rule[] {
  const level = (host: string) =>
    2 * host.split("/")[0].split(".").length + (host.includes("/") ? 1 : 0);
  const levels = [...new Set([...hosts.keys()].map(level))].sort((a, b) => b - a);
  return levels.flatMap((wanted) =>
    grouped(pick(hosts, (host) => level(host) === wanted), "url", hostPattern)
  );
}

/** One rule, or a few, for the names of each theme. */
function grouped(
  index: Names,
  match: Rule["match"],
  pattern: (names: readonly string[]) => string,
): Rule[] {
  const places = Map.groupBy(index.keys(), (name) => index.get(name)!);
  return [...places.keys()].sort((a, b) => a - b).flatMap((place) =>
    chunked(places.get(place)!).map((names): Rule => ({
      match,
      regex: pattern(names),
      ...VERDICTS[place],
    }))
  );
}

function chunked(names: readonly string[]): string[][] {
  const chunks: string[][] = [];
  let room = 0;
  for (const name of names) {
    const chars = literal(name).length + 1;
    if (chars > room) {
      chunks.push([]);
      room = NAMES_CHARS;
    }
    chunks.at(-1)!.push(name);
    room -= chars;
  }
  return chunks;
}

function pick(index: Names, wanted: (name: string) => boolean): Names {
  return new Map([...index].filter(([name]) => wanted(name)));
}

function isBrowser(name: string): boolean {
  return BROWSER_APPS.has(name) || BROWSER.some(({ regex }) => new RegExp(regex!).test(name));
}

/** Whether a name is a whole package name, which is looked up before its last part is. */
function isPackage(name: string): boolean {
  return /^[^ .]+(?:\.[^ .]+){2,}$/.test(name);
}

function appPattern(names: readonly string[]): string {
  return `^(?:${alternatives(names)})$`;
}

function sitePattern(names: readonly string[], where: Where): string {
  const before = where === "start" ? "^" : where === "end" ? `(?:^|${SEPARATOR})` : SEPARATOR;
  const after = where === "end" ? "$" : where === "start" ? `(?:$|, |${SEPARATOR})` : SEPARATOR;
  return `${before}(?:${alternatives(names)})${after}`;
}

function hostPattern(hosts: readonly string[]): string {
  const [host, step] = hosts[0].split("/");
  const scheme = "^(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@]*@)?(?:[^/?#@:]*\\.)?";
  if (step === undefined) return `${scheme}(?:${alternatives(hosts)})(?::\\d*)?(?:[/?#]|$)`;
  if (hosts.length === 1) return `${scheme}${literal(host)}(?::\\d*)?/${literal(step)}(?:[/?#]|$)`;
  const each = hosts.map((name) => name.split("/").map(literal).join("(?::\\d*)?/"));
  return `${scheme}(?:${each.join("|")})(?:[/?#]|$)`;
}

function alternatives(names: readonly string[]): string {
  return names.map(literal).join("|");
}
