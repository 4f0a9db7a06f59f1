/**
 * How the built-in lists are written down.
 * @module
 */

/**
 * Reads a table of sites into their host names, by the site's name. A line is one site: its name, then its
 * other hosts; a word without a dot is a subdomain, one with a dot is a host in full. `www.` belongs to
 * every name of two labels.
 *
 *     reddit.com  old new  redd.it v.redd.it
 */
export function readSiteTable(text: string): Map<string, string[]> {
  const sites = new Map<string, string[]>();
  for (const line of text.trim().split("\n")) {
    const [site, ...others] = line.trim().split(/\s+/);
    const hosts = new Set([site, `www.${site}`]);
    for (const other of others) {
      if (!other.includes(".")) hosts.add(`${other}.${site}`);
      else {
        hosts.add(other);
        if (other.split(".").length === 2) hosts.add(`www.${other}`);
      }
    }
    sites.set(site, [...hosts]);
  }
  return sites;
}
