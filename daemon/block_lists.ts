/**
 * From lists and names to what is written into the hosts file.
 * @module
 */
import { isAbsolute } from "node:path";
import {
  expandDomain,
  normaliseDomain,
  type ParsedList,
  parseDomainList,
  withoutAllowed,
} from "./core/domains.ts";
import { ConflictError, NotFoundError } from "./core/errors.ts";
import type { ListInfo } from "./api/blocker.ts";
import { BUILT_IN_LISTS, FIRST_DAY_LISTS, isBuiltIn } from "./core/site_lists/names.ts";
import { hostsOfSite, sitesOf } from "./core/site_lists/mod.ts";
import type { Blocks } from "./store/blocks.ts";

/** The user's list of what to block, and that of what never to block. */
export const OWN_LIST = "own";
export const ALLOWED_LIST = "allowed";

const LIST_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63}$/u;

/** A hosts file of 150 000 lines has about 5 MB. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

export interface BlockTarget {
  readonly lists: readonly string[];
  readonly domains: readonly string[];
}

/** What is blocked when nothing is named: the user's list, or the first ones that come with the program. */
export function defaultTarget(blocks: Blocks): BlockTarget {
  const hasOwn = blocks.lists().some(({ name }) => name === OWN_LIST);
  return { lists: hasOwn ? [OWN_LIST] : FIRST_DAY_LISTS, domains: [] };
}

/**
 * Every name to write down, without doubles and without what is allowed.
 * @throws {NotFoundError} for a list whose file is gone; {@linkcode ConflictError} when nothing is left;
 * {RangeError} for a list that does not exist or a name that cannot be blocked.
 */
export async function namesOf(
  { lists, domains }: BlockTarget,
  blocks: Blocks,
): Promise<string[]> {
  const expanded = (name: string) => expandDomain(name, hostsOfSite);
  const names = new Set(domains.map(checkedDomain).flatMap(expanded));
  for (const list of new Set(lists)) {
    for (const name of await listedIn(list, blocks)) names.add(name);
  }
  const allowed = new Set(blocks.listNames(ALLOWED_LIST));
  const kept = withoutAllowed(names, allowed);
  if (kept.length === 0) {
    throw new ConflictError(
      names.size === 0
        ? "Cannot block: the lists hold no names"
        : "Cannot block: every name is on the list of what is allowed",
    );
  }
  return kept;
}

function unknownList(name: string): RangeError {
  return new RangeError(
    `There is no list ${JSON.stringify(name.slice(0, 40))}; \`block list\` shows those there are`,
  );
}

/** Every name of a list, written out. @throws {RangeError} when there is none, {@linkcode NotFoundError} when its file is gone. */
export async function listedIn(name: string, blocks: Blocks): Promise<Iterable<string>> {
  if (isBuiltIn(name)) return [...sitesOf(name).values()].flat();
  const stored = blocks.lists().find((list) => list.name === name);
  if (!stored && name !== OWN_LIST) {
    throw unknownList(name);
  }
  // Files in hosts format write every name out themselves.
  if (stored?.path !== undefined) return (await readListFile(stored.path)).domains;
  return blocks.listNames(name).flatMap((site) => expandDomain(site, hostsOfSite));
}

/** @throws {NotFoundError} when the file cannot be read, {RangeError} when it is too long or holds no name. */
export async function readListFile(path: string): Promise<ParsedList> {
  let text: string;
  try {
    const { size, isFile } = await Deno.stat(path);
    if (!isFile) throw new Error("it is not a file");
    if (size > MAX_FILE_BYTES) {
      throw new RangeError(`Cannot use the list "${path}": it has over ${MAX_FILE_BYTES} bytes`);
    }
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    const reason = (error as Error).message.replace(/ \(os error \d+\).*/, "");
    throw new NotFoundError(`Cannot read the list "${path}": ${reason}`, { cause: error });
  }
  const parsed = parseDomainList(text);
  if (parsed.domains.length === 0) {
    throw new RangeError(`Cannot use the list "${path}": it holds no host name`);
  }
  return parsed;
}

/** @throws {RangeError} naming what is wrong with it. */
export function checkedDomain(text: string): string {
  const domain = normaliseDomain(text);
  if (domain !== undefined) return domain;
  throw new RangeError(
    `Cannot block "${text.slice(0, 100)}": it is not the name of a site, such as reddit.com`,
  );
}

