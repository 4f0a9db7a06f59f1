/**
 * A session across the reloading of its page: kept in the tab's own storage, which ends with the tab.
 * @module
 */
import { KEPT_SESSION_KEY } from "../kept_focus.ts";
import type { KnownPerson } from "./focus_api.ts";
import type { LedgerState } from "./ledger.ts";
import type { SendWish } from "./telling.ts";

export interface KeptSession {
  readonly id: number;
  readonly plannedMinutes: number | null;
  readonly camera: string;
  readonly skewMs: number;
  readonly known: Partial<KnownPerson>;
  readonly ledger: LedgerState;
  readonly is: "running" | "paused" | "ended";
  readonly savedMs: number;
  /** By which ways the daemon knows that its end is to be told. */
  readonly wish?: SendWish;
}

/** A page that was away for longer does not switch the camera on by itself. */
export const AT_ONCE_MS = 60_000;
/** The daemon takes up no session after a longer pause. */
const MAX_AGE_MS = 4 * 3_600_000;

export function keep(session: KeptSession | undefined): void {
  try {
    if (session) sessionStorage.setItem(KEPT_SESSION_KEY, JSON.stringify(session));
    else sessionStorage.removeItem(KEPT_SESSION_KEY);
  } catch {
    // Without storage a reloaded page begins anew; the daemon closes what it had.
  }
}

/** The session that this tab had; `undefined` when there is none, or it is too old. */
export function kept(nowMs: number): KeptSession | undefined {
  try {
    const session: KeptSession | null = JSON.parse(
      sessionStorage.getItem(KEPT_SESSION_KEY) ?? "null",
    );
    if (session && nowMs - session.savedMs < MAX_AGE_MS) return session;
  } catch {
    // Not ours, or of another version.
  }
  keep(undefined);
  return undefined;
}

/** How long the page that was there before may take to let go. */
const HOLD_LIMIT_MS = 3_000;

/**
 * Makes this page the only one that goes on with a session: a tab that was doubled has the storage of the other.
 * Returns how to let go of it, or `undefined` when another page holds it.
 */
export async function hold(id: number): Promise<(() => void) | undefined> {
  if (!navigator.locks) return () => {};
  const { promise: until, resolve: letGo } = Promise.withResolvers<void>();
  const held = Promise.withResolvers<boolean>();
  const signal = AbortSignal.timeout(HOLD_LIMIT_MS);
  navigator.locks.request(`prodtracker.focus.${id}`, { signal }, () => {
    held.resolve(true);
    return until;
  }).catch(() => held.resolve(false));
  return await held.promise ? letGo : undefined;
}
