/**
 * Looks names up in comma-separated lists, without a string per name.
 *
 * The pack has some ten thousand names, of which a day asks for a few hundred. This table hashes
 * each name where it stands in its list and keeps only where that is: 0.2 MB, where a `Map` of
 * strings takes 2 MB. It is made when first asked, so that a program that judges nothing pays nothing.
 * @module
 */
import { words } from "./theme.ts";

const COMMA = 0x2c;
const SPACE = 0x20;
const FNV_START = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

/** From each name to the number of the first list that holds it. */
export class NameTable {
  /** Slots of an open hash table: the name's hash, its offset + 1 (0 = free), its list. */
  #hashes = new Int32Array(0);
  #offsets = new Int32Array(0);
  #places = new Uint16Array(0);

  constructor(private readonly lists: readonly (string | undefined)[]) {}

  get(name: string): number | undefined {
    if (this.#offsets.length === 0) this.#make();
    let hash = FNV_START;
    for (let at = 0; at < name.length; at++) {
      hash = Math.imul(hash ^ name.charCodeAt(at), FNV_PRIME);
    }
    const slot = this.#find(hash, name);
    return this.#offsets[slot] === 0 ? undefined : this.#places[slot];
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Every name with its list's number, in the order of the lists. */
  entries(): Map<string, number> {
    const names = this.lists.flatMap(words);
    return new Map(names.map((name) => [name, this.get(name)!]));
  }

  #make(): void {
    const chars = this.lists.reduce((sum, list = "") => sum + list.length, 0);
    let slots = 64;
    while (slots * 8 < chars || !this.#fill(slots)) slots *= 2;
  }

  /** Whether all names found a place in so many slots. */
  #fill(slots: number): boolean {
    this.#hashes = new Int32Array(slots);
    this.#offsets = new Int32Array(slots);
    this.#places = new Uint16Array(slots);
    let room = slots * 0.7;
    for (const [place, list = ""] of this.lists.entries()) {
      for (let at = 0; at < list.length;) {
        while (list.charCodeAt(at) <= SPACE) at++;
        const start = at;
        let hash = FNV_START;
        for (let char; at < list.length && (char = list.charCodeAt(at)) !== COMMA; at++) {
          hash = Math.imul(hash ^ char, FNV_PRIME);
        }
        const slot = this.#find(hash, list, start, at);
        if (this.#offsets[slot] === 0) {
          if (--room < 0) return false;
          this.#hashes[slot] = hash;
          this.#offsets[slot] = start + 1;
          this.#places[slot] = place;
        }
        at++;
      }
    }
    return true;
  }

  /** The slot that holds the name `text.slice(start, end)`, or the free one where it belongs. */
  #find(hash: number, text: string, start = 0, end = text.length): number {
    const mask = this.#offsets.length - 1;
    for (let slot = (hash ^ hash >>> 15) & mask;; slot = slot + 1 & mask) {
      if (this.#offsets[slot] === 0) return slot;
      if (this.#hashes[slot] === hash && this.#isAt(slot, text.slice(start, end))) return slot;
    }
  }

  #isAt(slot: number, name: string): boolean {
    const list = this.lists[this.#places[slot]]!;
    const start = this.#offsets[slot] - 1;
    const end = start + name.length;
    return list.startsWith(name, start) &&
      (end === list.length || list.charCodeAt(end) === COMMA);
  }
}
