/**
 * Rules that a window's program, title and address suggest.
 * @module
 */
import { hostOf } from "../../daemon/core/host.ts";
import { RULE_LIMITS } from "../../daemon/core/rules.ts";
import { cleaned, pageTitle, shortened } from "../../daemon/core/subject_forms.ts";
import type { Subject } from "../../daemon/core/types.ts";
import { patternOf, type Shape } from "./rule_shape.ts";

const SEPARATOR = / [-–—|·•:/»›] /;
const BROWSER =
  /fire ?fox|chrom(?:e|ium)|\bedge\b|msedge|safari|brave|opera|vivaldi|librewolf|waterfox|navigator|floorp|zen.browser|konqueror|epiphany|qutebrowser/i;
/** What says nothing of what a title is about. */
const COMMON = new Set(
  "the and for with from that this your you new tab home page untitled inbox about not are was have has all can how what when where which who why more into over www com org net http https und der die das mit von für ein eine ist nicht auf den dem des im les des une pour dans sur avec est"
    .split(
      " ",
    ),
);
const WORD = /[\p{L}\p{N}][\p{L}\p{N}+#_.'’-]*/gu;
const MAX_WORDS = 6;

/** What a rule could be made of, the likeliest first. Every one of them fits the subject, and no two are the same. */
export function proposals(subject: Subject): Shape[] {
  const { app = "", title = "", url = "" } = subject;
  const host = hostOf(url);
  const page = original(title, pageTitle(title));
  const parts = page.split(SEPARATOR).map((part) => part.trim()).filter(Boolean);
  const isBrowser = BROWSER.test(app) || pageTitle(title) !== cleaned(shortened(title));
  const site: Shape[] = host ? [{ match: "url", how: "site", text: host }] : [];
  const ending: Shape[] = parts.length > 1
    ? [{ match: "title", how: "ends", text: parts.at(-1)! }]
    : [];
  const program: Shape[] = app.trim() ? [{ match: "app", how: "is", text: app }] : [];
  const whole: Shape[] = page ? [{ match: "title", how: "is", text: page }] : [];
  const shapes = isBrowser
    ? [...site, ...ending, ...whole, ...program]
    : [...site, ...program, ...ending, ...whole];
  return shapes.filter(isUsable);
}

/** Words of a title by which others like it could be known, the most telling first. */
export function tellingWords(title: string): string[] {
  const page = original(title, pageTitle(title));
  const words = new Map<string, string>();
  for (const [found] of page.matchAll(WORD)) {
    const word = found.replace(/[.'’_-]+$/, "");
    const key = word.toLowerCase();
    if (word.length < 3 || /^\d+$/.test(word) || COMMON.has(key) || words.has(key)) continue;
    words.set(key, word);
  }
  return [...words.values()].filter((word) =>
    isUsable({ match: "title", how: "contains", text: word })
  ).sort((a, b) => weight(b) - weight(a)).slice(0, MAX_WORDS);
}

/** Names of projects, tickets and people tell more than common words. */
function weight(word: string): number {
  const isName = /\p{Lu}/u.test(word) ? 4 : 0;
  const isCode = /[\d_#+-]/.test(word) ? 3 : 0;
  return isName + isCode + Math.min(word.length, 10) / 10;
}

/** A text in the letters that stand in the title, where it stands there at all: cleaning makes letters small. */
function original(title: string, page: string): string {
  const at = title.toLowerCase().indexOf(page);
  const found = at === -1 ? "" : title.slice(at, at + page.length);
  return found.toLowerCase() === page ? found : page;
}

function isUsable(shape: Shape): boolean {
  const { regex, exact } = patternOf(shape);
  const pattern = regex ?? exact!;
  return shape.text.trim() !== "" && pattern.length <= RULE_LIMITS.patternChars;
}
