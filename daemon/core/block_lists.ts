/**
 * The lists that come with the program: the sites that the default rules call noise, by heading.
 * @module
 */
import { THEMES } from "./default_rules/pack.ts";
import { words } from "./default_rules/theme.ts";

/** Each list's name and the headings of the default pack that it is made of. */
const HEADINGS = {
  social: ["social", "social/dating"],
  video: ["media/video"],
  news: ["news", "news/gossip", "news/sport"],
  games: ["games", "games/gambling"],
  shopping: ["shopping"],
} as const;

export type BuiltInList = keyof typeof HEADINGS;

export const BUILT_IN_LISTS = Object.keys(HEADINGS) as readonly BuiltInList[];

export function isBuiltIn(name: string): name is BuiltInList {
  return Object.hasOwn(HEADINGS, name);
}

/** The sites of a list; parts of sites ("bbc.com/sport") are left out, as a hosts file cannot tell them. */
export function builtInDomains(name: BuiltInList): string[] {
  const headings: readonly string[] = HEADINGS[name];
  return THEMES
    .filter((theme) => theme.class === "noise" && headings.includes(theme.category))
    .flatMap((theme) => words(theme.hosts))
    .filter((host) => !host.includes("/"));
}
