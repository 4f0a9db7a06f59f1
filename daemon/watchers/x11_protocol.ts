/**
 * The part of the X11 protocol that the watchers speak, as bytes: pure, little-endian throughout.
 *
 * Source: "X Window System Protocol, Version 11" (encoding, appendix B) and "X Synchronization Extension
 * Protocol, Version 3". Own code instead of a library: the one on npm brings Node's streams along, which
 * hold 6 MB of memory for as long as the daemon runs.
 * @module
 */

/** Events to ask for, by `changeEventMask`. */
export const EVENT_MASK = {
  StructureNotify: 1 << 17,
  /** Of a window's children. */
  SubstructureNotify: 1 << 19,
  FocusChange: 1 << 21,
  PropertyChange: 1 << 22,
} as const;

/** How SYNC alarms compare their counter with their value. */
export const TEST_TYPE = { PositiveTransition: 0, NegativeTransition: 1 } as const;

/** What the server tells without being asked. */
export type XEvent =
  | {
    readonly name: "FocusIn" | "FocusOut" | "DestroyNotify" | "UnmapNotify" | "MapNotify";
    readonly window: number;
  }
  /** Something was made, moved, resized, or raised. */
  | {
    readonly name: "CreateNotify" | "ReparentNotify" | "ConfigureNotify" | "CirculateNotify";
    readonly window: number;
  }
  | { readonly name: "PropertyNotify"; readonly window: number; readonly atom: number }
  /** `value` is the counter's when the alarm went off. */
  | { readonly name: "AlarmNotify"; readonly value: number };

export interface XProperty {
  /** Atom of the type. */
  readonly type: number;
  /** Bits an element: 8, 16 or 32. */
  readonly format: number;
  /** 16 and 32 bit elements are little-endian. */
  readonly data: Uint8Array;
}

/** A server's answer to our introduction. */
export interface Setup {
  /** The first of the numbers that this client may give to what it creates. */
  readonly resourceBase: number;
  /** The bits in which the numbers that one client gives differ. */
  readonly resourceMask: number;
  /** Whether the pixels of an image have their lowest byte first. */
  readonly imageIsLittleEndian: boolean;
  readonly formats: readonly PixmapFormat[];
  readonly screens: readonly Screen[];
}

/** How the pixels of one depth lie in an image. */
export interface PixmapFormat {
  readonly depth: number;
  readonly bitsPerPixel: number;
  /** Every row takes a multiple of so many bits. */
  readonly scanlinePadBits: number;
}

export interface Screen {
  readonly root: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly depth: number;
  /** The bits of a pixel that hold each colour; all 0 where pixels are places in a palette. */
  readonly masks: { readonly red: number; readonly green: number; readonly blue: number };
}

/** An extension's numbers on one server. */
export interface Extension {
  readonly opcode: number;
  readonly firstEvent: number;
}

const LATIN1 = new TextDecoder("latin1");

/** A message with its bytes in order; `data` is the second byte of a request. */
export function request(opcode: number, data: number, ...body: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * body.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = opcode;
  bytes[1] = data;
  view.setUint16(2, bytes.length / 4, true);
  body.forEach((word, i) => view.setUint32(4 + 4 * i, word, true));
  return bytes;
}

/** A request whose body is one text, with its length before it. */
function nameRequest(opcode: number, name: string): Uint8Array {
  const bytes = new Uint8Array(8 + padded(name.length));
  bytes[0] = opcode;
  const view = new DataView(bytes.buffer);
  view.setUint16(2, bytes.length / 4, true);
  view.setUint16(4, name.length, true);
  bytes.set(latin1Bytes(name), 8);
  return bytes;
}

/** The introduction; `auth` holds one byte a character. */
export function setupRequest(auth: { readonly name: string; readonly data: string }): Uint8Array {
  const bytes = new Uint8Array(12 + padded(auth.name.length) + padded(auth.data.length));
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x6c); // "l": little-endian
  view.setUint16(2, 11, true);
  view.setUint16(6, auth.name.length, true);
  view.setUint16(8, auth.data.length, true);
  bytes.set(latin1Bytes(auth.name), 12);
  bytes.set(latin1Bytes(auth.data), 12 + padded(auth.name.length));
  return bytes;
}

