/**
 * Which window has the focus on an X display: the window manager's word, or else the server's.
 * @module
 */
import { WindowGoneError, type X11Connection } from "./x11_connection.ts";
import {
  EVENT_MASK,
  getInputFocus,
  getWindowAttributes,
  parseIsMapped,
  parseNumber,
  parseParent,
  queryTree,
  type XEvent,
} from "./x11_protocol.ts";

const NONE = 0;
const POINTER_ROOT = 1;
/** How deep windows are searched for the one that is a program's own. */
const DEPTH_LIMIT = 64;

const ATOMS = [
  "_NET_SUPPORTING_WM_CHECK",
  "_NET_SUPPORTED",
  "_NET_ACTIVE_WINDOW",
  "_NET_WM_NAME",
  "WM_STATE",
  "WM_CLASS",
] as const;
type Atoms = Readonly<Record<typeof ATOMS[number], number>>;

/**
 * Finds the window with the focus, and knows which events say that it may have moved.
 *
 * While a window manager keeps _NET_ACTIVE_WINDOW on the root (EWMH), that is the answer. When there is
 * none, or it died and left the property behind, the input focus is, as far up as the program's own
 * window; it is asked for again whenever it leaves, and when a window manager starts.
 */
export class FocusFinder {
  /** The window by which a living window manager is known; `undefined` while there is none. */
  #managerWindow: number | undefined;
  /** Whether _NET_ACTIVE_WINDOW can be believed. */
  #managed = false;
  /** Whether `#managed` is to be found out anew. */
  #doubtful = true;
  #managerName: string | undefined;
  /** The windows whose events are asked for, besides the root. */
  #selected: number[] = [];

  private constructor(
    private readonly connection: X11Connection,
    private readonly atoms: Atoms,
  ) {}

  /** A finder that has asked for the root's events. */
  static async create(connection: X11Connection): Promise<FocusFinder> {
    const numbers = await Promise.all(ATOMS.map((name) => connection.atom(name)));
    const atoms = Object.fromEntries(ATOMS.map((name, i) => [name, numbers[i]])) as Atoms;
    const { PropertyChange, FocusChange } = EVENT_MASK;
    connection.select(connection.root, PropertyChange | FocusChange);
    return new FocusFinder(connection, atoms);
  }

  /** The window manager's name; `undefined` when none speaks EWMH. Known after the first `find`. */
  get managerName(): string | undefined {
    return this.#managed ? this.#managerName ?? "" : undefined;
  }

  /** Whether `event` may mean that the focus has moved. */
  concerns(event: XEvent): boolean {
    switch (event.name) {
      case "PropertyNotify": {
        const { window, atom } = event;
        if (window !== this.connection.root) return false;
        if (atom === this.atoms._NET_SUPPORTING_WM_CHECK) return this.#doubtful = true;
        if (atom !== this.atoms._NET_ACTIVE_WINDOW) return false;
        if (!this.#managed) this.#doubtful = true;
        return true;
      }
      case "DestroyNotify":
        if (event.window === this.#managerWindow) return this.#doubtful = true;
        return this.#isSelected(event.window);
      case "MapNotify":
      case "UnmapNotify":
        return this.#isSelected(event.window);
      case "FocusIn":
      case "FocusOut":
        return !this.#managed;
      default:
        return false;
    }
  }

  /** The program's window that has the focus now, with its property events asked for; `undefined` for none. */
  async find(): Promise<number | undefined> {
    if (this.#doubtful) {
      this.#doubtful = false;
      this.#managed = await this.#lookForManager();
    }
    return this.#managed ? await this.#findActive() : await this.#findFocused();
  }

  async #findActive(): Promise<number | undefined> {
    const { connection, atoms } = this;
    const active = await connection.numberProperty(connection.root, atoms._NET_ACTIVE_WINDOW);
    if (!active) {
      this.#select([]);
      return undefined;
    }
    const { PropertyChange, StructureNotify } = EVENT_MASK;
    this.#select([[active, PropertyChange | StructureNotify]]);
    try {
      // Openbox goes on naming the last window after it was closed or withdrawn.
      const isMapped = await connection.ask(getWindowAttributes(active), parseIsMapped);
      return isMapped ? active : undefined;
    } catch (error) {
      if (error instanceof WindowGoneError) return undefined;
      throw error;
    }
  }

  async #findFocused(): Promise<number | undefined> {
    const { PropertyChange, FocusChange } = EVENT_MASK;
    let focus = await this.#inputFocus();
    while (focus !== undefined) {
      this.#select([[focus, PropertyChange | FocusChange]]);
      // Once more: had it left before its events were asked for, nobody would have told.
      const still = await this.#inputFocus();
      if (still === focus) break;
      focus = still;
    }
    if (focus === undefined) {
      this.#select([]);
      return undefined;
    }
    try {
      const window = await this.#findProgramWindow(focus);
      if (window !== focus) this.#select([[focus, FocusChange], [window, PropertyChange]]);
      return window;
    } catch (error) {
      if (error instanceof WindowGoneError) return undefined;
      throw error;
    }
  }

