/**
 * What a window says about itself: its program, title and process.
 * @module
 */
import type { FocusedWindow } from "../core/types.ts";
import { WindowGoneError, type X11Connection } from "./x11_connection.ts";
import { PRIVATE_WINDOWS } from "./x11_private.ts";
import { getWindowAttributes, parseIsMapped } from "./x11_protocol.ts";
import { decodeText, parseWmClass, type TextType, tidyTitle } from "./x11_text.ts";

const TEXT_TYPES = ["UTF8_STRING", "STRING", "COMPOUND_TEXT"] as const;
/** In the order in which they are believed. */
const TITLES = ["_NET_WM_NAME", "_NET_WM_VISIBLE_NAME", "WM_NAME"] as const;

/** Reads windows on one connection. */
export class WindowReader {
  private constructor(
    private readonly connection: X11Connection,
    private readonly atoms: ReadonlyMap<string, number>,
    private readonly types: ReadonlyMap<number, TextType>,
  ) {}

  /** A reader that knows the server's numbers for the names it needs. */
  static async create(connection: X11Connection): Promise<WindowReader> {
    const names = ["WM_CLASS", "_NET_WM_PID", ...TITLES];
    const atoms = await Promise.all(names.map((name) => connection.atom(name)));
    const types = await Promise.all(TEXT_TYPES.map((name) => connection.atom(name)));
    return new WindowReader(
      connection,
      new Map(names.map((name, i) => [name, atoms[i]])),
      new Map(TEXT_TYPES.map((name, i) => [types[i], name])),
    );
  }

  /** Whether the property `atom` is one that `read` looks at. */
  reads(atom: number): boolean {
    return [...this.atoms.values()].some((known) => known === atom);
  }

  /** What `window` says; `undefined` when it is gone. */
  async read(window: number): Promise<FocusedWindow | undefined> {
    try {
      const [wmClass, title, pid] = await Promise.all([
        this.#text(window, "WM_CLASS"),
        this.#title(window),
        this.connection.numberProperty(window, this.#atom("_NET_WM_PID")),
      ]);
      const app = wmClass && parseWmClass(wmClass);
      const seen = { ...(app && { app }), ...(title && { title }), ...(pid && { pid }) };
      const isPrivate = await PRIVATE_WINDOWS.has({ ...seen, window }, (w) => this.#isThere(w));
      return isPrivate ? { ...seen, isPrivate } : seen;
    } catch (error) {
      if (error instanceof WindowGoneError) return undefined;
      throw error;
    }
  }

  async #isThere(window: number): Promise<boolean> {
    try {
      await this.connection.ask(getWindowAttributes(window), parseIsMapped);
      return true;
    } catch (error) {
      if (error instanceof WindowGoneError) return false;
      throw error;
    }
  }

  async #title(window: number): Promise<string | undefined> {
    for (const name of TITLES) {
      const text = await this.#text(window, name);
      const title = text && tidyTitle(text);
      if (title) return title;
    }
  }

  async #text(window: number, name: string): Promise<string | undefined> {
    const found = await this.connection.property(window, this.#atom(name));
    if (!found || found.format !== 8) return undefined;
    // EWMH's are UTF-8, whatever type a careless program (xdotool set_window) gives them.
    const type = name.startsWith("_NET_") ? "UTF8_STRING" : this.types.get(found.type);
    return decodeText(found.data, type ?? "unknown");
  }

  #atom(name: string): number {
    return this.atoms.get(name)!;
  }
}
