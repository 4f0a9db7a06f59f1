import type { wireHealth } from "../daemon/api/health.ts";
import { isMissedByNobody } from "../daemon/core/health.ts";
import type { Daemon } from "../daemon/mod.ts";
import { ask } from "./own_daemon.ts";
import { note } from "./output.ts";
import { green, yellow } from "./style.ts";
import { clean } from "./text.ts";

type WireHealth = ReturnType<typeof wireHealth>;
type Part = WireHealth["parts"][number];

/** Says in one line what of a daemon is off or degraded and why, and later what changes. */
export function sayWhatIsOff(daemon: Daemon): void {
  const known = new Map<string, Part["status"]>();
  const look = (health: WireHealth) => {
    const parts = health.parts.filter((part) => !goesWithoutSaying(part) || known.has(part.name));
    // The watchers settle together; until then there is nothing to say.
    if (known.size === 0 && parts.some(({ status }) => status === "starting")) return;
    const changed = parts.filter(({ name, status }) =>
      status !== "starting" && status !== known.get(name)
    );
    for (const line of describe(changed, known)) note(line);
    for (const { name, status } of changed) known.set(name, status);
  };
  daemon.onUpdate("health", (health) => look(health as WireHealth));
  // Only a courtesy: a daemon that ends at once has other things to say.
  ask<WireHealth>(daemon, "/health").then(look, () => {});
}

/** Copies have their time, and extras are not missed. */
function goesWithoutSaying(part: Part): boolean {
  return part.name === "backup" || isMissedByNobody(part);
}

/** One line for the parts that share a reason; parts that are well are told only if they were not. */
export function describe(
  changed: readonly Part[],
  known: ReadonlyMap<string, Part["status"]>,
): string[] {
  const groups = new Map<string, Part[]>();
  for (const part of changed) {
    if (part.status === "ok" && !known.has(part.name)) continue;
    const key = `${part.status} ${part.detail}`;
    groups.set(key, [...groups.get(key) ?? [], part]);
  }
  return [...groups.values()].map((parts) => {
    const { status, detail } = parts[0];
    const names = parts.map(({ name }) => name).join(" and ");
    const now = status === "ok" ? "well again" : status;
    const line = `${names} ${parts.length === 1 ? "is" : "are"} ${now}: ${clean(detail)}`;
    return status === "ok" ? green(line) : yellow(line);
  });
}
