import type { Config } from "../config/load.ts";
import type { Env } from "../config/paths.ts";
import { UnsupportedError } from "../core/errors.ts";
import type { PartHealth } from "../core/health.ts";
import type { Watcher } from "../core/ports.ts";
import { systemClock } from "../os/clock.ts";
import { runFirstSupported } from "../watchers/mod.ts";
import type { Check } from "./check.ts";

type Kind = Watcher["watches"];

const PROBE_MS = 3_000;
const NAMES: Readonly<Record<Kind, string>> = { window: "window tracking", idle: "idle detection" };

/** What the running tracker says of its watcher; `undefined` while it does not know yet. */
export function watcherAsServed(kind: Kind, parts: readonly PartHealth[]): Check | undefined {
  const part = parts.find(({ name }) => name === kind);
  if (!part || part.status === "starting") return undefined;
  const status = part.status === "degraded" ? "fail" : part.status;
  return { name: NAMES[kind], status, detail: part.detail };
}

/** Runs a watcher until it says that it listens. */
export async function probeWatcher(kind: Kind, config: Config, env: Env): Promise<Check> {
  const name = NAMES[kind];
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PROBE_MS);
  let found: string | undefined;
  try {
    await runFirstSupported(kind, {
      clock: systemClock,
      afkLimitMs: config.afkLimitMs,
      env,
      emit: () => {},
      signal: stop.signal,
      ready(detail) {
        found = detail;
        stop.abort();
      },
    });
    if (found !== undefined) return { name, status: "ok", detail: found };
    return { name, status: "fail", detail: `the desktop did not answer in ${PROBE_MS / 1000} s` };
  } catch (error) {
    const { message } = error as Error;
    return error instanceof UnsupportedError
      ? { name, status: "off", detail: message, remedy: "start it inside a desktop session" }
      : { name, status: "fail", detail: message, remedy: "check DISPLAY and XAUTHORITY" };
  } finally {
    clearTimeout(timer);
  }
}
