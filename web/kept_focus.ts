/**
 * Whether this tab had a focus session when it was loaded again: the first script must know, before it has loaded
 * what a session is made of.
 * @module
 */

/** Where a page that is loaded again finds the session that it had. */
export const KEPT_SESSION_KEY = "prodtracker.focus.session";

/** Whether it had one. */
export function hasKeptFocus(): boolean {
  try {
    return sessionStorage.getItem(KEPT_SESSION_KEY) !== null;
  } catch {
    return false;
  }
}