export const changeEventMask = (window: number, mask: number) =>
  request(2, 0, window, 1 << 11, mask);
export const getWindowAttributes = (window: number) => request(3, 0, window);
export const queryTree = (window: number) => request(15, 0, window);
export const internAtom = (name: string) => nameRequest(16, name);
/** Of any type, from its beginning; `limit` counts units of 4 bytes. */
export const getProperty = (window: number, atom: number, limit: number) =>
  request(20, 0, window, atom, 0, 0, limit);
export const getInputFocus = () => request(43, 0);
export const queryExtension = (name: string) => nameRequest(98, name);

/** SYNC 3.1, the first request that must be made of it. */
export const syncInitialize = (opcode: number) => request(opcode, 0, 3 | 1 << 8);
export const syncListSystemCounters = (opcode: number) => request(opcode, 1);
export const syncQueryCounter = (opcode: number, counter: number) => request(opcode, 5, counter);

/** An alarm that stays armed and tells of every crossing of `value` (delta 0). */
export function syncCreateAlarm(
  opcode: number,
  alarm: {
    readonly id: number;
    readonly counter: number;
    readonly value: number;
    readonly testType: number;
  },
): Uint8Array {
  const { id, counter, value, testType } = alarm;
  // Bit by bit: counter, value type (absolute), value, test type, delta, events.
  const valueMask = 0b111111;
  const [high, low] = [Math.floor(value / 2 ** 32), value >>> 0];
  return request(opcode, 8, id, valueMask, counter, 0, high, low, testType, 0, 0, 1);
}

/**
 * The length in bytes of the answer to the introduction that begins with `head`, its first 8 bytes.
 */
export function setupLength(head: DataView): number {
  return 8 + 4 * head.getUint16(6, true);
}

/** @throws {Error} with the server's own words when it does not let us in. */
export function parseSetup(reply: DataView): Setup {
  const status = reply.getUint8(0);
  if (status !== 1) {
    const length = status === 0 ? reply.getUint8(1) : reply.byteLength - 8;
    throw new Error(text(reply, 8, length).replaceAll("\0", "") || "the server refused");
  }
  const vendorBytes = reply.getUint16(24, true);
  const screenCount = reply.getUint8(28);
  const formatCount = reply.getUint8(29);
  let at = 40 + padded(vendorBytes);
  const formats: PixmapFormat[] = [];
  for (let i = 0; i < formatCount; i++, at += 8) {
    const [depth, bitsPerPixel, scanlinePadBits] = [0, 1, 2].map((byte) =>
      reply.getUint8(at + byte)
    );
    formats.push({ depth, bitsPerPixel, scanlinePadBits });
  }
  const screens: Screen[] = [];
  for (let i = 0; i < screenCount; i++) {
    const { screen, bytes } = parseScreen(reply, at);
    screens.push(screen);
    at += bytes;
  }
  return {
    resourceBase: reply.getUint32(12, true),
    resourceMask: reply.getUint32(16, true),
    imageIsLittleEndian: reply.getUint8(30) === 0,
    formats,
    screens,
  };
}

function parseScreen(reply: DataView, start: number): { screen: Screen; bytes: number } {
  const rootVisual = reply.getUint32(start + 32, true);
  const depths = reply.getUint8(start + 39);
  let masks = { red: 0, green: 0, blue: 0 };
  let at = start + 40;
  for (let depth = 0; depth < depths; depth++) {
    const visuals = reply.getUint16(at + 2, true);
    at += 8;
    for (let visual = 0; visual < visuals; visual++, at += 24) {
      if (reply.getUint32(at, true) !== rootVisual) continue;
      const [red, green, blue] = [8, 12, 16].map((byte) => reply.getUint32(at + byte, true));
      // TrueColor and DirectColor; the others have palettes.
      if (reply.getUint8(at + 4) >= 4) masks = { red, green, blue };
    }
  }
  const screen = {
    root: reply.getUint32(start, true),
    widthPx: reply.getUint16(start + 20, true),
    heightPx: reply.getUint16(start + 22, true),
    depth: reply.getUint8(start + 38),
    masks,
  };
  return { screen, bytes: at - start };
}

