/**
 * D-Bus messages as bytes: the few calls that the session watcher makes, and whatever is answered or signalled.
 *
 * Source: the D-Bus specification, "Message Protocol". Calls take texts only, and answers may be of any type; numbers
 * of 64 bits lose what a double cannot hold.
 * @module
 */

export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly args?: readonly string[];
}

export interface BusMessage {
  readonly type: "call" | "reply" | "error" | "signal" | "unknown";
  /** Of a reply or an error: the number of the call. */
  readonly replySerial?: number;
  readonly path?: string;
  readonly interface?: string;
  readonly member?: string;
  readonly errorName?: string;
  readonly sender?: string;
  /** Arrays as arrays, structs too; dictionaries as arrays of pairs; variants as what they hold. */
  readonly body: readonly unknown[];
}

const TYPES = ["unknown", "call", "reply", "error", "signal"] as const;
const FIELD = {
  path: 1,
  interface: 2,
  member: 3,
  errorName: 4,
  replySerial: 5,
  sender: 7,
} as const;
const DESTINATION = 6, SIGNATURE = 8, BODY_SIGNATURE = SIGNATURE;
/** A service that is not there is not to be started only to be asked. */
const NO_AUTO_START = 2;
const HEAD_BYTES = 16;
/** Far more than anything that is listened for; the protocol allows 128 MiB. */
const MESSAGE_BYTES = 1 << 20;
const MAX_DEPTH = 32;
const SIZES: Readonly<Record<string, number>> = {
  ...{ y: 1, n: 2, q: 2, i: 4, u: 4, b: 4, x: 8, t: 8, d: 8, h: 4 },
  ...{ s: 4, o: 4, a: 4, g: 1, v: 1, "(": 8, "{": 8 },
};

/** The bytes of a method call, little-endian. */
export function encodeCall(
  serial: number,
  { args = [], ...call }: BusCall,
): Uint8Array<ArrayBuffer> {
  const body = new Writer();
  for (const arg of args) body.text(arg);
  const out = new Writer();
  out.bytes.push(0x6c, 1, NO_AUTO_START, 1);
  out.u32(body.bytes.length);
  out.u32(serial);
  const fields = new Writer();
  const field = (code: number, type: "s" | "o", value: string) => {
    fields.align(8);
    fields.bytes.push(code, 1, type.charCodeAt(0), 0);
    fields.text(value);
  };
  field(FIELD.path, "o", call.path);
  field(FIELD.interface, "s", call.interface);
  field(FIELD.member, "s", call.member);
  field(DESTINATION, "s", call.destination);
  if (args.length > 0) {
    fields.align(8);
    const signature = "s".repeat(args.length);
    fields.bytes.push(BODY_SIGNATURE, 1, "g".charCodeAt(0), 0, args.length);
    fields.bytes.push(...new TextEncoder().encode(signature), 0);
  }
  out.u32(fields.bytes.length);
  // The fields begin at a multiple of 8, so that what is aligned in them is aligned in the whole.
  out.bytes.push(...fields.bytes);
  out.align(8);
  out.bytes.push(...body.bytes);
  return new Uint8Array(out.bytes);
}

class Writer {
  readonly bytes: number[] = [];

  align(size: number): void {
    while (this.bytes.length % size !== 0) this.bytes.push(0);
  }

  u32(value: number): void {
    this.align(4);
    for (let shift = 0; shift < 32; shift += 8) this.bytes.push(value >>> shift & 0xff);
  }

  text(value: string): void {
    const bytes = new TextEncoder().encode(value);
    this.u32(bytes.length);
    this.bytes.push(...bytes, 0);
  }
}

/**
 * How long the message at the beginning of `bytes` is; `undefined`: not enough of it is here to tell.
 * @throws {RangeError} when it is no message, or a longer one than can be meant for us.
 */
export function messageLength(bytes: Uint8Array): number | undefined {
  if (bytes.length < HEAD_BYTES) return undefined;
  if (bytes[0] !== 0x6c && bytes[0] !== 0x42) throw new RangeError("this is no D-Bus message");
  const view = viewOf(bytes), isLittle = bytes[0] === 0x6c;
  const fieldBytes = view.getUint32(12, isLittle);
  const length = aligned(HEAD_BYTES + fieldBytes, 8) + view.getUint32(4, isLittle);
  if (length > MESSAGE_BYTES) throw new RangeError(`a D-Bus message of ${length} bytes`);
  return length;
}

/**
 * One whole message.
 * @throws {RangeError} when its bytes do not fit together.
 */
