/**
 * What people call a site or a program.
 * @module
 */
import { literal } from "./default_rules/pattern.ts";
import type { Rule } from "./rules.ts";
import { appForms, pageTitle } from "./subject_forms.ts";
import type { Classification, Subject } from "./types.ts";

/** How a subject is judged, and by which rule. */
export type Explain = (subject: Subject) => {
  readonly classification: Classification;
  readonly rule?: Rule;
};

/** Programs of phones whose package says something else. */
const PACKAGES: Readonly<Record<string, string>> = {
  musically: "TikTok",
  trill: "TikTok",
  katana: "Facebook",
  orca: "Messenger",
  frontpage: "Reddit",
  mediaclient: "Netflix",
  twitter: "X",
  youtube: "YouTube",
  tiktok: "TikTok",
  linkedin: "LinkedIn",
};

/** What separates the parts of a title. */
const SEPARATOR = / (?:[-–—|·•:/»›>~⋅∙]|::|\|\|) |: |｜/;
/** Titles that name their site in a way of their own. */
const OWN_WAYS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/(?:^| )\/ x$| on x: /, "X"],
  [/(?:^| )r\/[a-z0-9_]{2,}/, "Reddit"],
];
const LONGEST_CHARS = 40;

/**
 * The site or the program of a subject: the host of its address, else the site that the title names, else
 * the program; `undefined` when it has no name at all.
 */
export function subjectName(subject: Subject, explain: Explain): string | undefined {
  const { url, title, app } = subject;
  const name = hostOf(url) ?? siteOf(title, explain) ?? app;
  return name && shortened(name);
}

/** "com.zhiliaoapp.musically" -> "TikTok", "com.instagram.android" -> "Instagram" */
export function phoneAppName(app: string | undefined): string | undefined {
  const forms = appForms(app);
  const form = forms.at(-1);
  if (form === undefined) return undefined;
  // What is no package name is written as the phone writes it.
  const name = PACKAGES[form] ?? (forms.length > 1 ? form[0].toUpperCase() + form.slice(1) : app!);
  return shortened(name);
}

function hostOf(url: string | undefined): string | undefined {
  const parsed = url === undefined ? null : URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return undefined;
  return parsed.hostname.replace(/^www\./, "") || undefined;
}

/** The part of a title by which the rules knew the site, as it is written there. */
function siteOf(title: string | undefined, explain: Explain): string | undefined {
  if (title === undefined) return undefined;
  const named = title.split(SEPARATOR).toReversed().find((part) => {
    const name = pageTitle(part);
    if (name === "" || name.length > LONGEST_CHARS) return false;
    // A rule for this site, and not one for all titles of a kind.
    const { rule } = explain({ title: part });
    return rule?.match === "title" && rule.class === "noise" &&
      rule.regex?.endsWith(`(?:${literal(name)})$`);
  });
  if (named !== undefined) return named.trim();
  const page = pageTitle(title);
  return OWN_WAYS.find(([pattern]) => pattern.test(page))?.[1];
}

function shortened(name: string): string {
  return name.length > LONGEST_CHARS ? `${name.slice(0, LONGEST_CHARS - 1).trimEnd()}…` : name;
}
