/**
 * The names of all themes, ready to be looked up.
 * @module
 */
import type { Classification } from "../types.ts";
import { CREATION } from "./creation.ts";
import { DEVELOPMENT } from "./development.ts";
import { LEISURE } from "./leisure.ts";
import { NameTable } from "./name_table.ts";
import { BROWSERS, NEUTRAL } from "./neutral.ts";
import { OFFICE } from "./office.ts";
import { PLAY } from "./play.ts";
import { PRESS } from "./press.ts";
import { STUDY } from "./study.ts";
import { SYSTEM } from "./system.ts";
import type { Theme } from "./theme.ts";

/** Every theme whose names decide at once; a name that stands in two counts in the first. */
export const THEMES: readonly Theme[] = [
  ...DEVELOPMENT,
  ...OFFICE,
  ...CREATION,
  ...STUDY,
  ...LEISURE,
  ...PRESS,
  ...PLAY,
  ...SYSTEM,
  ...NEUTRAL,
];

/** Programs and packages; each table gives a name's place in `THEMES`. */
export const APPS: NameTable = new NameTable(THEMES.map((theme) => theme.apps));
/** Hosts, some with the first step of a path. */
export const HOSTS: NameTable = new NameTable(THEMES.map((theme) => theme.hosts));
/** What titles call a site, besides its host. */
export const SITES: NameTable = new NameTable(THEMES.map((theme) => theme.sites));
/** Names of sites that are common words. */
export const VAGUE_SITES: NameTable = new NameTable(THEMES.map((theme) => theme.vague));
/** Programs whose page decides. */
export const BROWSER_APPS: NameTable = new NameTable([BROWSERS.apps]);

/** What each theme says, in the order of `THEMES`. */
export const VERDICTS: readonly Classification[] = THEMES.map(verdict);
export const BROWSER_VERDICT: Classification = verdict(BROWSERS);

/** The place in `THEMES` of a site that a title names: by its name, else by its host. */
export function siteNamed(name: string): number | undefined {
  return SITES.get(name) ?? (name.includes("/") ? undefined : HOSTS.get(name));
}

/**
 * Names the contents of the pack: a digest of all names and patterns. It is written down, because
 * to compute it takes milliseconds at every start; a test says what to write when the pack changed.
 */
export const PACK_DIGEST = "c4dccf24";

function verdict(theme: Theme): Classification {
  return Object.freeze({ class: theme.class, category: theme.category });
}
