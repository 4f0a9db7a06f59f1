/**
 * Reaching an X server: from the value of DISPLAY to a greeted client.
 * @module
 */
import type { Socket } from "node:net";
import type { WatcherContext } from "../core/ports.ts";
import { findXauth } from "./x11_auth.ts";
import {
  loadX11,
  type ParsedDisplay,
  type X11Module,
  type XClient,
  type XDisplay,
} from "./x11_module.ts";

const CONNECT_LIMIT_MS = 10_000;
const FIRST_TCP_PORT = 6000;

/** A server that has let us in. */
export interface OpenDisplay {
  readonly socket: Socket;
  readonly module: X11Module;
  readonly client: XClient;
  /** The root window of the screen that DISPLAY names. */
  readonly root: number;
}

/**
 * Connects to `display`, the value of DISPLAY, with the cookie that XAUTHORITY or HOME leads to.
 * @throws {Error} "Cannot connect to X display …" and why, in one line; also when the signal aborts.
 */
export async function openDisplay(
  display: string,
  { env, signal }: Pick<WatcherContext, "env" | "signal">,
): Promise<OpenDisplay> {
  let socket: Socket | undefined;
  const abort = () => socket?.destroy();
  signal.addEventListener("abort", abort);
  try {
    const [module, net] = await Promise.all([loadX11(), import("node:net")]);
    signal.throwIfAborted();
    const parsed = parseDisplay(module, display);
    socket = net.createConnection(addressOf(display, parsed));
    await connected(socket);
    const auth = await findXauth(env, {
      address: remoteAddress(socket),
      display: String(parsed.displayNum),
    });
    const { client, screen } = await greet(module, { stream: socket, display, auth });
    const { root } = screen[Number(parsed.screenNum)] ?? screen[0];
    return { socket, module, client, root };
  } catch (error) {
    socket?.destroy();
    const reason = reasonOf(error as NodeJS.ErrnoException);
    throw new Error(`Cannot connect to X display "${display}": ${reason}`, { cause: error });
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function parseDisplay(module: X11Module, display: string): ParsedDisplay {
  try {
    return module.parseDisplay(display);
  } catch (error) {
    throw new SyntaxError("it is not of the form host:number", { cause: error });
  }
}

/** Where a display listens: a socket file on this machine (XQuartz names its own), or a TCP port. */
function addressOf(
  display: string,
  { host, displayNum }: ParsedDisplay,
): { path: string } | { host: string; port: number } {
  if (host.startsWith("/")) return { path: display.replace(/\.\d+$/, "") };
  if (host === "" || host === "unix") return { path: `/tmp/.X11-unix/X${displayNum}` };
  return { host: host.replace(/^\[(.*)\]$/, "$1"), port: FIRST_TCP_PORT + Number(displayNum) };
}

/** The peer's address; `undefined` when it is this machine. */
function remoteAddress(socket: Socket): string | undefined {
  const address = socket.remoteAddress?.replace(/^::ffff:/, "").replace(/%.*/, "");
  return address === "::1" || address?.startsWith("127.") ? undefined : address || undefined;
}

function connected(socket: Socket): Promise<void> {
  return within(socket, (resolve, reject) => {
    socket.on("error", reject);
    socket.once("connect", resolve);
    socket.once("close", () => reject(new Error("the connection was closed")));
  });
}

/** Introduces us to the server over a connected socket. */
function greet(
  module: X11Module,
  options: { stream: Socket; display: string; auth: { name: string; data: string } },
): Promise<XDisplay> {
  return within(options.stream, (resolve, reject) => {
    const client = module.createClient(
      { ...options, disableBigRequests: true },
      (error, display) => error ? reject(error) : resolve(display),
    );
    // Errors of requests without a reply (a window that died) arrive here too, and are nothing to us.
    client.on("error", reject);
  });
}

/** Settles as `start` says, or rejects when the server takes too long. */
function within<T>(
  socket: Socket,
  start: (resolve: (value: T) => void, reject: (error: Error) => void) => void,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const timer = setTimeout(() => {
    reject(new Error(`no answer for ${CONNECT_LIMIT_MS / 1000} s`));
    socket.destroy();
  }, CONNECT_LIMIT_MS);
  start(resolve, reject);
  return promise.finally(() => clearTimeout(timer));
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ENOENT: "no server listens there",
  EACCES: "permission denied",
  ENOTFOUND: "unknown host",
  ETIMEDOUT: "no answer",
  EHOSTUNREACH: "host not reachable",
  ENETUNREACH: "network not reachable",
};

/** Why connecting failed, in one line. */
function reasonOf(error: NodeJS.ErrnoException): string {
  const reason = REASONS[error.code ?? ""] ??
    error.message.replace(/^X server connection failed: /, "");
  return reason.trim().replaceAll(/\s+/g, " ");
}
