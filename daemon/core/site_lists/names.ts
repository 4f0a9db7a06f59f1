/** The lists that come with the program; their names are all that is needed until one is used. */
export const BUILT_IN_LISTS = ["social", "video", "news", "games", "shopping"] as const;
export type BuiltInList = (typeof BUILT_IN_LISTS)[number];

/** What is blocked by somebody who has chosen nothing yet. */
export const FIRST_DAY_LISTS: readonly BuiltInList[] = ["social", "video"];

export function isBuiltIn(name: string): name is BuiltInList {
  return (BUILT_IN_LISTS as readonly string[]).includes(name);
}
