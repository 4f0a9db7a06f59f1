/**
 * What can be seen on an X display: the windows, and whether one of them locks it.
 * @module
 */
import type { FocusedWindow } from "../core/types.ts";
import { WindowGoneError, type X11Connection } from "./x11_connection.ts";
import { EVENT_MASK, getWindowAttributes, queryTree } from "./x11_protocol.ts";
import {
  getGeometry,
  parseAttributes,
  parseChildren,
  parseGeometry,
  type Rectangle,
  type WindowAttributes,
} from "./x11_screen_protocol.ts";
import { WindowReader } from "./x11_window.ts";

/** A window, as it and the server name it. */
export type ShownWindow = FocusedWindow & { readonly window: number };

/** What was found on the screen. */
export interface Shown {
  /** Whatever can be seen, or whose title may be read somewhere; each with its program. */
  readonly windows: readonly ShownWindow[];
  /** All that are open, whether they can be seen or not. */
  readonly open: readonly number[];
  /** How many can be seen of which nobody can tell whose they are. */
  readonly unknown: number;
  /** Something lies over a whole monitor that no window manager manages, as screen lockers do. */
  readonly isCovered: boolean;
}

/** Nothing can be read of what is narrower or lower than this, in pixels. */
const TINY_PX = 10;
/** What one program shows within another's window is an icon, up to this width and height. */
const ICON_PX = 64;
/** How deep programs' windows lie within a window manager's frames, or within each other. */
const DEPTH = 4;
/** A locker may leave so much at the edges (xsecurelock does), in pixels. */
const EDGE_PX = 2;
/** What is told of a window that is looked at, and of those within it. */
const HEARD = EVENT_MASK.PropertyChange | EVENT_MASK.StructureNotify |
  EVENT_MASK.SubstructureNotify;
/** The bits of a window's number that tell which client made it are below these; the server's own have them set. */
const CLIENT_BITS = 0x1fff_ffff;

const ATOMS = [
  "_NET_CLIENT_LIST",
  "_NET_CLIENT_LIST_STACKING",
  "_NET_CURRENT_DESKTOP",
  "_NET_SUPPORTING_WM_CHECK",
  "_NET_WM_WINDOW_TYPE",
  "_NET_WM_WINDOW_TYPE_DOCK",
  "_NET_WM_WINDOW_TYPE_DESKTOP",
] as const;
type Atoms = Readonly<Record<typeof ATOMS[number], number>>;

interface Window extends WindowAttributes {
  readonly id: number;
  readonly area: Rectangle;
  readonly client: number;
}

/** A window's own words, and what kind it says it is. */
interface Program {
  readonly id: number;
  readonly client: number;
  readonly said: ShownWindow;
  readonly kind: "dock" | "desktop" | "other";
}

/**
 * Looks at the windows of a display.
 *
 * Every window that the server shows counts, also one beneath others: whether the upper ones are opaque, and have
 * painted, nobody can tell. Minimised windows and those of other desktops do not, unless the desktop keeps them
 * shown; but where something can be seen that lists windows by title (a panel, the window manager's own menus and
 * tabs), all windows that are open count.
 */
export class ShownWindows {
  private constructor(
    private readonly connection: X11Connection,
    private readonly reader: WindowReader,
    private readonly atoms: Atoms,
  ) {}

  /** Asks for the root's events, too: whoever listens hears of what changes. */
  static async create(connection: X11Connection): Promise<ShownWindows> {
    const numbers = await Promise.all(ATOMS.map((name) => connection.atom(name)));
    const atoms = Object.fromEntries(ATOMS.map((name, i) => [name, numbers[i]])) as Atoms;
    connection.select(connection.root, HEARD);
    return new ShownWindows(connection, await WindowReader.create(connection), atoms);
  }

  /** Whether a property that changed may change what {@linkcode look} finds. */
  reads(atom: number): boolean {
    return this.reader.reads(atom) || Object.values(this.atoms).includes(atom);
  }

