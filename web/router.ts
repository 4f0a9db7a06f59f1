/**
 * Which view the address names, and what of it; views change without loading the page again, so that what
 * runs goes on. What a view shows (a date, a filter) stands in the address: reload, back and links keep it.
 * @module
 */
import { signal } from "@preact/signals";
import { type View, viewAt, VIEWS } from "../daemon/core/views.ts";

export { type View, VIEWS };

export const view = signal<View>("today");
/** What the address says behind its "?". */
export const query = signal<URLSearchParams>(new URLSearchParams());

/** What a link says behind its "?"; what is `undefined` is left out. */
export type Query = Readonly<Record<string, string | undefined>>;

/** The view that a path means; an unknown path is the first page's. */
export function viewOf(pathname: string): View {
  return viewAt(pathname) ?? "today";
}

/** The address of a view. */
export function addressOf(view: View, params: Query = {}): string {
  return withQuery(VIEWS[view], searchOf(params));
}

/** Follows the address, and the browser's back and forward. */
export function startRouter(): void {
  addEventListener("popstate", follow);
  follow();
}

/** Goes to a view, as a link to it would. */
export function show(next: View, params: Query = {}): void {
  const address = addressOf(next, params);
  const isThere = address === location.pathname + location.search;
  if (!isThere) history.pushState(null, "", address);
  const isOther = next !== view.peek();
  follow();
  if (!isOther) return;
  scrollTo(0, 0);
  // Who goes by keyboard or ear goes on at the top of the new view, not at the old link.
  document.getElementById("main")?.focus({ preventScroll: true });
}

/**
 * Changes some of what the address says of this view. `"push"` makes a step for the browser's back,
 * `"replace"` does not: for what changes while somebody types or drags.
 */
export function setQuery(changes: Query, how: "push" | "replace" = "push"): void {
  const next = new URLSearchParams(query.peek());
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) next.delete(key);
    else next.set(key, value);
  }
  const address = withQuery(location.pathname, next);
  if (address === location.pathname + location.search) return;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  query.value = next;
}

/**
 * Makes a plain click on a link to a view change the view; with a modifier, or another button, the browser
 * does what it always does.
 */
export function followLink(event: MouseEvent, next: View, params: Query = {}): void {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey &&
    !event.altKey;
  if (!isPlain) return;
  event.preventDefault();
  show(next, params);
}

function follow(): void {
  view.value = viewOf(location.pathname);
  query.value = new URLSearchParams(location.search);
}

function searchOf(params: Query): URLSearchParams {
  const given = Object.entries(params).filter((pair): pair is [string, string] =>
    pair[1] !== undefined
  );
  return new URLSearchParams(given);
}

function withQuery(path: string, search: URLSearchParams): string {
  return search.size === 0 ? path : `${path}?${search}`;
}
