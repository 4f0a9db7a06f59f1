/**
 * The watchers by platform, in the order in which they are tried: the first that can, does.
 * @module
 */
import { UnsupportedError } from "../core/errors.ts";
import type { Watcher, WatcherContext } from "../core/ports.ts";
import { idleX11 } from "./idle_x11.ts";
import { windowX11 } from "./window_x11.ts";

/** All watchers; to add one, write its file and its line here. */
export const WATCHERS: readonly Watcher[] = [windowX11, idleX11];

/**
 * Runs the first watcher of a kind that this machine supports, until the signal aborts.
 * @throws {UnsupportedError} when none does, with each one's reason; or the watcher's own error.
 */
export async function runFirstSupported(
  watches: Watcher["watches"],
  context: WatcherContext,
  watchers: readonly Watcher[] = WATCHERS,
): Promise<void> {
  const reasons: string[] = [];
  for (const watcher of watchers) {
    if (watcher.watches !== watches) continue;
    try {
      return await watcher.run(context);
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      reasons.push(error.message);
    }
  }
  throw new UnsupportedError(
    reasons.join("; ") || `No ${watches} watcher exists for this platform`,
  );
}
