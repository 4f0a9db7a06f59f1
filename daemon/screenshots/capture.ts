/**
 * Taking pictures of all monitors, but none in which something can be seen that must not be.
 *
 * ```text
 * quiet ─ look ─ may they? ─ pixels ─ nothing changed? ─ PNG ─ a while later: look ─ may they? ─ pictures
 *   ↑                                      │ no
 *   └──────────────────────────────────────┘
 * ```
 * The server answers in order and tells of every change in between: if none came before the pixels had, the screen
 * was for all that time as it was when it was looked at. The second look is for titles that follow late upon what a
 * window shows. Until then the pixels are in this memory only.
 * @module
 */
import type { ScreenshotRefusal } from "../core/screenshot.ts";
import { X11Connection } from "../watchers/x11_connection.ts";
import type { XEvent } from "../watchers/x11_protocol.ts";
import { findMonitors, isDisplayOff, isSaverOn, type Monitor } from "../watchers/x11_screen.ts";
import { getImage, parseImage } from "../watchers/x11_screen_protocol.ts";
import { ShownWindows } from "../watchers/x11_shown.ts";
import type { Seen } from "./judge.ts";
import { blankPicture, type Picture } from "./picture.ts";
import { imageRowBytes, type PixelLayout, readPixels } from "./pixels.ts";
import { encodePng } from "./png.ts";
import { scaled } from "./scale.ts";

/** What is known of one monitor's picture. */
export interface PictureFacts {
  readonly monitor: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Size of the file. */
  readonly bytes: number;
  readonly sha256: Uint8Array;
}

/** One monitor's picture, as a file in memory. */
export interface TakenPicture extends PictureFacts {
  readonly png: Uint8Array<ArrayBuffer>;
}

/** No pictures, and why. */
export class RefusedError extends Error {
  override name = "RefusedError";
  constructor(readonly refusal: ScreenshotRefusal) {
    super(refusal);
  }
}

export interface CaptureOptions {
  /** The value of DISPLAY. */
  readonly display: string;
  readonly env: (name: string) => string | undefined;
  /** Share of the width and height. */
  readonly scale: number;
  /** Why these windows may not be in a picture; `undefined`: they may. */
  readonly judge: (seen: Seen) => Promise<ScreenshotRefusal | undefined>;
  readonly signal: AbortSignal;
  /** @default {@linkcode PACE} */
  readonly pace?: Pace;
}

/** How long it waits before and after it reads the pixels. */
export interface Pace {
  /** So long no window has come, gone or moved. */
  readonly quietMs: number;
  /** The second look comes so long after the pixels. */
  readonly settleMs: number;
}

/** Desktops let windows fade away (picom for 330 ms), and titles come after windows, and after what they show. */
export const PACE: Pace = { quietMs: 400, settleMs: 300 };

/** Whatever still changes after so many tries, and so long, goes on changing. */
const TRIES = 8;
const QUIET_LIMIT_MS = 5_000;
/** One request's pixels: larger answers are copied more often while they come in. */
const STRIP_BYTES = 256 * 1024;

/**
 * A picture of each monitor.
 * @throws {RefusedError} when there may be none; an error when the display cannot be reached or read.
 */
export async function capture(options: CaptureOptions): Promise<TakenPicture[]> {
  const connection = await X11Connection.open(options.display, options);
  try {
    const changes = new Changes(connection, await ShownWindows.create(connection));
    for (let tries = 0; tries < TRIES; tries++) {
      await changes.quiet(options);
      const pictures = await attempt(connection, changes, options);
      if (pictures) return pictures;
    }
    throw new RefusedError("busy");
  } finally {
    await connection.close();
  }
}

/** Counts what may change what can be seen. */
class Changes {
  count = 0;
  #movedMs = performance.now();

