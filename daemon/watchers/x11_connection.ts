/**
 * A connection to an X server on which nothing escapes: every request settles, every end is told once.
 * @module
 */
import type { Socket } from "node:net";
import { UnsupportedError } from "../core/errors.ts";
import type { WatcherContext } from "../core/ports.ts";
import { type OpenDisplay, openDisplay } from "./x11_display.ts";
import type { Reply, X11Module, XClient, XError, XEvent, XProperty, XSync } from "./x11_module.ts";

/** Of one property, in units of 4 bytes: one request holds it whole, and a title is cut shorter than that. */
const PROPERTY_LIMIT = 16_384;
const BAD_WINDOW = 3;

/** The window a request was about does not exist any more. */
export class WindowGoneError extends Error {
  override name = "WindowGoneError";
}

/** An open connection; see `X11Connection.open`. */
export class X11Connection {
  /** Resolves when the connection was closed from here, rejects when it broke or `fail` was called. */
  readonly ended: Promise<void>;
  readonly root: number;
  readonly eventMask: X11Module["eventMask"];
  readonly #socket: Socket;
  readonly #client: XClient;
  readonly #settle: PromiseWithResolvers<void>;
  readonly #listeners = new Set<(event: XEvent) => void>();
  readonly #pending = new Set<(reason: Error) => void>();
  #endReason: Error | undefined;

  private constructor(
    readonly display: string,
    { socket, module, client, root }: OpenDisplay,
  ) {
    this.#socket = socket;
    this.#client = client;
    this.#settle = Promise.withResolvers();
    this.ended = this.#settle.promise;
    this.ended.catch(() => {});
    this.root = root;
    this.eventMask = module.eventMask;
    // The package keeps one table of atoms for all connections, but each server numbers its own.
    client.atoms = { ...client.atoms };
    client.on("event", (event) => this.#tell(event));
    socket.on("close", () => {
      this.fail(new Error(`Lost the connection to X display "${display}"`));
    });
  }

  /**
   * Connects to `display`, the value of DISPLAY, with the cookie that XAUTHORITY or HOME leads to.
   * @throws {Error} "Cannot connect to X display …" and why, in one line.
   */
  static async open(
    display: string,
    options: Pick<WatcherContext, "env" | "signal">,
  ): Promise<X11Connection> {
    return new X11Connection(display, await openDisplay(display, options));
  }

  /** Calls `listener` for every event, until the end; what it throws ends the connection. */
  onEvent(listener: (event: XEvent) => void): void {
    this.#listeners.add(listener);
  }

  /** Ends the connection because of `error`; only the first end counts. */
  fail(error: Error): void {
    this.#end(error, () => this.#settle.reject(error));
  }

  /** Ends the connection; resolves when its socket is closed. */
  async close(): Promise<void> {
    this.#end(new Error(`The connection to X display "${this.display}" is closed`), () => {
      this.#settle.resolve();
    });
    if (this.#socket.closed) return;
    await new Promise<void>((resolve) => this.#socket.once("close", () => resolve()));
  }

  /**
   * What the server answers to the request that `send` makes.
   * @throws {WindowGoneError} when the window it is about is gone; an error when the connection ended first.
   */
  ask<T>(send: (client: XClient, reply: Reply<T>) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#endReason) return reject(this.#endReason);
      this.#pending.add(reject);
      send(this.#client, (error, value) => {
        this.#pending.delete(reject);
        if (error) reject(readable(error));
        else resolve(value);
        return true;
      });
    });
  }

  /** The number this server gave to a name. */
  atom(name: string): Promise<number> {
    return this.ask((client, reply) => client.InternAtom(false, name, reply));
  }

  /**
   * A property of a window, `undefined` when it has none; of more than 64 KiB the beginning.
   * @throws {WindowGoneError}
   */
  async property(window: number, atom: number): Promise<XProperty | undefined> {
    const found = await this.ask<XProperty>((client, reply) =>
      client.GetProperty(0, window, atom, 0, 0, PROPERTY_LIMIT, reply)
    );
    return found.type === 0 ? undefined : found;
  }

  /** The numbers a property holds, as windows, atoms and process ids are stored; none if it has another form. */
  async numbersProperty(window: number, atom: number): Promise<number[]> {
    const found = await this.property(window, atom);
    if (!found || found.format !== 32) return [];
    const { buffer, byteOffset, byteLength } = found.data;
    const view = new DataView(buffer, byteOffset, byteLength);
    return Array.from({ length: byteLength / 4 }, (_, i) => view.getUint32(i * 4, true));
  }

  /** The first number a property holds. */
  async numberProperty(window: number, atom: number): Promise<number | undefined> {
    return (await this.numbersProperty(window, atom))[0];
  }

  /** Asks for these events of a window, instead of those asked for before; a dead window is none. */
  select(window: number, eventMask: number): void {
    this.send((client) => client.ChangeWindowAttributes(window, { eventMask }));
  }

  /** Makes a request that is not answered; errors, too, are not told. */
  send(request: (client: XClient) => void): void {
    if (!this.#endReason) request(this.#client);
  }

  /** The SYNC extension, `undefined` when the server has none. */
  sync(): Promise<XSync | undefined> {
    return this.ask((client, reply) =>
      client.require("sync", (error, sync) => reply(undefined, error ? undefined : sync))
    );
  }

  #tell(event: XEvent): void {
    if (this.#endReason) return;
    try {
      for (const listener of this.#listeners) listener(event);
    } catch (error) {
      this.fail(error as Error);
    }
  }

  #end(reason: Error, settle: () => void): void {
    if (this.#endReason) return;
    this.#endReason = reason;
    for (const reject of this.#pending) reject(reason);
    this.#pending.clear();
    this.#socket.destroy();
    settle();
  }
}

/**
 * Runs `watch` on a connection of its own to the display that DISPLAY names, until the signal aborts.
 * @throws {UnsupportedError} when DISPLAY is not set.
 */
export async function runOnX11(
  { env, signal }: WatcherContext,
  watch: (connection: X11Connection) => Promise<void>,
): Promise<void> {
  const display = env("DISPLAY");
  if (!display) throw new UnsupportedError("No X11 session: DISPLAY is not set");
  if (signal.aborted) return;
  let connection: X11Connection | undefined;
  const abort = () => void connection?.close();
  signal.addEventListener("abort", abort);
  try {
    connection = await X11Connection.open(display, { env, signal });
    if (signal.aborted) return;
    await watch(connection);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener("abort", abort);
    await connection?.close();
  }
}

function readable(error: XError): Error {
  return error.error === BAD_WINDOW
    ? new WindowGoneError("The window is gone", { cause: error })
    : new Error(`The X server refused a request: ${error.message}`, { cause: error });
}
