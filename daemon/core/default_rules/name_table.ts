/**
 * Looks names up in comma-separated lists.
 *
 * The pack has some ten thousand names, of which a day asks for a few hundred. They are sorted once, when
 * first asked for, by the engine's own functions: a loop of ours over so many names, such as one that
 * hashes them, has the engine load its optimising compiler, which costs the daemon 5 MB of memory.
 * @module
 */
import { words } from "./theme.ts";

/** Stands between a name and its list's number; sorts before whatever a name may go on with. */
const END = "\0";

/** From each name to the number of the first list that holds it. */
export class NameTable {
  /** "name", END and the list's number as a character, in order. */
  #entries: readonly string[] | undefined;

  constructor(private readonly lists: readonly (string | undefined)[]) {}

  get(name: string): number | undefined {
    const entries = this.#entries ??= sortedEntries(this.lists);
    const wanted = name + END;
    let low = 0;
    for (let high = entries.length; low < high;) {
      const middle = (low + high) >>> 1;
      if (entries[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    const entry = entries.at(low);
    return entry?.startsWith(wanted) ? entry.charCodeAt(wanted.length) : undefined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Every name with its list's number, in the order of the lists. */
  entries(): Map<string, number> {
    const names = this.lists.flatMap(words);
    return new Map(names.map((name) => [name, this.get(name)!]));
  }
}

function sortedEntries(lists: readonly (string | undefined)[]): string[] {
  const perList = lists.map((list, place) => {
    const names = list?.trim();
    if (!names) return [];
    const mark = END + String.fromCharCode(place);
    return (names.replaceAll(/,\s*/g, `${mark},`) + mark).split(",");
  });
  return perList.flat().sort();
}
