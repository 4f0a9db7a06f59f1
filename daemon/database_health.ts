/**
 * What is known of the database's health: what was salvaged, and what the full check finds.
 * @module
 */
import type { HealthBoard } from "./core/health.ts";
import type { logFor } from "./os/log.ts";
import { abortableDelay } from "./os/supervisor.ts";
import type { Store } from "./store/mod.ts";

/** No path: `/health` is free to read. */
export const STORE_OK = "open; what is acknowledged is committed";

/** The full check waits until the start, and what people look at first, is over. */
const CHECK_DELAY_MS = 30_000;

/** Says what was lost and saved, when the database had to be salvaged at the start. */
export function reportSalvage(
  store: Store,
  health: HealthBoard,
  log: ReturnType<typeof logFor>,
): void {
  const { salvage } = store;
  if (!salvage) return;
  const base = salvage.basedOn ? `the copy ${salvage.basedOn} and ` : "";
  const detail =
    `The database was damaged and is kept at ${salvage.setAside}; a new one was made from ` +
    `${base}${salvage.readEvents} events that could be read of it`;
  health.set("store", "degraded", detail);
  log.error("the database was damaged", { ...salvage });
}

/** The full check, which may take long; what it finds is said, and salvaged at the next start. */
export async function checkDatabase(
  store: Store,
  health: HealthBoard,
  signal: AbortSignal,
): Promise<void> {
  await abortableDelay(CHECK_DELAY_MS, signal);
  if (signal.aborted) return;
  try {
    const problems = await store.check();
    if (problems.length > 0) {
      const detail = `The database is damaged (${
        problems[0]
      }); start prodtracker anew to have it salvaged`;
      health.set("store", "degraded", detail);
    }
  } catch (error) {
    if (!signal.aborted) health.set("store", "degraded", (error as Error).message);
  }
}
