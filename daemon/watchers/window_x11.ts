/**
 * The focused window on X11, told by the server when it changes: nothing here asks twice.
 * @module
 */
import type { Watcher, WatcherContext } from "../core/ports.ts";
import type { FocusedWindow } from "../core/types.ts";
import { runOnX11, type X11Connection } from "./x11_connection.ts";
import { FocusFinder } from "./x11_focus.ts";
import type { XEvent } from "./x11_protocol.ts";
import { WindowReader } from "./x11_window.ts";

/** Between two windows a window manager says "none" for a moment; so long it must last to be believed. */
const NONE_LASTS_MS = 100;

/** A title that runs (a clock, a marquee, a page that means ill) is looked at once a second after this many changes. */
const TITLE_BURST = 10;
const TITLE_REFILL_MS = 1_000;

export const windowX11: Watcher = {
  name: "window_x11",
  watches: "window",
  async run(context) {
    await runOnX11(context, async (connection) => {
      const watch = new WindowWatch(context, {
        connection,
        finder: await FocusFinder.create(connection),
        reader: await WindowReader.create(connection),
      });
      try {
        await watch.start();
        await connection.ended;
      } finally {
        watch.stop();
      }
    });
  },
};

interface Parts {
  readonly connection: X11Connection;
  readonly finder: FocusFinder;
  readonly reader: WindowReader;
}

/** A look that is to be taken: at where the focus is (`moved`), or only at the window that had it. */
interface Look {
  readonly moved: boolean;
  readonly atMs: number;
}

class WindowWatch {
  #window: number | undefined;
  #due: Look | undefined;
  #looking = false;
  #noneTimer: ReturnType<typeof setTimeout> | undefined;
  #titleTimer: ReturnType<typeof setTimeout> | undefined;
  #titleAtMs = 0;
  #titleLooks = { left: TITLE_BURST, monoMs: 0 };
  #reported: FocusedWindow | undefined | "nothing yet" = "nothing yet";

  constructor(
    private readonly context: WatcherContext,
    private readonly parts: Parts,
  ) {}

  async start(): Promise<void> {
    const { connection, finder } = this.parts;
    const { clock, ready } = this.context;
    connection.onEvent((event) => this.#hear(event, clock.nowMs()));
    this.#due = { moved: true, atMs: clock.nowMs() };
    await this.#look();
    const manager = finder.managerName === undefined
      ? "input focus, as no window manager tells the active window"
      : `active window of ${finder.managerName || "the window manager"}`;
    ready(`X display "${connection.display}", ${manager}`);
  }

  stop(): void {
    clearTimeout(this.#noneTimer);
    clearTimeout(this.#titleTimer);
  }

  #hear(event: XEvent, atMs: number): void {
    const { finder, reader } = this.parts;
    const moved = finder.concerns(event);
    const changed = event.name === "PropertyNotify" && event.window === this.#window &&
      reader.reads(event.atom);
    if (!moved && !changed) return;
    if (!moved) {
      this.#titleAtMs = atMs;
      const waitMs = this.#titleWaitMs();
      if (waitMs > 0) {
        this.#titleTimer ??= setTimeout(() => {
          this.#titleTimer = undefined;
          this.#titleLooks.left--;
          this.#lookAt({ moved, atMs: this.#titleAtMs });
        }, waitMs);
        return;
      }
    }
    this.#lookAt({ moved, atMs });
  }

  #lookAt(look: Look): void {
    // Of what waits, the last move counts; a title that changed after it was read with it.
    if (look.moved || !this.#due?.moved) this.#due = look;
    this.#look().catch((error) => this.parts.connection.fail(error));
  }

  /** How long a changed title has to wait for its look; 0: it is taken now. Every look may be an event to store. */
  #titleWaitMs(): number {
    const monoMs = this.context.clock.monoMs();
    const looks = this.#titleLooks;
    const left = Math.min(TITLE_BURST, looks.left + (monoMs - looks.monoMs) / TITLE_REFILL_MS);
    const isTaken = left >= 1 && this.#titleTimer === undefined;
    this.#titleLooks = { left: isTaken ? left - 1 : left, monoMs };
    return isTaken ? 0 : Math.max(1, (1 - left) * TITLE_REFILL_MS);
  }

  /** Takes one look after the other while any is due; what was read while the focus moved on is dropped. */
  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    const { finder, reader } = this.parts;
    try {
      for (let look = this.#next(); look; look = this.#next()) {
        if (look.moved) this.#window = await finder.find();
        const seen = this.#window === undefined ? undefined : await reader.read(this.#window);
        if (!this.#due?.moved) this.#settle(seen, look.atMs);
      }
    } finally {
      this.#looking = false;
    }
  }

  #next(): Look | undefined {
    const look = this.#due;
    this.#due = undefined;
    return look;
  }

  #settle(seen: FocusedWindow | undefined, atMs: number): void {
    if (seen) {
      clearTimeout(this.#noneTimer);
      this.#noneTimer = undefined;
      this.#report(seen, atMs);
    } else if (this.#reported !== undefined) {
      this.#noneTimer ??= setTimeout(() => {
        this.#noneTimer = undefined;
        try {
          this.#report(undefined, atMs);
        } catch (error) {
          this.parts.connection.fail(error as Error);
        }
      }, NONE_LASTS_MS);
    }
  }

  #report(window: FocusedWindow | undefined, atMs: number): void {
    const before = this.#reported;
    if (before === "nothing yet" || !isSame(before, window)) {
      this.#reported = window;
      this.context.emit({ kind: "window", atMs, window });
    }
  }
}

function isSame(a: FocusedWindow | undefined, b: FocusedWindow | undefined): boolean {
  if (!a || !b) return a === b;
  return a.app === b.app && a.title === b.title && a.pid === b.pid && a.isPrivate === b.isPrivate;
}
