/**
 * What the X11 protocol says of screens and of the windows on them, as bytes: pure, little-endian throughout.
 *
 * Source: "X Window System Protocol, Version 11" (encoding, appendix B), "X Resize and Rotate Extension",
 * version 1.5 (`randrproto.txt`), "X11 Screen Saver Extension" and "X Display Power Management Signaling
 * (DPMS) Extension".
 * @module
 */
import { request } from "./x11_protocol.ts";

/** Pixels from the top left of the screen. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** What a window is like. */
export interface WindowAttributes {
  /** Shown, with all those around it. */
  readonly isViewable: boolean;
  /** Takes clicks and is never drawn. */
  readonly isInputOnly: boolean;
  /** No window manager manages it. */
  readonly overrideRedirect: boolean;
}

/** One monitor of RandR's. */
export interface MonitorInfo extends Rectangle {
  readonly nameAtom: number;
}

const Z_PIXMAP = 2;
const ALL_PLANES = 0xffff_ffff;

export const getGeometry = (drawable: number) => request(14, 0, drawable);
export const getAtomName = (atom: number) => request(17, 0, atom);
/** The pixels of a part that lies wholly within a drawable. */
export const getImage = (drawable: number, { x, y, widthPx, heightPx }: Rectangle) =>
  request(73, Z_PIXMAP, drawable, pair(x, y), pair(widthPx, heightPx), ALL_PLANES);

export const randrQueryVersion = (opcode: number) => request(opcode, 0, 1, 5);
/** The monitors that are on. */
export const randrGetMonitors = (opcode: number, root: number) => request(opcode, 42, root, 1);
export const screenSaverQueryInfo = (opcode: number, root: number) => request(opcode, 1, root);
export const dpmsInfo = (opcode: number) => request(opcode, 7);

function pair(low: number, high: number): number {
  return ((low & 0xffff) | (high & 0xffff) << 16) >>> 0;
}

export function parseAttributes(reply: DataView): WindowAttributes {
  return {
    isInputOnly: reply.getUint16(12, true) === 2,
    isViewable: reply.getUint8(26) === 2,
    overrideRedirect: reply.getUint8(27) !== 0,
  };
}

/** Where a window lies in its parent, its border included. */
export function parseGeometry(reply: DataView): Rectangle {
  const border = reply.getUint16(20, true);
  return {
    x: reply.getInt16(12, true),
    y: reply.getInt16(14, true),
    widthPx: reply.getUint16(16, true) + 2 * border,
    heightPx: reply.getUint16(18, true) + 2 * border,
  };
}

/** A window's children, the lowest first. */
export function parseChildren(reply: DataView): number[] {
  const count = reply.getUint16(16, true);
  return Array.from({ length: count }, (_, i) => reply.getUint32(32 + 4 * i, true));
}

export function parseAtomName(reply: DataView): string {
  const bytes = new Uint8Array(reply.buffer, reply.byteOffset + 32, reply.getUint16(8, true));
  return new TextDecoder().decode(bytes);
}

/** The pixels of a ZPixmap, and the depth that they have. */
export function parseImage(reply: DataView): { readonly depth: number; readonly data: Uint8Array } {
  const data = new Uint8Array(reply.buffer, reply.byteOffset + 32, reply.byteLength - 32);
  return { depth: reply.getUint8(1), data };
}

/** The server's RandR, as major * 100 + minor. */
export function parseRandrVersion(reply: DataView): number {
  return reply.getUint32(8, true) * 100 + reply.getUint32(12, true);
}

export function parseMonitors(reply: DataView): MonitorInfo[] {
  const monitors: MonitorInfo[] = [];
  let at = 32;
  for (let left = reply.getUint32(12, true); left > 0; left--) {
    monitors.push({
      nameAtom: reply.getUint32(at, true),
      x: reply.getInt16(at + 8, true),
      y: reply.getInt16(at + 10, true),
      widthPx: reply.getUint16(at + 12, true),
      heightPx: reply.getUint16(at + 14, true),
    });
    at += 24 + 4 * reply.getUint16(at + 6, true);
  }
  return monitors;
}

/** Whether the server's own screen saver is on. */
export const parseScreenSaverIsOn = (reply: DataView) => reply.getUint8(1) === 1;

/** Whether power saving has switched the displays off, or darkened them. */
export const parseDisplayIsOff = (reply: DataView) =>
  reply.getUint8(10) !== 0 && reply.getUint16(8, true) !== 0;
