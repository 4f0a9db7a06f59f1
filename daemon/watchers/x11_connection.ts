/**
 * A connection to an X server on which nothing escapes: every request settles, every end is told once.
 * @module
 */
import { UnsupportedError } from "../core/errors.ts";
import type { WatcherContext } from "../core/ports.ts";
import { type OpenDisplay, openDisplay, writeAll } from "./x11_display.ts";
import * as x11 from "./x11_protocol.ts";
import type { Extension, Screen, Setup, XEvent, XProperty } from "./x11_protocol.ts";

/** Of one property, in units of 4 bytes: one request holds it whole, and a title is cut shorter than that. */
const PROPERTY_LIMIT = 16_384;
const BAD_WINDOW = 3, BAD_DRAWABLE = 9;
const FIRST_BUFFER_BYTES = 4_096;

/** The window a request was about does not exist any more. */
export class WindowGoneError extends Error {
  override name = "WindowGoneError";
}

/** A request that waits for its answer. */
interface Waiting {
  /** Low 16 bits of the request's place in the order of all. */
  readonly sequence: number;
  readonly answer: (reply: DataView) => void;
  readonly reject: (reason: Error) => void;
}

/** An open connection; see `X11Connection.open`. */
export class X11Connection {
  /** Resolves when the connection was closed from here, rejects when it broke or `fail` was called. */
  readonly ended: Promise<void>;
  readonly root: number;
  readonly screen: Screen;
  readonly setup: Setup;
  readonly #conn: Deno.Conn;
  readonly #reading: Promise<void>;
  readonly #settle: PromiseWithResolvers<void>;
  readonly #listeners = new Set<(event: XEvent) => void>();
  readonly #waiting: Waiting[] = [];
  #writing: Promise<void> = Promise.resolve();
  #outbox: Uint8Array[] = [];
  #sequence = 0;
  #nextResource: number;
  #sync: Extension | undefined;
  #endReason: Error | undefined;

  private constructor(readonly display: string, { conn, screen, setup }: OpenDisplay) {
    this.#conn = conn;
    this.screen = screen;
    this.setup = setup;
    this.root = screen.root;
    this.#nextResource = setup.resourceBase;
    this.#settle = Promise.withResolvers();
    this.ended = this.#settle.promise;
    this.ended.catch(() => {});
    this.#reading = this.#read();
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
    await Promise.all([this.#reading, this.#writing]);
  }

  /**
   * What the server answers to a request.
   * @throws {WindowGoneError} when the window it is about is gone; an error when the connection ended first.
   */
  ask<T>(request: Uint8Array, parse: (reply: DataView) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#endReason) return reject(this.#endReason);
      const sequence = this.send(request);
      const answer = (reply: DataView) => {
        try {
          resolve(parse(reply));
        } catch (error) {
          reject(error);
        }
      };
      this.#waiting.push({ sequence, answer, reject });
    });
  }

  /** Makes a request that is not answered (its errors are not told either); returns its sequence number. */
  send(request: Uint8Array): number {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    if (this.#endReason) return this.#sequence;
    this.#outbox.push(request);
    if (this.#outbox.length === 1) this.#writing = this.#writing.then(() => this.#write());
    return this.#sequence;
  }

  /** The number this server gave to a name. */
  atom(name: string): Promise<number> {
    return this.ask(x11.internAtom(name), x11.parseNumber);
  }

  /**
   * A property of a window, `undefined` when it has none; of more than 64 KiB the beginning.
   * @throws {WindowGoneError}
   */
  property(window: number, atom: number): Promise<XProperty | undefined> {
    return this.ask(x11.getProperty(window, atom, PROPERTY_LIMIT), x11.parseProperty);
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
    this.send(x11.changeEventMask(window, eventMask));
  }

  /** A number for something that this client creates. */
  newId(): number {
    return this.#nextResource++;
  }

  /** The opcode of the SYNC extension, whose alarms are told from now on; `undefined` when there is none. */
  async sync(): Promise<number | undefined> {
    const sync = await this.ask(x11.queryExtension("SYNC"), x11.parseExtension);
    if (sync) await this.ask(x11.syncInitialize(sync.opcode), () => {});
    this.#sync = sync;
    return sync?.opcode;
  }

  async #write(): Promise<void> {
    const requests = this.#outbox;
    this.#outbox = [];
    const bytes = new Uint8Array(requests.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const request of requests) {
      bytes.set(request, at);
      at += request.length;
    }
    try {
      await writeAll(this.#conn, bytes);
    } catch {
      this.#lost();
    }
  }

  /** Takes messages from the server until the connection ends. */
  async #read(): Promise<void> {
    let buffer = new Uint8Array(FIRST_BUFFER_BYTES);
    let filled = 0;
    while (!this.#endReason) {
      const read = await this.#conn.read(buffer.subarray(filled)).catch(() => null);
      if (read === null) return this.#lost();
      filled += read;
      const { taken, wanted } = this.#takeMessages(buffer, filled);
      const next = wanted > buffer.length ? new Uint8Array(wanted) : buffer;
      next.set(buffer.subarray(taken, filled));
      filled -= taken;
      buffer = next;
    }
  }

  /** Handles the whole messages at the beginning; `wanted` is the room the next one needs. */
  #takeMessages(buffer: Uint8Array, filled: number): { taken: number; wanted: number } {
    let taken = 0;
    while (filled - taken >= 32) {
      const length = x11.messageLength(new DataView(buffer.buffer, taken, 32));
      if (length > filled - taken) return { taken, wanted: length };
      // A copy: what is read out of it outlives the buffer.
      this.#take(new DataView(buffer.buffer.slice(taken, taken + length)));
      taken += length;
    }
    return { taken, wanted: 32 };
  }

  #take(message: DataView): void {
    if (this.#endReason) return;
    try {
      const kind = message.getUint8(0);
      if (kind === x11.REPLY || kind === x11.ERROR) return this.#answer(kind, message);
      const event = x11.parseEvent(message, this.#sync);
      if (event) { for (const listener of this.#listeners) listener(event); }
    } catch (error) {
      this.fail(error as Error);
    }
  }

  /** Answers come in the order of the requests; an error may also be about one that nobody waits for. */
  #answer(kind: number, message: DataView): void {
    const [first] = this.#waiting;
    if (first?.sequence !== message.getUint16(2, true)) return;
    this.#waiting.shift();
    if (kind === x11.REPLY) return first.answer(message);
    const code = message.getUint8(1);
    first.reject(
      code === BAD_WINDOW || code === BAD_DRAWABLE
        ? new WindowGoneError("The window is gone")
        : new Error(`The X server refused a request with error ${code}`),
    );
  }

  #lost(): void {
    this.fail(new Error(`Lost the connection to X display "${this.display}"`));
  }

  #end(reason: Error, settle: () => void): void {
    if (this.#endReason) return;
    this.#endReason = reason;
    for (const { reject } of this.#waiting) reject(reason);
    this.#waiting.length = 0;
    this.#conn.close();
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
