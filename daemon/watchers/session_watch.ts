/**
 * Watches the desktop session on both D-Buses: whether the screen is locked, and when the machine sleeps. A bus that
 * goes away is connected to again.
 * @module
 */
import type { PartStatus } from "../core/health.ts";
import type { Clock } from "../core/ports.ts";
import { judgeLock, type LockInput, type LockState } from "../core/presence_lock.ts";
import { supervise } from "../os/supervisor.ts";
import { Bus } from "./session_bus.ts";
import { LogindWatch, type SessionListener, type SessionWatch } from "./session_logind.ts";
import { SaverWatch } from "./session_savers.ts";

export interface SessionWatchOptions {
  readonly clock: Clock;
  readonly env: (name: string) => string | undefined;
  readonly signal: AbortSignal;
  /** Where a bus is now; `undefined`: nowhere. */
  readonly address: (bus: BusName) => string | undefined;
  /** `undefined`: nobody can tell. */
  onLock(isLocked: boolean | undefined): void;
  onSleep(isAsleep: boolean): void;
  report(status: PartStatus, detail: string): void;
}

export type BusName = "system" | "session";

interface WatchedBus {
  readonly name: BusName;
  readonly watch: SessionWatch;
  /** `never`: nothing answered there so far. */
  state: "never" | "open" | "lost";
  reason: string;
}

/** Watches until the signal aborts. */
export async function watchSession(options: SessionWatchOptions): Promise<void> {
  const { clock, env, signal } = options;
  let lock: LockState = { words: {} };
  let isLocked: boolean | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const judge = (input: LockInput) => {
    const step = judgeLock(lock, input, clock.monoMs());
    lock = step.state;
    clearTimeout(timer);
    if (step.dueInMs !== undefined) timer = setTimeout(() => judge({ kind: "due" }), step.dueInMs);
    if (step.isLocked === isLocked) return;
    isLocked = step.isLocked;
    if (!signal.aborted) options.onLock(isLocked);
  };
  const listener: SessionListener = {
    lock: judge,
    sleep: (isAsleep) => {
      if (!signal.aborted) options.onSleep(isAsleep);
    },
    changed: () => say(),
  };
  const buses: WatchedBus[] = [
    { name: "system", watch: new LogindWatch(listener, env), state: "never", reason: "" },
    { name: "session", watch: new SaverWatch(listener), state: "never", reason: "" },
  ];
  const say = () => {
    if (!signal.aborted) options.report(...describe(buses));
  };
  await Promise.all(buses.map((bus) => watchBus(bus, options, say)));
  clearTimeout(timer);
}

async function watchBus(
  bus: WatchedBus,
  { address, signal }: SessionWatchOptions,
  say: () => void,
): Promise<void> {
  const run = async () => {
    const where = address(bus.name);
    if (where === undefined) throw new Error(`there is no D-Bus ${bus.name}`);
    const connection = await Bus.open(where, {
      signal,
      onSignal: (message) => bus.watch.take(message),
    });
    try {
      await bus.watch.start(connection);
      bus.state = "open";
      say();
      await connection.ended;
    } finally {
      bus.watch.lost();
      await connection.close();
    }
  };
  await supervise(run, {
    signal,
    onFailure(error, retryInMs) {
      if (bus.state !== "never") bus.state = "lost";
      bus.reason = `${error.message}; next try in ${retryInMs / 1_000} s`;
      say();
    },
  });
}

/** What `/health` says. */
function describe(buses: readonly WatchedBus[]): [status: PartStatus, detail: string] {
  const lost = buses.filter(({ state }) => state === "lost");
  const missing = buses.flatMap(({ watch }) => watch.missing);
  const troubles = [
    ...lost.map(({ name, reason }) => `the D-Bus ${name} went away (${reason})`),
    ...missing.map((name) => `${name} went away`),
  ];
  const knows = (what: "lock" | "sleep") =>
    buses.flatMap(({ watch }) => watch.sources).filter(({ knows }) => knows.includes(what))
      .map(({ name }) => name).join(", ") || "nobody";
  const known = `the lock of the screen is told by ${knows("lock")}, sleep by ${knows("sleep")}`;
  if (troubles.length > 0) return ["degraded", `${troubles.join("; ")}; ${known}`];
  if (buses.every(({ state }) => state === "never")) {
    return ["off", "no D-Bus answers: nobody tells whether the screen is locked, or of sleep"];
  }
  return ["ok", known];
}
