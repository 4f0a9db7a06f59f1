/**
 * Host names as people type them and as lists hold them, made into what a hosts file can block.
 * @module
 */

/** The longest name DNS has (RFC 1035, without the root's dot). */
const MAX_CHARS = 253;

/** The last part begins with a letter: `0.0x0` is an address to every browser. */
const PLAIN =
  /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** Names that a machine needs to talk to itself. */
const OWN = /^(?:localhost|local|broadcasthost|.*\.localhost|localhost\.localdomain|ip6-.*)$/;

/**
 * The name in ASCII lower case, from a name, a URL or a pattern such as `*.example.com`; `undefined` when
 * it cannot be blocked: an IP address, a name without a dot, the machine's own names, nonsense.
 */
export function normaliseDomain(text: string): string | undefined {
  const lower = text.trim().toLowerCase();
  if (PLAIN.test(lower)) return OWN.test(lower) ? undefined : lower;
  if (lower.length > 4 * MAX_CHARS || /\s/.test(lower)) return undefined;
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//.test(lower) ? lower : `http://${lower}`);
  const host = url?.hostname.replace(/^(?:\*\.|\.)+/, "").replace(/\.$/, "");
  return host !== undefined && PLAIN.test(host) && !OWN.test(host) ? host : undefined;
}

/** What a file in hosts format, or with one name a line, holds. */
export interface ParsedList {
  /** In the file's order, without doubles. */
  readonly domains: readonly string[];
  /** How many lines hold something that is neither, and the number of the first, from 1. */
  readonly badLines: number;
  readonly firstBadLine: number | undefined;
}

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]*(?:%\w+)?)$/i;

/** Addresses that lead nowhere: a name sent to any other is not blocked by its line. */
const SINK = /^(?:0\.0\.0\.0|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1?|::ffff:(?:0\.0\.0\.0|127\..*))$/i;

/** The names in `text`; those of the machine itself, which such files begin with, are left out. */
export function parseDomainList(text: string): ParsedList {
  const domains = new Set<string>();
  let badLines = 0;
  let firstBadLine: number | undefined;
  let number = 0;
  for (const line of text.split("\n")) {
    number++;
    // Nearly every line of a long list; the rest takes four times as long.
    if (line.startsWith("0.0.0.0 ")) {
      const name = line.slice(8, line.endsWith("\r") ? -1 : undefined);
      if (PLAIN.test(name) && !OWN.test(name)) {
        domains.add(name);
        continue;
      }
    }
    const hash = line.indexOf("#");
    const words = (hash === -1 ? line : line.slice(0, hash)).trim().split(/\s+/);
    if (words[0] === "" || words[0] === "\ufeff") continue;
    words[0] = words[0].replace(/^\ufeff/, "");
    const isHosts = ADDRESS.test(words[0]);
    const isSink = !isHosts || SINK.test(words[0]);
    let bad = isHosts ? words.length === 1 : words.length !== 1;
    for (const word of isHosts ? words.slice(1) : words) {
      const name = normaliseDomain(word);
      if (name !== undefined && isSink) domains.add(name);
      else if (!isHosts || !(OWN.test(word.toLowerCase()) || ADDRESS.test(word))) bad = true;
    }
    if (!bad) continue;
    badLines++;
    firstBadLine ??= number;
  }
  return { domains: [...domains], badLines, firstBadLine };
}

/**
 * The names to write down so that a browser does not find the site: itself with and without `www.`, its
 * pages for phones, and for a site that is known the others it answers under.
 * @param knownHosts Every host of a site that a list knows by its name.
 */
export function expandDomain(
  domain: string,
  knownHosts: (name: string) => readonly string[] | undefined,
): string[] {
  const bare = domain.replace(/^www\.(?=[^.]+\.)/, "");
  const names = new Set([bare, `www.${bare}`]);
  // Deeper names (old.reddit.com) are meant as they are; a country's second level is no depth.
  if (/^[^.]+\.(?:[^.]+|(?:com?|org|net|ac|gov|ne|or|gen|edu)\.[a-z]{2})$/.test(bare)) {
    for (const part of ["m", "mobile", "amp"]) names.add(`${part}.${bare}`);
  }
  for (const host of knownHosts(bare) ?? []) names.add(host);
  return [...names];
}

/** Those of `names` that are allowed neither by themselves nor by a name they stand below. */
export function withoutAllowed(
  names: Iterable<string>,
  allowed: ReadonlySet<string>,
): string[] {
  const kept: string[] = [];
  for (const name of names) if (allowed.size === 0 || !isAllowed(name, allowed)) kept.push(name);
  return kept;
}

function isAllowed(name: string, allowed: ReadonlySet<string>): boolean {
  for (let at = 0; at !== -1;) {
    if (allowed.has(at === 0 ? name : name.slice(at))) return true;
    const dot = name.indexOf(".", at);
    at = dot === -1 ? -1 : dot + 1;
  }
  return false;
}
