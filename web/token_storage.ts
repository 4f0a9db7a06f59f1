/**
 * Where this origin keeps the token; with storage switched off, nothing is kept and nothing fails.
 * @module
 */

/** The storage key, for following changes made by other tabs. */
export const TOKEN_KEY = "prodtracker.token";

/** The kept token; `undefined` when there is none. */
export function storedToken(): string | undefined {
  try {
    return localStorage.getItem(TOKEN_KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the token, or with `undefined` forgets it. */
export function storeToken(value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(TOKEN_KEY);
    else localStorage.setItem(TOKEN_KEY, value);
  } catch {
    // The page's own memory still has it, for as long as the page lives.
  }
}
