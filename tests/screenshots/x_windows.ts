/**
 * Real windows of known colours on a real X server, made as any program makes them.
 * @module
 */
import { X11Connection } from "../../daemon/watchers/x11_connection.ts";
import { getInputFocus, parseNumber, request } from "../../daemon/watchers/x11_protocol.ts";
import type { XSession } from "../x_session.ts";

/** 0xRRGGBB */
export type Colour = number;

export interface WindowOptions {
  readonly x?: number;
  readonly y?: number;
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly colour?: Colour;
  /** WM_CLASS. */
  readonly app?: string;
  readonly title?: string;
  /** Not for the window manager. */
  readonly overrideRedirect?: boolean;
  /** "DOCK", …: _NET_WM_WINDOW_TYPE. */
  readonly type?: string;
  readonly isInputOnly?: boolean;
  /** A window within which it is made. @default the root */
  readonly parent?: number;
  /** @default true */
  readonly isMapped?: boolean;
}

/** One program's windows; closing it removes them all. */
export class XWindows implements AsyncDisposable {
  private constructor(readonly connection: X11Connection) {}

  static async open({ display }: Pick<XSession, "display">): Promise<XWindows> {
    const { signal } = new AbortController();
    return new XWindows(await X11Connection.open(display, { env: () => undefined, signal }));
  }

  /** Makes a window and waits until the server has it. */
  async add(options: WindowOptions): Promise<number> {
    const { x = 50, y = 50, widthPx = 200, heightPx = 150, colour = 0, parent } = options;
    const { isInputOnly = false, overrideRedirect = false } = options;
    const id = this.connection.newId();
    const values = isInputOnly ? [Number(overrideRedirect)] : [colour, Number(overrideRedirect)];
    const mask = (isInputOnly ? 0 : 1 << 1) | 1 << 9;
    const where = [pair(x, y), pair(widthPx, heightPx), pair(0, isInputOnly ? 2 : 1)];
    this.connection.send(
      request(1, 0, id, parent ?? this.connection.root, ...where, 0, mask, ...values),
    );
    if (options.app) await this.setText(id, "WM_CLASS", `${options.app}\0${options.app}\0`);
    if (options.title) await this.setText(id, "_NET_WM_NAME", options.title);
    if (options.type) {
      const atom = await this.connection.atom(`_NET_WM_WINDOW_TYPE_${options.type}`);
      await this.setAtom(id, "_NET_WM_WINDOW_TYPE", atom);
    }
    if (options.isMapped !== false) await this.map(id);
    await this.sync();
    return id;
  }

  /** Paints a whole window, pixel by pixel. */
  async paint(
    id: number,
    { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
    colourAt: (x: number, y: number) => Colour,
  ): Promise<void> {
    const context = this.connection.newId();
    this.connection.send(request(55, 0, context, id, 0));
    const { depth } = this.connection.screen;
    // A request holds 256 KiB.
    const rows = Math.floor(60_000 / widthPx);
    for (let top = 0; top < heightPx; top += rows) {
      const count = Math.min(rows, heightPx - top);
      const pixels = Array.from(
        { length: widthPx * count },
        (_, i) => colourAt(i % widthPx, top + Math.floor(i / widthPx)),
      );
      const where = [pair(widthPx, count), pair(0, top), depth << 8];
      this.connection.send(request(72, 2, id, context, ...where, ...pixels));
      await this.sync();
    }
  }

  async map(id: number): Promise<void> {
    this.connection.send(request(8, 0, id));
    await this.sync();
  }

  async unmap(id: number): Promise<void> {
    this.connection.send(request(10, 0, id));
    await this.sync();
  }

  async destroy(id: number): Promise<void> {
    this.connection.send(request(4, 0, id));
    await this.sync();
  }

  async setText(id: number, name: string, text: string): Promise<void> {
    const type = await this.connection.atom(name.startsWith("_NET") ? "UTF8_STRING" : "STRING");
    this.#change(id, await this.connection.atom(name), type, 8, new TextEncoder().encode(text));
  }

  async setAtom(id: number, name: string, value: number): Promise<void> {
    const type = await this.connection.atom("ATOM");
    const data = new Uint8Array(Uint32Array.of(value).buffer);
    this.#change(id, await this.connection.atom(name), type, 32, data);
  }

  /** The window that owns a selection; 0: none does. */
  ownerOf(selection: number): Promise<number> {
    return this.connection.ask(request(23, 0, selection), parseNumber);
  }

  /** Resolves when the server has done all that was asked for. */
  async sync(): Promise<void> {
    await this.connection.ask(getInputFocus(), parseNumber);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection.close();
  }

  #change(id: number, property: number, type: number, format: number, data: Uint8Array): void {
    const words = new Uint32Array(Math.ceil(data.length / 4));
    new Uint8Array(words.buffer).set(data);
    const count = data.length / (format / 8);
    this.connection.send(request(18, 0, id, property, type, format, count, ...words));
  }
}

function pair(low: number, high: number): number {
  return ((low & 0xffff) | (high & 0xffff) << 16) >>> 0;
}
