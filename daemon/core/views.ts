/**
 * The dashboard's views and their addresses: what the page shows, and what the daemon serves it at.
 * @module
 */

export const VIEWS = {
  today: "/",
  trends: "/trends",
  focus: "/focus",
  phone: "/phone",
  block: "/block",
  rules: "/rules",
  edits: "/edits",
  settings: "/settings",
} as const;
export type View = keyof typeof VIEWS;

/** The view that a path means; `undefined` when it is none's. */
export function viewAt(pathname: string): View | undefined {
  const plain = pathname.replace(/\/+$/, "") || "/";
  return Object.entries(VIEWS).find(([, path]) => path === plain)?.[0] as View | undefined;
}