/** The length in bytes of a message of which at least the first 8 are there. */
export function messageLength(head: DataView): number {
  const kind = head.getUint8(0);
  return kind === REPLY || (kind & 0x7f) === GENERIC_EVENT ? 32 + 4 * head.getUint32(4, true) : 32;
}

export const ERROR = 0;
export const REPLY = 1;
const GENERIC_EVENT = 35;

/** What an event says; `undefined` for those that nobody asked for. */
export function parseEvent(message: DataView, sync: Extension | undefined): XEvent | undefined {
  // The highest bit says that another client sent it.
  const code = message.getUint8(0) & 0x7f;
  const word = (at: number) => message.getUint32(at, true);
  switch (code) {
    case 9:
      return { name: "FocusIn", window: word(4) };
    case 10:
      return { name: "FocusOut", window: word(4) };
    case 16:
      return { name: "CreateNotify", window: word(8) };
    case 17:
      return { name: "DestroyNotify", window: word(8) };
    case 18:
      return { name: "UnmapNotify", window: word(8) };
    case 19:
      return { name: "MapNotify", window: word(8) };
    case 21:
      return { name: "ReparentNotify", window: word(8) };
    case 22:
      return { name: "ConfigureNotify", window: word(8) };
    case 26:
      return { name: "CirculateNotify", window: word(8) };
    case 28:
      return { name: "PropertyNotify", window: word(4), atom: word(8) };
  }
  if (sync && code === sync.firstEvent + 1) {
    return { name: "AlarmNotify", value: int64(message, 8) };
  }
  return undefined;
}

/** The first number of a reply: an atom, a focus. */
export const parseNumber = (reply: DataView) => reply.getUint32(8, true);

/** Whether a window is shown, or would be if those around it were. */
export const parseIsMapped = (reply: DataView) => reply.getUint8(26) !== 0;

export const parseParent = (reply: DataView) => reply.getUint32(12, true);

/** `undefined` when the window has no such property. */
export function parseProperty(reply: DataView): XProperty | undefined {
  const format = reply.getUint8(1);
  const type = reply.getUint32(8, true);
  if (type === 0) return undefined;
  const bytes = reply.getUint32(16, true) * (format / 8);
  return { type, format, data: new Uint8Array(reply.buffer, reply.byteOffset + 32, bytes) };
}

/** `undefined` when the server has no such extension. */
export function parseExtension(reply: DataView): Extension | undefined {
  if (reply.getUint8(8) === 0) return undefined;
  return { opcode: reply.getUint8(9), firstEvent: reply.getUint8(10) };
}

/** The counters that the server keeps itself, by name. */
export function parseSystemCounters(reply: DataView): Map<string, number> {
  const counters = new Map<string, number>();
  let at = 32;
  for (let left = reply.getUint32(8, true); left > 0; left--) {
    const nameBytes = reply.getUint16(at + 12, true);
    counters.set(text(reply, at + 14, nameBytes), reply.getUint32(at, true));
    at += padded(14 + nameBytes);
  }
  return counters;
}

export const parseCounter = (reply: DataView) => int64(reply, 8);

/** High word first, as SYNC writes them. */
function int64(view: DataView, at: number): number {
  return view.getInt32(at, true) * 2 ** 32 + view.getUint32(at + 4, true);
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}

function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function text(view: DataView, at: number, bytes: number): string {
  return LATIN1.decode(new Uint8Array(view.buffer, view.byteOffset + at, bytes));
}
