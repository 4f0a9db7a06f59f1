/**
 * Names of sites as people type and paste them; pure.
 * @module
 */
import { normaliseDomain } from "../../daemon/core/domains.ts";

export interface SiteInput {
  /** What can be blocked, as it will be kept, without doubles. */
  readonly sites: readonly string[];
  /** What is no site's name. */
  readonly wrong: readonly string[];
}

/** The sites in a text: separated by commas, blanks or lines; addresses of pages are taken for their sites. */
export function readSites(text: string): SiteInput {
  const sites = new Set<string>();
  const wrong = new Set<string>();
  for (const word of text.split(/[\s,;]+/)) {
    if (word === "") continue;
    const site = normaliseDomain(word);
    if (site === undefined) wrong.add(word);
    else sites.add(site);
  }
  return { sites: [...sites], wrong: [...wrong] };
}

/** What to say of what is wrong in it; `undefined`: nothing is. */
export function sitesProblem({ wrong }: SiteInput): string | undefined {
  if (wrong.length === 0) return undefined;
  const shown = wrong.slice(0, 3).map((word) => `"${word.slice(0, 60)}"`).join(", ");
  const more = wrong.length > 3 ? ` and ${wrong.length - 3} more` : "";
  return `${shown}${more}: not the name of a site, such as reddit.com.`;
}

/** Those of `names` that contain `search`; all of them for an empty one. */
export function matching(names: readonly string[], search: string): readonly string[] {
  const wanted = search.trim().toLowerCase();
  return wanted === "" ? names : names.filter((name) => name.includes(wanted));
}