  constructor(connection: X11Connection, readonly shown: ShownWindows) {
    connection.onEvent((event) => this.#hear(event));
  }

  /** Waits until no window has come, gone or moved for a while. */
  async quiet({ signal, pace = PACE }: CaptureOptions): Promise<void> {
    const startMs = performance.now();
    while (true) {
      signal.throwIfAborted();
      const waitMs = this.#movedMs + pace.quietMs - performance.now();
      if (waitMs <= 0) return;
      if (performance.now() - startMs > QUIET_LIMIT_MS) throw new RefusedError("busy");
      await delay(waitMs);
    }
  }

  #hear(event: XEvent): void {
    switch (event.name) {
      case "AlarmNotify":
      case "FocusIn":
      case "FocusOut":
        return;
      case "PropertyNotify":
        if (this.shown.reads(event.atom)) this.count++;
        return;
      default:
        this.count++;
        this.#movedMs = performance.now();
    }
  }
}

/** The pictures; `undefined` when something changed meanwhile. */
async function attempt(
  connection: X11Connection,
  changes: Changes,
  { scale, judge, pace = PACE }: CaptureOptions,
): Promise<TakenPicture[] | undefined> {
  const before = changes.count;
  const monitors = await findMonitors(connection);
  await look(connection, changes.shown, monitors, judge);
  if (changes.count !== before) return undefined;
  const pixels: Picture[] = [];
  try {
    for (const monitor of monitors) pixels.push(await grab(connection, monitor));
  } catch (error) {
    // A monitor that was taken away cannot be read.
    if (changes.count !== before) return undefined;
    throw error;
  }
  const grabbedMs = performance.now();
  // What the server told before the last pixels came has been heard by now.
  if (changes.count !== before) return undefined;
  const pictures: TakenPicture[] = [];
  for (const { name } of monitors) {
    // Let go of one by one.
    pictures.push(await encoded(name, pixels.shift()!, scale));
  }
  await delay(grabbedMs + pace.settleMs - performance.now());
  await look(connection, changes.shown, monitors, judge);
  return pictures;
}

/** @throws {RefusedError} when what can be seen now must not be in a picture. */
async function look(
  connection: X11Connection,
  shown: ShownWindows,
  monitors: readonly Monitor[],
  judge: CaptureOptions["judge"],
): Promise<void> {
  const [isSaving, isOff, { windows, open, unknown, isCovered }] = await Promise.all([
    isSaverOn(connection),
    isDisplayOff(connection),
    shown.look(monitors),
  ]);
  if (isSaving || isCovered) throw new RefusedError("locked");
  if (isOff) throw new RefusedError("display_off");
  if (unknown > 0) throw new RefusedError("unknown");
  const refusal = await judge({ windows, open });
  if (refusal) throw new RefusedError(refusal);
}

/** The pixels of a monitor, strip by strip. */
async function grab(connection: X11Connection, monitor: Monitor): Promise<Picture> {
  const { root, screen, setup } = connection;
  const format = setup.formats.find(({ depth }) => depth === screen.depth);
  if (!format) throw new RangeError(`Cannot read the screen's pixels: no format for its depth`);
  const { imageIsLittleEndian: isLittleEndian } = setup;
  const layout: PixelLayout = { ...format, isLittleEndian, masks: screen.masks };
  const { widthPx, heightPx } = monitor;
  const picture = blankPicture(widthPx, heightPx);
  const stripRows = Math.max(1, Math.floor(STRIP_BYTES / imageRowBytes(widthPx, layout)));
  for (let top = 0; top < heightPx; top += stripRows) {
    const strip = {
      ...{ x: monitor.x, y: monitor.y + top, widthPx },
      heightPx: Math.min(stripRows, heightPx - top),
    };
    const { data } = await connection.ask(getImage(root, strip), parseImage);
    readPixels(data, layout, picture, top);
  }
  return picture;
}

async function encoded(monitor: string, pixels: Picture, scale: number): Promise<TakenPicture> {
  const picture = scaled(pixels, scale);
  const png = encodePng(picture);
  const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", png));
  const { widthPx, heightPx } = picture;
  return { monitor, widthPx, heightPx, bytes: png.length, sha256, png };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
