/**
 * Which lists are offered, and which of them are chosen before anybody chooses; pure.
 * @module
 */
import { BUILT_IN_LISTS, FIRST_DAY_LISTS } from "../../daemon/core/site_lists/names.ts";
import type { WireList } from "./wire.ts";

export type OfferedList = Pick<WireList, "name" | "kind" | "count">;

/** For whoever is not signed in: what the daemon blocks when nothing is named, which may be the person's own list. */
export const USUAL: OfferedList = { name: "", kind: "own", count: 0 };

/** Those that can be blocked: one's own when it holds anything, files, and those of the program. */
export function offeredLists(lists: readonly WireList[] | undefined): OfferedList[] {
  if (lists === undefined) {
    return [
      USUAL,
      ...BUILT_IN_LISTS.map((name) => ({ name, kind: "built-in" as const, count: 0 })),
    ];
  }
  return lists.filter(({ kind, count }) => kind !== "allowed" && (kind !== "own" || count > 0));
}

/** What the daemon blocks when nothing is named. */
export function usualLists(lists: readonly WireList[] | undefined): readonly string[] {
  if (lists === undefined) return [USUAL.name];
  const own = lists.find(({ kind }) => kind === "own");
  return own !== undefined && own.count > 0 ? [own.name] : FIRST_DAY_LISTS;
}

/** A choice as the API takes it: the usual is what stands for nothing named. */
export function namedLists(chosen: Iterable<string>): string[] {
  return [...chosen].filter((name) => name !== USUAL.name);
}