  async #inputFocus(): Promise<number | undefined> {
    const focus = await this.connection.ask(getInputFocus(), parseNumber);
    return focus === NONE || focus === POINTER_ROOT || focus === this.connection.root
      ? undefined
      : focus;
  }

  /** The window manager's mark is a window that names itself; a mark left by a dead one does not. */
  async #lookForManager(): Promise<boolean> {
    const { connection, atoms } = this;
    const { root } = connection;
    const mark = atoms._NET_SUPPORTING_WM_CHECK;
    const window = await connection.numberProperty(root, mark);
    this.#managerWindow = window;
    this.#managerName = undefined;
    if (window) {
      try {
        connection.select(window, EVENT_MASK.StructureNotify);
        if (await connection.numberProperty(window, mark) !== window) return false;
        const name = await connection.property(window, atoms._NET_WM_NAME);
        this.#managerName = name && new TextDecoder().decode(name.data);
      } catch (error) {
        if (error instanceof WindowGoneError) return false;
        throw error;
      }
    }
    // The property itself may be missing until the first window comes, or the promise of it for ever.
    const supported = await connection.numbersProperty(root, atoms._NET_SUPPORTED);
    return supported.includes(atoms._NET_ACTIVE_WINDOW) ||
      await connection.property(root, atoms._NET_ACTIVE_WINDOW) !== undefined;
  }

  /**
   * The program's own window around `focus`, which may be a part of it: the nearest one that a window
   * manager has marked with WM_STATE, else the outermost one with a WM_CLASS, else `focus`.
   */
  async #findProgramWindow(focus: number): Promise<number> {
    const { connection, atoms } = this;
    let outermost: number | undefined;
    let window = focus;
    for (let depth = 0; depth < DEPTH_LIMIT; depth++) {
      const [state, wmClass, parent] = await Promise.all([
        connection.property(window, atoms.WM_STATE),
        connection.property(window, atoms.WM_CLASS),
        connection.ask(queryTree(window), parseParent),
      ]);
      if (state) return window;
      if (wmClass) outermost = window;
      if (parent === connection.root || parent === NONE) break;
      window = parent;
    }
    return outermost ?? focus;
  }

  #isSelected(window: number): boolean {
    return this.#selected.some((selected) => selected === window);
  }

  /** Always asked for anew: a number may by now be another window's. */
  #select(windows: readonly (readonly [window: number, mask: number])[]): void {
    for (const window of this.#selected) {
      if (!windows.some(([wanted]) => wanted === window)) this.connection.select(window, 0);
    }
    for (const [window, mask] of windows) this.connection.select(window, mask);
    this.#selected = windows.map(([window]) => window);
  }
}
