/**
 * What the pure core and the services need of the outside, one small interface each.
 * @module
 */
import type { FocusedWindow } from "./types.ts";

/** The two clocks: one tells the time of day, the other only how much time went by. */
export interface Clock {
  /** Milliseconds since the epoch, UTC; jumps when somebody sets the clock or the machine wakes. */
  nowMs(): number;
  /** Milliseconds of running time since an arbitrary start; never goes back, stands still in suspend. */
  monoMs(): number;
}

/** What a watcher reports; `atMs` is when it became true (UTC), which may be in the past. */
export type WatcherUpdate =
  /** `window` is `undefined` when nothing has the focus (an empty desktop, a dead window). */
  | { readonly kind: "window"; readonly atMs: number; readonly window: FocusedWindow | undefined }
  /** No input since `atMs` (dated back to the last input) for at least the AFK limit. */
  | { readonly kind: "afk"; readonly atMs: number }
  /** Input came back at `atMs`. */
  | { readonly kind: "not-afk"; readonly atMs: number };

/** What a watcher is given to run with. */
export interface WatcherContext {
  readonly clock: Clock;
  /** Time without input after which the person counts as away, in milliseconds. */
  readonly afkLimitMs: number;
  readonly env: (name: string) => string | undefined;
  /** Called once, when the watcher is really listening; `detail` names what to, for `/health`. */
  ready(detail: string): void;
  emit(update: WatcherUpdate): void;
  readonly signal: AbortSignal;
}

/** One way to watch one platform. */
export interface Watcher {
  /** "window_x11", "idle_x11", …: the file's name. */
  readonly name: string;
  readonly watches: "window" | "idle";
  /**
   * Watches until `signal` aborts (then resolves) or the source is lost (then rejects).
   * @throws {UnsupportedError} before `ready` when this machine has no such source; its message is the
   * one line shown to the user.
   */
  run(context: WatcherContext): Promise<void>;
}