export function decodeMessage(bytes: Uint8Array): BusMessage {
  const isLittle = bytes[0] === 0x6c;
  const reader = new Reader(viewOf(bytes), isLittle);
  reader.offset = 12;
  const fields = new Map(reader.value("a(yv)") as [number, unknown][]);
  reader.align(8);
  const body = reader.values(String(fields.get(SIGNATURE) ?? ""));
  const textOf = (code: number) => {
    const value = fields.get(code);
    return typeof value === "string" ? value : undefined;
  };
  return {
    type: TYPES[bytes[1]] ?? "unknown",
    replySerial: fields.get(FIELD.replySerial) as number | undefined,
    path: textOf(FIELD.path),
    interface: textOf(FIELD.interface),
    member: textOf(FIELD.member),
    errorName: textOf(FIELD.errorName),
    sender: textOf(FIELD.sender),
    body,
  };
}

class Reader {
  offset = 0;
  #depth = 0;

  constructor(private readonly view: DataView, private readonly isLittle: boolean) {}

  align(size: number): void {
    this.offset = aligned(this.offset, size);
  }

  /** The values of a signature. */
  values(signature: string): unknown[] {
    const values: unknown[] = [];
    for (let at = 0; at < signature.length;) {
      const end = typeEnd(signature, at);
      values.push(this.value(signature.slice(at, end)));
      at = end;
    }
    return values;
  }

  /** The value of one complete type. */
  value(type: string): unknown {
    if (++this.#depth > MAX_DEPTH) throw new RangeError("a D-Bus value is nested too deeply");
    this.align(sizeOf(type));
    const value = this.#read(type);
    this.#depth--;
    return value;
  }

  #read(type: string): unknown {
    const { view, isLittle } = this;
    switch (type[0]) {
      case "y":
        return view.getUint8(this.#take(1));
      case "b":
        return view.getUint32(this.#take(4), isLittle) !== 0;
      case "n":
        return view.getInt16(this.#take(2), isLittle);
      case "q":
        return view.getUint16(this.#take(2), isLittle);
      case "i":
        return view.getInt32(this.#take(4), isLittle);
      case "u":
      case "h":
        return view.getUint32(this.#take(4), isLittle);
      case "x":
        return Number(view.getBigInt64(this.#take(8), isLittle));
      case "t":
        return Number(view.getBigUint64(this.#take(8), isLittle));
      case "d":
        return view.getFloat64(this.#take(8), isLittle);
      case "s":
      case "o":
        return this.#text(view.getUint32(this.#take(4), isLittle));
      case "g":
        return this.#text(view.getUint8(this.#take(1)));
      case "v":
        return this.#variant();
      case "a":
        return this.#array(type.slice(1));
      case "(":
      case "{":
        return this.values(type.slice(1, -1));
      default:
        throw new RangeError(`a D-Bus value of the unknown type "${type}"`);
    }
  }

  #variant(): unknown {
    const type = this.#text(this.view.getUint8(this.#take(1)));
    if (type === "" || typeEnd(type, 0) !== type.length) {
      throw new RangeError(`a D-Bus variant of the type "${type}"`);
    }
    return this.value(type);
  }

  #array(type: string): unknown[] {
    const length = this.view.getUint32(this.#take(4), this.isLittle);
    this.align(sizeOf(type));
    const end = this.offset + length;
    if (end > this.view.byteLength) throw new RangeError("a D-Bus array ends after its message");
    const values: unknown[] = [];
    while (this.offset < end) values.push(this.value(type));
    return values;
  }

  /** A text of so many bytes and a zero. */
  #text(length: number): string {
    const start = this.#take(length + 1);
    if (start + length >= this.view.byteLength) {
      throw new RangeError("a D-Bus text ends after its message");
    }
    const { buffer, byteOffset } = this.view;
    return new TextDecoder().decode(new Uint8Array(buffer, byteOffset + start, length));
  }

  #take(bytes: number): number {
    const at = this.offset;
    this.offset += bytes;
    return at;
  }
}

/** Where the complete type that begins at `at` ends. @throws {RangeError} when it does not. */
function typeEnd(signature: string, at: number): number {
  for (; signature[at] === "a"; at++);
  const open = signature[at];
  if (open === undefined) throw new RangeError(`the D-Bus signature "${signature}" has no end`);
  if (open !== "(" && open !== "{") return at + 1;
  const close = open === "(" ? ")" : "}";
  at++;
  if (signature[at] === close) throw new RangeError(`nothing in the signature "${signature}"`);
  while (signature[at] !== close) at = typeEnd(signature, at);
  return at + 1;
}

/** What a type is aligned to. */
function sizeOf(type: string): number {
  return SIZES[type[0]] ?? 1;
}

function aligned(offset: number, size: number): number {
  return Math.ceil(offset / size) * size;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
