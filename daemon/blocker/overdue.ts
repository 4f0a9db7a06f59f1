/**
 * What every start does first: a block whose time is over is lifted. Costs one look for one file when no
 * block is armed.
 * @module
 */
import { readArmed } from "./armed.ts";
import type { EnforcerOptions } from "./mod.ts";

/**
 * Lifts an overdue block, and sees to it that somebody lives who lifts one that is not over.
 * @throws {NotPermittedError} when it is overdue and may not be lifted from here; the message says how.
 */
export async function liftOverdue(options: EnforcerOptions): Promise<void> {
  if (!readArmed(options.dataDir)) return;
  const { Enforcer } = await import("./mod.ts");
  await new Enforcer(options).settleArmed();
}
