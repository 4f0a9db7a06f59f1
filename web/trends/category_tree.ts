/**
 * Categories as a tree of two levels: "media/video" lies under "media".
 * @module
 */
import { clip, withoutControls } from "../format.ts";
import type { WireTrendCategory } from "./wire.ts";

export interface CategoryNode {
  /** "media", "media/video"; "" for time without a category. */
  readonly key: string;
  /** Foreign text, as it is to be read: "Video". */
  readonly name: string;
  readonly seconds: number;
  readonly previousSeconds: number;
  /** Where its time stands in `category_seconds`. */
  readonly places: readonly number[];
  readonly children: readonly CategoryNode[];
}

/** The tree, most time first on both levels; what had no time at all is left out. */
export function categoryTree(categories: readonly WireTrendCategory[]): CategoryNode[] {
  const groups = new Map<string, CategoryNode[]>();
  categories.forEach((category, place) => {
    const key = category.name ?? "";
    const cut = key.indexOf("/");
    const parent = cut < 0 ? key : key.slice(0, cut);
    const leaf: CategoryNode = {
      key,
      name: cut < 0 ? "In general" : readable(key.slice(cut + 1)),
      seconds: category.signal_seconds + category.noise_seconds + category.neutral_seconds,
      previousSeconds: category.previous_seconds,
      places: [place],
      children: [],
    };
    groups.set(parent, [...groups.get(parent) ?? [], leaf]);
  });
  return [...groups].map(([key, leaves]): CategoryNode => ({
    key,
    name: key === "" ? "No category" : readable(key),
    seconds: sum(leaves, ({ seconds }) => seconds),
    previousSeconds: sum(leaves, ({ previousSeconds }) => previousSeconds),
    places: leaves.flatMap(({ places }) => places),
    // One that has no levels below needs no row of its own besides.
    children: leaves.length === 1 && leaves[0].key === key ? [] : leaves.toSorted(byTime),
  })).filter(({ seconds, previousSeconds }) => seconds + previousSeconds > 0).sort(byTime);
}

/** Time of a node in one column, in seconds. */
export function secondsIn(node: CategoryNode, categorySeconds: readonly number[]): number {
  return node.places.reduce((all, place) => all + (categorySeconds[place] ?? 0), 0);
}

function byTime(a: CategoryNode, b: CategoryNode): number {
  return b.seconds - a.seconds || b.previousSeconds - a.previousSeconds ||
    (a.key < b.key ? -1 : 1);
}

function sum<T>(all: readonly T[], of: (each: T) => number): number {
  return all.reduce((whole, each) => whole + of(each), 0);
}

function readable(name: string): string {
  const text = withoutControls(clip(name, 60));
  return text.charAt(0).toUpperCase() + text.slice(1);
}
