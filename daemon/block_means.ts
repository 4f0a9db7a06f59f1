/**
 * What blocking takes on this machine: read from it whenever somebody asks, and loaded then.
 * @module
 */
import type { BlockMeans, BlockSetup } from "./api/blocker_means.ts";
import { setupPlan } from "./blocker/setup.ts";
import { isInstalled, setupCommand } from "./blocker/ways.ts";
import { FatalError, UnsupportedError } from "./core/errors.ts";
import { checkBlocker } from "./doctor/blocker.ts";
import { checkBrowsers } from "./doctor/browsers.ts";

/** Changes nothing. `user` is who `block setup` would let block. */
export function readBlockMeans(user: string): BlockMeans {
  const hostsFile = checkBlocker();
  return {
    isPossible: hostsFile.status === "ok",
    checks: [hostsFile, ...checkBrowsers()],
    setup: readSetup(user),
  };
}

function readSetup(user: string): BlockSetup {
  try {
    const steps = setupPlan(user).map(({ path, what }) => ({ path, what }));
    return { isInstalled: isInstalled(), command: setupCommand(), steps };
  } catch (error) {
    if (!(error instanceof UnsupportedError || error instanceof FatalError)) throw error;
    return { isInstalled: false, hindrance: error.message, steps: [] };
  }
}
