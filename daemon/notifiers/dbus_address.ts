/**
 * Where the D-Buses are, the session's and the system's.
 * @module
 */
import { exists } from "../os/files.ts";

const SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket";

/**
 * The address of the session's bus; `undefined` where there is none, or none on a Unix socket. What a service
 * manager or cron starts is told no address, but the socket has its usual place.
 */
export function sessionBusAddress(env: (name: string) => string | undefined): string | undefined {
  const told = env("DBUS_SESSION_BUS_ADDRESS");
  if (told) return firstUnix(told);
  const runtimeDir = env("XDG_RUNTIME_DIR");
  const path = `${runtimeDir}/bus`;
  return runtimeDir && exists(path) ? `unix:path=${path}` : undefined;
}

/** The address of either bus; the system's has a place of its own. */
export function busAddress(
  bus: "session" | "system",
  env: (name: string) => string | undefined,
): string | undefined {
  if (bus === "session") return sessionBusAddress(env);
  return firstUnix(env("DBUS_SYSTEM_BUS_ADDRESS") || SYSTEM_BUS);
}

function firstUnix(addresses: string): string | undefined {
  return addresses.split(";").map(unixAddress).find((address) => address !== undefined);
}

/** `unix:path=…` or `unix:abstract=…` without what the client does not need; `undefined` for other kinds. */
function unixAddress(address: string): string | undefined {
  const [, key, value] = /^unix:(?:.*,)?(path|abstract)=([^,]+)/.exec(address) ?? [];
  return value === undefined ? undefined : `unix:${key}=${unescaped(value)}`;
}

/** Addresses escape bytes as "%20". A comma or colon could not be told from the address's own. */
function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
