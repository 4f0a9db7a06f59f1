/**
 * Which view the address names; views change without loading the page again, so that what runs goes on.
 * @module
 */
import { signal } from "@preact/signals";

/** The views by their addresses. */
export const VIEWS = { today: "/", focus: "/focus" } as const;
export type View = keyof typeof VIEWS;

export const view = signal<View>("today");

/** The view that a path means; an unknown path is the first page's. */
export function viewOf(pathname: string): View {
  const plain = pathname.replace(/\/+$/, "") || "/";
  const found = Object.entries(VIEWS).find(([, path]) => path === plain);
  return (found?.[0] ?? "today") as View;
}

/** Follows the address, and the browser's back and forward. */
export function startRouter(): void {
  const follow = () => view.value = viewOf(location.pathname);
  addEventListener("popstate", follow);
  follow();
}

/** Goes to a view, as a link to it would. */
export function show(next: View): void {
  if (next === view.peek()) return;
  history.pushState(null, "", VIEWS[next]);
  view.value = next;
  scrollTo(0, 0);
}

/**
 * Makes a plain click on a link to a view change the view; with a modifier, or another button, the browser
 * does what it always does.
 */
export function followLink(event: MouseEvent, next: View): void {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey &&
    !event.altKey;
  if (!isPlain) return;
  event.preventDefault();
  show(next);
}
