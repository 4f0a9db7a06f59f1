/**
 * The display: X11 or Wayland, who manages its windows, and whether pictures of it can be taken.
 * @module
 */
import type { Env } from "../config/paths.ts";
import { X11Connection } from "../watchers/x11_connection.ts";
import { findMonitors } from "../watchers/x11_screen.ts";
import { getImage, parseImage } from "../watchers/x11_screen_protocol.ts";
import { parseNumber, request } from "../watchers/x11_protocol.ts";
import { decodeText } from "../watchers/x11_text.ts";
import type { Check } from "./check.ts";

const NO_DESKTOP = "no desktop here: neither DISPLAY nor WAYLAND_DISPLAY is set";

interface Found {
  readonly size: string;
  readonly manager: string | undefined;
  readonly isComposited: boolean;
  readonly hasPixels: boolean;
}

/** Display, compositor and, where they are wanted, screenshots. */
export async function* checkDisplay(
  env: Env,
  { wantsScreenshots, isServed, signal }: {
    readonly wantsScreenshots: boolean;
    /** The running daemon has a display of its own. */
    readonly isServed: boolean;
    readonly signal: AbortSignal;
  },
): AsyncGenerator<Check> {
  const display = env("DISPLAY"), wayland = env("WAYLAND_DISPLAY");
  const isWayland = wayland !== undefined || env("XDG_SESSION_TYPE") === "wayland";
  let found: Found | undefined, trouble: string | undefined;
  if (display) {
    try {
      found = await look(display, env, signal);
    } catch (error) {
      trouble = (error as Error).message;
    }
  }
  const waylandTrouble = wayland ? await socketTrouble(wayland, env) : undefined;
  const judged = displayCheck({ display, wayland, found, trouble, waylandTrouble });
  if (isServed && judged.status !== "ok") {
    // This terminal stands outside of the desktop that is watched.
    const detail = `${judged.detail}; the daemon has one of its own`;
    return yield { name: judged.name, status: "off", detail };
  }
  yield judged;
  yield compositorCheck(found, isWayland, env);
  yield screenshotCheck(found, { isWayland, isWanted: wantsScreenshots });
}

function displayCheck(
  { display, wayland, found, trouble, waylandTrouble }: {
    readonly display: string | undefined;
    readonly wayland: string | undefined;
    readonly found: Found | undefined;
    readonly trouble: string | undefined;
    readonly waylandTrouble: string | undefined;
  },
): Check {
  const name = "display";
  if (!display && !wayland) {
    const remedy = "start it inside a desktop session; the rest works without one";
    return { name, status: "off", detail: NO_DESKTOP, remedy };
  }
  if (trouble !== undefined) {
    return { name, status: "fail", detail: trouble, remedy: "check DISPLAY and XAUTHORITY" };
  }
  if (waylandTrouble !== undefined) {
    const detail = `Wayland display "${wayland}": ${waylandTrouble}`;
    const remedy = "check WAYLAND_DISPLAY and XDG_RUNTIME_DIR";
    return { name, status: "fail", detail, remedy };
  }
  const x11 = found && `${wayland ? "XWayland" : "X11"} "${display}", ${found.size}`;
  const parts = [...wayland ? [`Wayland "${wayland}"`] : [], ...x11 ? [x11] : []];
  return { name, status: "ok", detail: parts.join("; ") };
}

function compositorCheck(found: Found | undefined, isWayland: boolean, env: Env): Check {
  const name = "compositor";
  if (isWayland) {
    const desktop = env("SWAYSOCK") ? "sway" : env("XDG_CURRENT_DESKTOP") ?? "of an unknown name";
    const seen = found
      ? "only windows that run by XWayland are seen, no native ones"
      : "no window is seen: this version reads X11 only";
    const detail = `Wayland, ${desktop}: ${seen}`;
    return { name, status: "warn", detail, remedy: "log in to an X11 session to have all seen" };
  }
  if (!found) return { name, status: "off", detail: "none without a display" };
  const { manager, isComposited } = found;
  if (manager === undefined) {
    const remedy = "start one: without it some programs' windows are not told apart";
    return { name, status: "warn", detail: "X11 without a window manager", remedy };
  }
  const composite = isComposited ? "with compositing" : "without compositing";
  return { name, status: "ok", detail: `X11, window manager ${manager}, ${composite}` };
}

function screenshotCheck(
  found: Found | undefined,
  { isWayland, isWanted }: { readonly isWayland: boolean; readonly isWanted: boolean },
): Check {
  const name = "screenshots";
  const canBe = found !== undefined && found.hasPixels && !isWayland;
  if (!isWanted) {
    const possible = canBe ? "possible here" : "not possible here";
    return { name, status: "off", detail: `switched off (PRODTRACKER_SCREENSHOTS); ${possible}` };
  }
  if (canBe) return { name, status: "ok", detail: "the X server gives pixels" };
  const why = isWayland
    ? "Wayland gives no picture of native windows"
    : found
    ? "the X server gives no pixels"
    : "there is no X11 display";
  const remedy = "log in to an X11 session, or unset PRODTRACKER_SCREENSHOTS";
  return { name, status: "fail", detail: `switched on, but ${why}`, remedy };
}

async function look(display: string, env: Env, signal: AbortSignal): Promise<Found> {
  const connection = await X11Connection.open(display, { env, signal });
  try {
    const monitors = await findMonitors(connection);
    const sizes = monitors.map(({ widthPx, heightPx }) => `${widthPx}×${heightPx}`);
    const { root } = connection;
    const pixel = { x: 0, y: 0, widthPx: 1, heightPx: 1 };
    const hasPixels = await connection.ask(getImage(root, pixel), parseImage)
      .then(({ data }) => data.length > 0, () => false);
    const many = sizes.length === 1 ? "" : `${sizes.length} monitors, `;
    return {
      size: `${many}${sizes.join(" and ")}`,
      manager: await managerOf(connection),
      isComposited: await ownsSelection(connection, "_NET_WM_CM_S0"),
      hasPixels,
    };
  } finally {
    await connection.close();
  }
}

/** The window manager's own name; `undefined` without one. */
async function managerOf(connection: X11Connection): Promise<string | undefined> {
  const { root } = connection;
  const mark = await connection.atom("_NET_SUPPORTING_WM_CHECK");
  const window = await connection.numberProperty(root, mark);
  if (window === undefined) return undefined;
  try {
    const [nameAtom, utf8] = await Promise.all(
      ["_NET_WM_NAME", "UTF8_STRING"].map((name) => connection.atom(name)),
    );
    // A mark that a killed one left behind names a window that is gone, or another's.
    if (await connection.numberProperty(window, mark) !== window) return undefined;
    const name = await connection.property(window, nameAtom);
    const type = name?.type === utf8 ? "UTF8_STRING" : "STRING";
    return name ? decodeText(name.data, type) : "of an unknown name";
  } catch {
    return undefined;
  }
}

async function ownsSelection(connection: X11Connection, name: string): Promise<boolean> {
  const atom = await connection.atom(name);
  return await connection.ask(request(23, 0, atom), parseNumber) !== 0;
}

/** Why nobody answers at a Wayland socket; `undefined`: somebody does. */
async function socketTrouble(wayland: string, env: Env): Promise<string | undefined> {
  const path = wayland.startsWith("/") ? wayland : `${env("XDG_RUNTIME_DIR") ?? ""}/${wayland}`;
  try {
    (await Deno.connect({ transport: "unix", path })).close();
    return undefined;
  } catch (error) {
    return `${path}: ${(error as Error).message.replace(/ \(os error \d+\)$/, "")}`;
  }
}
