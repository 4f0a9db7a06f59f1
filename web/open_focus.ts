/**
 * The way to the focus sessions: their script and style are of no use to the other views.
 * @module
 */
import type { Api } from "./api.ts";

/** Where a page that is loaded again finds the session that it had. */
export const KEPT_SESSION_KEY = "prodtracker.focus.session";

let opened: Promise<typeof import("./focus/mod.ts")> | undefined;

/** Loads them once. @throws when a file cannot be had; the next call tries again. */
export function openFocus(api: Api): Promise<typeof import("./focus/mod.ts")> {
  return opened ??= load(api).catch((error) => {
    opened = undefined;
    throw error;
  });
}

/** Whether this tab had a session when it was loaded again. */
export function hasKeptSession(): boolean {
  try {
    return sessionStorage.getItem(KEPT_SESSION_KEY) !== null;
  } catch {
    return false;
  }
}

async function load(api: Api) {
  const [focus] = await Promise.all([import("./focus/mod.ts"), loadStyle(named("focus-style"))]);
  focus.prepareFocus(api, named("vision-worker"));
  return focus;
}

/** The address that the page's head has for something. */
function named(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
}

function loadStyle(href: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new Error(`Cannot load "${href}"`));
    };
    document.head.append(link);
  });
}
