/**
 * Reaching an X server: from the value of DISPLAY to a connection that it has let in.
 * @module
 */
import type { WatcherContext } from "../core/ports.ts";
import { findXauth } from "./x11_auth.ts";
import { parseSetup, type Screen, type Setup, setupLength, setupRequest } from "./x11_protocol.ts";

const CONNECT_LIMIT_MS = 10_000;
const FIRST_TCP_PORT = 6000;

/** A server that has let us in. */
export interface OpenDisplay {
  readonly conn: Deno.Conn;
  /** The screen that DISPLAY names. */
  readonly screen: Screen;
  readonly setup: Setup;
}

/** The parts of `host:number.screen`. */
export interface DisplayName {
  /** "" or "unix" for this machine, a socket's path (XQuartz names its own), or a host. */
  readonly host: string;
  readonly number: string;
  readonly screen: number;
}

/** @throws {SyntaxError} when the text is not of that form. */
export function parseDisplay(display: string): DisplayName {
  const match = /^(?:[a-z][a-z0-9+.-]*\/)?(.*):(\d+)(?:\.(\d+))?$/i.exec(display);
  if (!match) throw new SyntaxError("it is not of the form host:number");
  return { host: match[1], number: match[2], screen: Number(match[3] ?? 0) };
}

/**
 * Connects to `display`, the value of DISPLAY, with the cookie that XAUTHORITY or HOME leads to.
 * @throws {Error} "Cannot connect to X display …" and why, in one line; also when the signal aborts.
 */
export async function openDisplay(
  display: string,
  { env, signal }: Pick<WatcherContext, "env" | "signal">,
): Promise<OpenDisplay> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), CONNECT_LIMIT_MS);
  const giveUp = AbortSignal.any([signal, limit.signal]);
  let conn: Deno.Conn | undefined;
  const close = () => conn?.close();
  try {
    const { host, number, screen } = parseDisplay(display);
    conn = await connect(addressOf(display, { host, number }), giveUp);
    giveUp.addEventListener("abort", close);
    const auth = await findXauth(env, { address: remoteAddress(conn), display: number });
    const setup = await introduce(conn, auth);
    giveUp.throwIfAborted();
    return { conn, screen: setup.screens[screen] ?? setup.screens[0], setup };
  } catch (error) {
    if (!giveUp.aborted) conn?.close();
    const reason = limit.signal.aborted
      ? `no answer for ${CONNECT_LIMIT_MS / 1000} s`
      : reasonOf(error as Error);
    throw new Error(`Cannot connect to X display "${display}": ${reason}`, { cause: error });
  } finally {
    clearTimeout(timer);
    giveUp.removeEventListener("abort", close);
  }
}

type Address = { readonly path: string } | { readonly hostname: string; readonly port: number };

/** Where a display listens: a socket file on this machine, or a TCP port. */
function addressOf(display: string, { host, number }: Omit<DisplayName, "screen">): Address {
  if (host.startsWith("/")) return { path: display.replace(/\.\d+$/, "") };
  if (host === "" || host === "unix") return { path: `/tmp/.X11-unix/X${number}` };
  return { hostname: host.replace(/^\[(.*)\]$/, "$1"), port: FIRST_TCP_PORT + Number(number) };
}

async function connect(address: Address, signal: AbortSignal): Promise<Deno.Conn> {
  signal.throwIfAborted();
  return "path" in address
    ? await Deno.connect({ ...address, transport: "unix" })
    : await Deno.connect({ ...address, signal });
}

/** The peer's IP address; `undefined` when it is this machine. */
function remoteAddress({ remoteAddr }: Deno.Conn): string | undefined {
  if (remoteAddr.transport !== "tcp") return undefined;
  const address = remoteAddr.hostname.replace(/^::ffff:/, "").replace(/%.*/, "");
  return address === "::1" || address.startsWith("127.") ? undefined : address;
}

async function introduce(
  conn: Deno.Conn,
  auth: { readonly name: string; readonly data: string },
): Promise<Setup> {
  await writeAll(conn, setupRequest(auth));
  const head = await readExactly(conn, 8);
  const length = setupLength(head);
  const reply = new Uint8Array(length);
  reply.set(new Uint8Array(head.buffer));
  reply.set(new Uint8Array((await readExactly(conn, length - 8)).buffer), 8);
  return parseSetup(new DataView(reply.buffer));
}

async function readExactly(conn: Deno.Conn, length: number): Promise<DataView> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const read = await conn.read(bytes.subarray(at));
    if (read === null) throw new Error("the connection was closed");
    at += read;
  }
  return new DataView(bytes.buffer);
}

/** Writes all of `bytes`. */
export async function writeAll(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await conn.write(bytes.subarray(at));
}

/** Why connecting failed, in one line. */
function reasonOf(error: Error): string {
  if (error instanceof Deno.errors.ConnectionRefused) return "connection refused";
  if (error instanceof Deno.errors.NotFound) return "no server listens there";
  if (error instanceof Deno.errors.PermissionDenied) return "permission denied";
  if (error instanceof Deno.errors.TimedOut) return "no answer";
  return error.message.replace(/ \(os error \d+\)$/, "").trim().replaceAll(/\s+/g, " ");
}
