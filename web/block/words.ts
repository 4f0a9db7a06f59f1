/**
 * The words of the blocker's page.
 * @module
 */
import { clip, formatDuration, LOCALE, withoutControls } from "../format.ts";
import { inARow } from "./schedule_words.ts";
import type { WireBlock, WireFinding } from "./wire.ts";

/** Said in place of the names that the program itself gave its lists. */
const LIST_WORDS: Readonly<Record<string, string | undefined>> = {
  "": "the usual sites",
  own: "your sites",
  social: "social networks",
  video: "video",
  news: "news",
  games: "games",
  shopping: "shopping",
};

/** "social networks" for "social"; the name of a list of one's own, which is foreign text. */
export function listWord(name: string): string {
  return LIST_WORDS[name] ?? withoutControls(clip(name, 64));
}

/** The same at the beginning of a line. */
export function listTitle(name: string): string {
  const word = LIST_WORDS[name];
  if (word === undefined) return listWord(name);
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** How many sites are named before the rest is counted. */
const NAMED = 4;

/** "Social networks, video and reddit.com"; what is blocked when nothing was named, without either. */
export function targetWords(
  { lists, domains }: Pick<WireBlock, "lists" | "domains">,
  most = NAMED,
): string {
  if (lists.length + domains.length === 0) return "The usual sites";
  const named = domains.slice(0, most).map((name) => withoutControls(clip(name, 80)));
  const rest = domains.length - named.length;
  const more = rest > 0 ? [`${rest} more ${rest === 1 ? "site" : "sites"}`] : [];
  const words = inARow([...lists.map(listWord), ...named, ...more]);
  const isListFirst = lists.length > 0 && LIST_WORDS[lists[0]] !== undefined;
  return isListFirst ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}

export const ACTOR_WORDS: Readonly<Record<WireBlock["actor"], string>> = {
  user: "By hand",
  schedule: "By schedule",
  phone: "From the phone",
  loop: "By rule",
};

const END_WORDS: Readonly<Record<NonNullable<WireBlock["how"]>, string>> = {
  time: "On time",
  user: "Ended by hand",
  emergency: "Emergency",
  overdue: "Lifted late, at a start",
  replaced: "Replaced by another",
  failed: "Could not begin",
  elsewhere: "Taken out by somebody else",
};

/** How a block ended; `undefined` while it runs. */
export function endWords({ how }: Pick<WireBlock, "how">): string | undefined {
  return how === null ? undefined : END_WORDS[how] ?? how;
}

/** How long a block lasted, in seconds; of one that runs, until now. */
export function lastedSeconds({ start, ended }: Pick<WireBlock, "start" | "ended">, nowMs: number) {
  return Math.max(0, ((ended === null ? nowMs : Date.parse(ended)) - Date.parse(start)) / 1000);
}

/** "1 site", "1,204 names". */
export function countWords(count: number, one: string): string {
  return `${count.toLocaleString(LOCALE)} ${one}${count === 1 ? "" : "s"}`;
}

export const FINDING_WORDS: Readonly<Record<WireFinding["status"], string>> = {
  "enforced": "Holds",
  "not enforced": "Does not hold",
  "restart needed": "Restart needed",
  "not there": "Not there",
  "unknown": "Unknown",
};

/** What a check came to. */
export function checkWords(findings: readonly WireFinding[]): string {
  const count = (status: WireFinding["status"]) =>
    findings.filter((finding) => finding.status === status).length;
  const leaks = count("not enforced"), restarts = count("restart needed");
  if (leaks > 0) {
    return `Checked: ${leaks} of ${findings.length} ${leaks === 1 ? "does" : "do"} not hold.`;
  }
  if (restarts > 0) return "Checked: it holds once browsers have been restarted.";
  return count("unknown") > 0 ? "Checked: not everything could be told." : "Checked: it holds.";
}

const LAYER_WORDS: Readonly<Record<string, string | undefined>> = {
  "hosts file": "Hosts file",
  "look-up": "Names looked up",
};

export function layerWord(layer: string): string {
  return LAYER_WORDS[layer] ?? layer;
}

/** "in 25 min", "in 3 h 05 min", "in 2 days". */
export function inWords(seconds: number): string {
  if (seconds < 60) return "in less than a minute";
  if (seconds < 2 * 86_400) return `in ${formatDuration(seconds)}`;
  return `in ${Math.floor(seconds / 86_400)} days`;
}
