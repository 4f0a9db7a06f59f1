/**
 * The two D-Buses, and what is asked over them: notifications, and who tells of the screen's lock.
 * @module
 */
import type { Env } from "../config/paths.ts";
import { busAddress } from "../notifiers/dbus_address.ts";
import { systemClock } from "../os/clock.ts";
import { Bus } from "../watchers/session_bus.ts";
import { watchSession } from "../watchers/session_watch.ts";
import type { Check } from "./check.ts";

/** Whoever tells of the lock says so at once. */
const LOCK_MS = 1_500;
const DBUS = {
  destination: "org.freedesktop.DBus",
  path: "/org/freedesktop/DBus",
  interface: "org.freedesktop.DBus",
} as const;
const NOTIFICATIONS = "org.freedesktop.Notifications";

/** Whether a D-Bus answers. */
export async function checkBus(
  kind: "session" | "system",
  env: Env,
  signal: AbortSignal,
): Promise<Check> {
  const name = `${kind} bus`;
  const address = busAddress(kind, env);
  if (address === undefined) {
    const detail = "no D-Bus session: DBUS_SESSION_BUS_ADDRESS is not set";
    return { name, status: "off", detail, remedy: "start it inside a desktop session" };
  }
  const socket = address.replace(/^unix:(path|abstract)=/, "");
  try {
    const bus = await Bus.open(address, { onSignal: () => {}, signal });
    await bus.close();
    return { name, status: "ok", detail: `answers at ${socket}` };
  } catch (error) {
    const detail = `does not answer at ${socket}: ${plain(error)}`;
    // Nobody set the system's: it is where it always is, or there is none.
    if (kind === "system") {
      const lost = "sleep, and the lock by systemd-logind, are not seen";
      return { name, status: "off", detail, remedy: `${lost} without it` };
    }
    const remedy = "log in anew, or correct DBUS_SESSION_BUS_ADDRESS";
    return { name, status: "warn", detail, remedy };
  }
}

/** Whether something shows notifications. */
export async function checkNotifications(env: Env, signal: AbortSignal): Promise<Check> {
  const name = "notifications";
  const seen = "nudges are seen on the dashboard only";
  const address = busAddress("session", env);
  if (address === undefined) return { name, status: "off", detail: `no D-Bus session: ${seen}` };
  try {
    const bus = await Bus.open(address, { onSignal: () => {}, signal });
    try {
      const [isRunning] = await bus.call({
        ...DBUS,
        member: "NameHasOwner",
        args: [NOTIFICATIONS],
      });
      if (isRunning === true) {
        const [server, , version] = await bus.call({
          ...{ destination: NOTIFICATIONS, path: "/org/freedesktop/Notifications" },
          ...{ interface: NOTIFICATIONS, member: "GetServerInformation" },
        });
        return { name, status: "ok", detail: `shown by ${server} ${version}` };
      }
      const [startable] = await bus.call({ ...DBUS, member: "ListActivatableNames" });
      if (Array.isArray(startable) && startable.includes(NOTIFICATIONS)) {
        return {
          name,
          status: "ok",
          detail: "the desktop starts what shows them when it is asked",
        };
      }
      const remedy = "start a notification service, such as dunst or mako";
      return { name, status: "off", detail: `nothing shows them here: ${seen}`, remedy };
    } finally {
      await bus.close();
    }
  } catch (error) {
    return { name, status: "warn", detail: `cannot be asked: ${plain(error)}; ${seen}` };
  }
}

/** Who tells whether the screen is locked, asked as the daemon would. */
export async function checkLock(
  env: Env,
  { wantsScreenshots, signal }: {
    readonly wantsScreenshots: boolean;
    readonly signal: AbortSignal;
  },
): Promise<Check> {
  const buses = ["session", "system"] as const;
  const answers = await Promise.all(buses.map((kind) => checkBus(kind, env, signal)));
  if (answers.every(({ status }) => status !== "ok")) {
    return lockCheck(undefined, wantsScreenshots);
  }
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  let said: { readonly status: string; readonly detail: string } | undefined;
  const settled = Promise.withResolvers<void>();
  const timer = setTimeout(settled.resolve, LOCK_MS);
  const watching = watchSession({
    ...{ clock: systemClock, env, signal: either },
    address: (bus) => busAddress(bus, env),
    onLock: () => {},
    onSleep: () => {},
    report: (status, detail) => {
      said = { status, detail };
      if (status === "ok" && !detail.includes("nobody")) settled.resolve();
    },
  }).catch(() => {});
  await Promise.race([settled.promise, watching]);
  clearTimeout(timer);
  stop.abort();
  return lockCheck(said, wantsScreenshots);
}

/** The running daemon's word on it, or the one above; screenshots that are wished for need it. */
export function lockCheck(
  said: { readonly status: string; readonly detail: string } | undefined,
  wantsScreenshots: boolean,
): Check {
  const name = "screen lock";
  const remedy = "a locked screen counts as away once the keyboard rests; while nobody can tell, " +
    "screenshots are taken by command only";
  const status = wantsScreenshots ? "fail" : "off";
  if (!said || said.status === "off") {
    const detail = said?.detail ?? "no D-Bus answers: nobody tells whether the screen is locked";
    return { name, status, detail, remedy };
  }
  if (said.status === "degraded") return { name, status: "warn", detail: said.detail };
  const isKnown = !said.detail.includes("lock of the screen is told by nobody");
  return isKnown
    ? { name, status: "ok", detail: said.detail }
    : { name, status, detail: said.detail, remedy };
}

function plain(error: unknown): string {
  return (error as Error).message.replace(/ \(os error \d+\)$/, "");
}
