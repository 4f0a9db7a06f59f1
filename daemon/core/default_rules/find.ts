/**
 * Judges a subject by the default pack, without trying rule after rule.
 * @module
 */
import type { Rule } from "../rules.ts";
import { appForms, foldedUrl, pageTitle } from "../subject_forms.ts";
import type { Classification, Subject } from "../types.ts";
import { appRule, hostRule, siteRule } from "./listing.ts";
import {
  APPS,
  BROWSER_APPS,
  BROWSER_VERDICT,
  HOSTS,
  siteNamed,
  VAGUE_SITES,
  VERDICTS,
} from "./pack.ts";
import { APP, BROWSER, FIRST } from "./patterns.ts";
import { TITLE } from "./title_patterns.ts";

/** A judgement, and on demand the rule that says the same. */
export interface Found {
  readonly classification: Classification;
  rule(): Rule;
}

/** A listed pattern, compiled when it is first tried. */
class Pattern implements Found {
  readonly classification: Classification;
  #regex: RegExp | undefined;

  constructor(private readonly listed: Rule) {
    this.classification = Object.freeze({ class: listed.class, category: listed.category });
  }

  rule(): Rule {
    return this.listed;
  }

  fits(text: string): boolean {
    return (this.#regex ??= new RegExp(this.listed.regex!)).test(text);
  }
}

const FIRST_PATTERNS = FIRST.map((rule) => new Pattern(rule));
const APP_PATTERNS = APP.map((rule) => new Pattern(rule));
const TITLE_PATTERNS = TITLE.map((rule) => new Pattern(rule));
const BROWSER_PATTERNS = BROWSER.map((rule) => new Pattern(rule));

/**
 * What the default pack says, `undefined` when nothing in it fits. The order: lessons on video
 * sites; the address; the program, unless it is a browser; the site that the title names (at its
 * end, else at its start, else between, else by a common word); patterns in the title; a browser;
 * and for programs that nobody knows, the program that the title names at its end.
 */
export function findDefault(subject: Subject): Found | undefined {
  const page = subject.title === undefined ? "" : pageTitle(subject.title);
  const apps = appForms(subject.app);
  const browser = findBrowser(apps);
  return (page === "" ? undefined : firstPattern(FIRST_PATTERNS, page)) ??
    (subject.url === undefined ? undefined : findHost(foldedUrl(subject.url))) ??
    (browser === undefined ? findApp(apps) : undefined) ??
    (page === "" ? undefined : findSite(page)) ??
    (page === "" ? undefined : firstPattern(TITLE_PATTERNS, page)) ??
    browser ?? (page === "" ? undefined : findNamedApp(page));
}

function firstPattern(patterns: readonly Pattern[], text: string): Found | undefined {
  return patterns.find((pattern) => pattern.fits(text));
}

const HOST =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#@]*@)?([^/?#:@]+|\[[^\]]*\])(?::\d*)?(?:\/([^/?#]*))?/;

/** By the longest known end of the host, with the first step of the path before without. */
function findHost(url: string): Found | undefined {
  const [, host, step] = HOST.exec(url) ?? [];
  if (host === undefined) return undefined;
  for (let at = 0; at !== -1;) {
    const name = host.slice(at);
    const withStep = step ? `${name}/${step}` : name;
    const key = HOSTS.has(withStep) ? withStep : name;
    const place = HOSTS.get(key);
    if (place !== undefined) return found(place, () => hostRule(key, VERDICTS[place]));
    const dot = host.indexOf(".", at);
    at = dot === -1 ? -1 : dot + 1;
  }
  return undefined;
}

function findBrowser(forms: readonly string[]): Found | undefined {
  const name = forms.find((form) => BROWSER_APPS.has(form));
  if (name === undefined) return anyPattern(BROWSER_PATTERNS, forms);
  return { classification: BROWSER_VERDICT, rule: () => appRule(name, BROWSER_VERDICT) };
}

function anyPattern(patterns: readonly Pattern[], forms: readonly string[]): Found | undefined {
  return patterns.find((pattern) => forms.some((form) => pattern.fits(form)));
}

function findApp(forms: readonly string[]): Found | undefined {
  for (const form of forms) {
    const place = APPS.get(form);
    if (place !== undefined) return found(place, () => appRule(form, VERDICTS[place]));
  }
  const fitting = anyPattern(APP_PATTERNS, forms);
  if (fitting !== undefined) return fitting;
  for (const form of forms) {
    const place = siteNamed(form) ?? VAGUE_SITES.get(form);
    if (place !== undefined) return found(place, () => appRule(form, VERDICTS[place]));
  }
  return undefined;
}

function findSite(page: string): Found | undefined {
  const cuts = separators(page);
  const end = page.slice(cuts.at(-1)?.after ?? 0);
  const start = page.slice(0, cuts[0]?.before).split(", ", 1)[0];
  return named(siteNamed(end), end, "end") ??
    named(siteNamed(start), start, "start") ??
    between(page, cuts) ??
    named(VAGUE_SITES.get(end), end, "end") ??
    named(VAGUE_SITES.get(start), start, "start");
}

function findNamedApp(page: string): Found | undefined {
  const end = page.slice(separators(page).at(-1)?.after ?? 0);
  return named(APPS.get(end), end, "end");
}

function named(
  place: number | undefined,
  name: string,
  where: "end" | "start" | "between",
): Found | undefined {
  if (place === undefined) return undefined;
  return found(place, () => siteRule(name, where, VERDICTS[place]));
}

/** By the parts between two separators; of several known ones, that of the earliest theme. */
function between(page: string, cuts: readonly Cut[]): Found | undefined {
  let name = "";
  let place: number | undefined;
  for (let i = 1; i < cuts.length; i++) {
    const part = page.slice(cuts[i - 1].after, cuts[i].before);
    const other = siteNamed(part);
    if (other !== undefined && (place === undefined || other < place)) {
      name = part;
      place = other;
    }
  }
  return named(place, name, "between");
}

/** A separator: the part before ends at `before`, the part behind starts at `after`. */
interface Cut {
  readonly before: number;
  readonly after: number;
}

const MARKS = "-–—|·•:/»›>~⋅∙";

/** Where the title is cut; the same places as `SEPARATOR` in `listing.ts`. */
function separators(page: string): Cut[] {
  const cuts: Cut[] = [];
  for (let at = 0; at < page.length; at++) {
    const char = page[at];
    if (char === " " && page[at + 2] === " " && MARKS.includes(page[at + 1])) {
      cuts.push({ before: at, after: at + 3 });
    } else if (
      char === " " && page[at + 3] === " " && page[at + 1] === page[at + 2] &&
      (page[at + 1] === ":" || page[at + 1] === "|")
    ) {
      cuts.push({ before: at, after: at + 4 });
    } else if (char === ":" && page[at + 1] === " ") {
      cuts.push({ before: at, after: at + 2 });
    } else if (char === "｜") {
      cuts.push({ before: at, after: at + 1 });
    }
  }
  return cuts;
}

function found(place: number, rule: () => Rule): Found {
  return { classification: VERDICTS[place], rule };
}