/** The lists there are, for those who choose. */
export class BlockLists {
  constructor(private readonly blocks: Blocks) {}

  lists(): ListInfo[] {
    const stored = this.blocks.lists();
    const countOf = (name: string) => stored.find((list) => list.name === name)?.count ?? 0;
    return [
      { name: OWN_LIST, kind: "own", count: countOf(OWN_LIST) },
      { name: ALLOWED_LIST, kind: "allowed", count: countOf(ALLOWED_LIST) },
      ...BUILT_IN_LISTS.map((name): ListInfo => ({
        ...{ name, kind: "built-in", count: sitesOf(name).size },
      })),
      ...stored.filter(({ path }) => path !== undefined)
        .map(({ name, path, count }): ListInfo => ({ name, kind: "file", count, path })),
    ];
  }

  /** A target with its names as they are kept. @throws {RangeError} when it cannot be blocked. */
  checked({ lists, domains }: BlockTarget): BlockTarget {
    const known = new Set(this.lists().filter(({ kind }) => kind !== "allowed").map((l) => l.name));
    for (const name of lists) if (!known.has(name)) throw unknownList(name);
    return { lists: [...new Set(lists)], domains: [...new Set(domains.map(checkedDomain))] };
  }

  async listed(name: string): Promise<readonly string[]> {
    if (name === ALLOWED_LIST || name === OWN_LIST) return this.blocks.listNames(name);
    if (isBuiltIn(name)) return [...sitesOf(name).keys()];
    return [...await listedIn(name, this.blocks)];
  }

  own(): { readonly blocked: readonly string[]; readonly allowed: readonly string[] } {
    const { blocks } = this;
    return { blocked: blocks.listNames(OWN_LIST), allowed: blocks.listNames(ALLOWED_LIST) };
  }

  /**
   * Replaces what is given: the user's names, those allowed, all list files.
   * @throws {RangeError} for a name that cannot be blocked, {@linkcode NotFoundError} for a file that
   * cannot be read: then nothing has changed.
   */
  async change(
    { blocked, allowed, files }: {
      readonly blocked?: readonly string[];
      readonly allowed?: readonly string[];
      readonly files?: readonly { readonly name: string; readonly path: string }[];
    },
  ): Promise<ListInfo[]> {
    const changes: Parameters<Blocks["setLists"]>[0][number][] = [];
    for (const [name, names] of [[OWN_LIST, blocked], [ALLOWED_LIST, allowed]] as const) {
      if (names === undefined) continue;
      const domains = [...new Set(names.map(checkedDomain))];
      changes.push({ name, domains, count: domains.length });
    }
    const notes = new Map<string, string>();
    if (files !== undefined) {
      for (const { name, path } of this.blocks.lists()) {
        if (path !== undefined) changes.push({ name, count: 0 });
      }
      for (const { name, path } of files) {
        if (!LIST_NAME.test(name)) {
          throw new RangeError(
            `Cannot call a list ${
              JSON.stringify(name.slice(0, 40))
            }: allowed are letters, digits, ` +
              '"-", "_" and ".", at most 64',
          );
        }
        if (files.filter((file) => file.name === name).length > 1) {
          throw new ConflictError(`Cannot call two lists "${name}"`);
        }
        if (isBuiltIn(name) || name === OWN_LIST || name === ALLOWED_LIST) {
          throw new ConflictError(`Cannot call a list "${name}": there is one of that name`);
        }
        if (!isAbsolute(path)) {
          throw new RangeError(
            `Cannot use the list "${path}": its path does not begin at the root`,
          );
        }
        const { domains, badLines, firstBadLine } = await readListFile(path);
        changes.push({ name, path, count: domains.length });
        if (badLines > 0) {
          notes.set(
            name,
            badLines === 1
              ? `1 line holds no name: line ${firstBadLine}`
              : `${badLines} lines hold no name, the first is line ${firstBadLine}`,
          );
        }
      }
    }
    await this.blocks.setLists(changes);
    return this.lists().map((list) => ({
      ...list,
      ...(notes.has(list.name) && { note: notes.get(list.name) }),
    }));
  }
}
