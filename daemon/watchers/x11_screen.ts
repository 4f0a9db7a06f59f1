/**
 * The screen of an X display: its monitors, their pixels, and whether anybody could see them.
 * @module
 */
import type { X11Connection } from "./x11_connection.ts";
import { type Extension, parseExtension, queryExtension } from "./x11_protocol.ts";
import * as screen from "./x11_screen_protocol.ts";
import type { Rectangle } from "./x11_screen_protocol.ts";

/** A part of the screen that one display shows. */
export interface Monitor extends Rectangle {
  /** As RandR names it ("eDP-1"), or "screen". */
  readonly name: string;
}

/** RandR's monitors came with 1.5. */
const RANDR_WITH_MONITORS = 105;

/** The monitors that are on, without those that show the same as another; the whole screen where nobody tells. */
export async function findMonitors(connection: X11Connection): Promise<Monitor[]> {
  const { root } = connection;
  const whole = await connection.ask(screen.getGeometry(root), screen.parseGeometry);
  const randr = await extension(connection, "RANDR");
  const infos = randr ? await randrMonitors(connection, randr.opcode) : [];
  const monitors: Monitor[] = [];
  for (const { nameAtom, ...info } of infos) {
    const area = within(info, whole);
    const isSeen = monitors.some((other) =>
      other.x === area.x && other.y === area.y &&
      other.widthPx === area.widthPx && other.heightPx === area.heightPx
    );
    if (area.widthPx < 1 || area.heightPx < 1 || isSeen) continue;
    const name = await connection.ask(screen.getAtomName(nameAtom), screen.parseAtomName);
    monitors.push({ ...area, name });
  }
  return monitors.length > 0 ? monitors : [{ ...whole, name: "screen" }];
}

async function randrMonitors(
  connection: X11Connection,
  opcode: number,
): Promise<screen.MonitorInfo[]> {
  const version = await connection.ask(screen.randrQueryVersion(opcode), screen.parseRandrVersion);
  if (version < RANDR_WITH_MONITORS) return [];
  return connection.ask(screen.randrGetMonitors(opcode, connection.root), screen.parseMonitors);
}

/** The part of `area` that lies in `whole`, which begins at 0, 0. */
function within({ x, y, widthPx, heightPx }: Rectangle, whole: Rectangle): Rectangle {
  const left = Math.max(0, x), top = Math.max(0, y);
  return {
    x: left,
    y: top,
    widthPx: Math.min(x + widthPx, whole.widthPx) - left,
    heightPx: Math.min(y + heightPx, whole.heightPx) - top,
  };
}

/** Whether the server's screen saver is on. */
export async function isSaverOn(connection: X11Connection): Promise<boolean> {
  const saver = await extension(connection, "MIT-SCREEN-SAVER");
  if (!saver) return false;
  const request = screen.screenSaverQueryInfo(saver.opcode, connection.root);
  return connection.ask(request, screen.parseScreenSaverIsOn);
}

/** Whether power saving has switched the displays off. */
export async function isDisplayOff(connection: X11Connection): Promise<boolean> {
  const dpms = await extension(connection, "DPMS");
  return dpms ? connection.ask(screen.dpmsInfo(dpms.opcode), screen.parseDisplayIsOff) : false;
}

function extension(connection: X11Connection, name: string): Promise<Extension | undefined> {
  return connection.ask(queryExtension(name), parseExtension);
}
