/**
 * The lists that come with the program: loaded when a block is made of one, as they are long.
 * @module
 */
import { GAMES } from "./games.ts";
import { NEWS } from "./news.ts";
import { SHOPPING } from "./shopping.ts";
import { readSiteTable } from "./site_table.ts";
import { SOCIAL } from "./social.ts";
import { VIDEO } from "./video.ts";
import type { BuiltInList } from "./names.ts";

const TABLES: Readonly<Record<BuiltInList, string>> = {
  social: SOCIAL,
  video: VIDEO,
  news: NEWS,
  games: GAMES,
  shopping: SHOPPING,
};

const read = new Map<BuiltInList, Map<string, string[]>>();

/** The host names of a list's sites, by the site's name. */
export function sitesOf(list: BuiltInList): ReadonlyMap<string, readonly string[]> {
  let sites = read.get(list);
  if (!sites) read.set(list, sites = readSiteTable(TABLES[list]));
  return sites;
}

/** Every host name of a site that one of the lists knows by `name`. */
export function hostsOfSite(name: string): readonly string[] | undefined {
  for (const list of Object.keys(TABLES) as BuiltInList[]) {
    const hosts = sitesOf(list).get(name);
    if (hosts) return hosts;
  }
  return undefined;
}