  /** What can be seen within `areas`, the monitors. */
  async look(areas: readonly Rectangle[]): Promise<Shown> {
    const { root } = this.connection;
    const [tops, open, manager] = await Promise.all([
      this.#children(root),
      this.#openWindows(),
      this.connection.numberProperty(root, this.atoms._NET_SUPPORTING_WM_CHECK),
    ]);
    const visible = tops.filter((window) =>
      isDrawn(window) && window.client !== 0 && areas.some((area) => overlap(window.area, area)) &&
      Math.min(window.area.widthPx, window.area.heightPx) >= TINY_PX
    );
    const managerClient = manager === undefined ? undefined : this.#clientOf(manager);
    const found = await Promise.all(visible.map((top) => this.#inspect(top, managerClient)));
    const shown = found.flatMap(({ programs }) => programs);
    const listed = await this.#programs(open);
    const listsTitles = found.some(({ listsTitles }) => listsTitles);
    return {
      ...named(listsTitles ? [...shown, ...listed] : shown, listed),
      open: [...shown, ...listed].map(({ said }) => said.window),
      isCovered: isCovered(visible.map((window, i) => ({ ...window, ...found[i] })), areas),
    };
  }

  /** What a window on the root shows. */
  async #inspect(top: Window, managerClient: number | undefined) {
    const within = await this.#foreign(top, DEPTH);
    const [own, ...programs] = await this.#programs([top.id, ...within.map(({ id }) => id)]);
    const isManagers = top.client === managerClient;
    const isFrame = programs.length > 0;
    if (own && own.kind !== "dock" && !isManagers && (!isFrame || own.said.app)) programs.push(own);
    const isDock = own?.kind === "dock" || programs.some(({ kind }) => kind === "dock");
    return {
      isFrame,
      isManagers,
      isDesktop: own?.kind === "desktop",
      // Panels, and what the window manager shows of its own: menus, tabs, a list to switch windows by.
      listsTitles: isDock || (isManagers && !isFrame),
      programs: own?.kind === "dock" && own.said.app ? [...programs, own] : programs,
    };
  }

  /** The windows within `window` that other clients made. */
  async #foreign({ id, client }: Pick<Window, "id" | "client">, depth: number): Promise<Window[]> {
    if (depth === 0) return [];
    // What another program shows in a window that can be seen already, the root is not told of.
    this.connection.select(id, HEARD);
    const children = (await this.#children(id)).filter(isDrawn);
    const found = await Promise.all(children.map(async (child) => {
      const { widthPx, heightPx } = child.area;
      const isOther = child.client !== client && Math.max(widthPx, heightPx) > ICON_PX;
      const within = await this.#foreign(child, depth - 1);
      return isOther ? [child, ...within] : within;
    }));
    return found.flat();
  }

  /** The windows in a window, the lowest first; none where it is gone. */
  async #children(window: number): Promise<Window[]> {
    const ids = await unlessGone(this.connection.ask(queryTree(window), parseChildren)) ?? [];
    const children = await Promise.all(ids.map(async (id) => {
      const [attributes, area] = await Promise.all([
        unlessGone(this.connection.ask(getWindowAttributes(id), parseAttributes)),
        unlessGone(this.connection.ask(getGeometry(id), parseGeometry)),
      ]);
      return attributes && area && { ...attributes, id, area, client: this.#clientOf(id) };
    }));
    return children.filter((child) => child !== undefined);
  }

  /** The windows that the window manager has in its list, whether they can be seen or not. */
  async #openWindows(): Promise<number[]> {
    const { connection, atoms } = this;
    const lists = await Promise.all(
      [atoms._NET_CLIENT_LIST_STACKING, atoms._NET_CLIENT_LIST].map((atom) =>
        connection.numbersProperty(connection.root, atom)
      ),
    );
    return [...new Set(lists.flat())];
  }

  /** What windows say, without those that are gone; their changes are told from now on. */
  async #programs(ids: readonly number[]): Promise<Program[]> {
    const programs = await Promise.all(ids.map(async (id): Promise<Program | undefined> => {
      // First, so that no change is missed.
      this.connection.select(id, HEARD);
      const [said, kinds] = await Promise.all([
        this.reader.read(id),
        unlessGone(this.connection.numbersProperty(id, this.atoms._NET_WM_WINDOW_TYPE)),
      ]);
      const is = (atom: number) => kinds?.includes(atom);
      const kind = is(this.atoms._NET_WM_WINDOW_TYPE_DOCK)
        ? "dock"
        : is(this.atoms._NET_WM_WINDOW_TYPE_DESKTOP)
        ? "desktop"
        : "other";
      return said && { id, client: this.#clientOf(id), said: { ...said, window: id }, kind };
    }));
    return programs.filter((program) => program !== undefined);
  }

  #clientOf(id: number): number {
    return (id & ~this.connection.setup.resourceMask & CLIENT_BITS) >>> 0;
  }
}

/**
 * The windows with their programs. A popup that does not name its program is taken for each of those that the same
 * client shows or has open; where there is none, it is unknown.
 */
function named(
  programs: readonly Program[],
  listed: readonly Program[],
): { windows: ShownWindow[]; unknown: number } {
  const windows: ShownWindow[] = [];
  let unknown = 0;
  for (const { said, client, kind } of programs) {
    if (said.app) {
      windows.push(said);
      continue;
    }
    const kin = [...programs, ...listed].filter((other) =>
      other.client === client && other.said.app
    );
    for (const other of kin) {
      windows.push(other.said, { ...other.said, ...said, app: other.said.app, window: other.id });
    }
    if (kin.length === 0 && kind === "other") unknown++;
  }
  return { windows, unknown };
}

type Top = Window & {
  readonly isFrame: boolean;
  readonly isManagers: boolean;
  readonly isDesktop: boolean;
};

/** Whether a window that nobody manages covers a monitor, with no managed one above it. */
function isCovered(tops: readonly Top[], areas: readonly Rectangle[]): boolean {
  const isUnmanaged = (top: Top) => top.overrideRedirect && !top.isFrame && !top.isManagers;
  const lastManaged = tops.findLastIndex((top) => !isUnmanaged(top) && !top.isManagers);
  return tops.slice(lastManaged + 1).some((top) =>
    isUnmanaged(top) && !top.isDesktop && areas.some((area) => covers(top.area, area))
  );
}

function isDrawn(window: WindowAttributes): boolean {
  return window.isViewable && !window.isInputOnly;
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.widthPx && b.x < a.x + a.widthPx &&
    a.y < b.y + b.heightPx && b.y < a.y + a.heightPx;
}

/** Whether `outer` covers `inner` but for its edges. */
function covers(outer: Rectangle, inner: Rectangle): boolean {
  return outer.x <= inner.x + EDGE_PX && outer.y <= inner.y + EDGE_PX &&
    outer.x + outer.widthPx >= inner.x + inner.widthPx - EDGE_PX &&
    outer.y + outer.heightPx >= inner.y + inner.heightPx - EDGE_PX;
}

async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof WindowGoneError) return undefined;
    throw error;
  }
}
