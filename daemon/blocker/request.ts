/**
 * What the process that writes the hosts file is told on its standard input: one line of JSON, then a name
 * a line. It is read as coming from an enemy: no path, no program and no address can be said in it.
 * @module
 */

/** The four verbs. */
export type Verb = Request["verb"];

export type Request =
  /** Arms the lifting, blocks, and stays alive until the end. */
  | {
    readonly verb: "block";
    readonly id: number;
    readonly startMs: number;
    readonly endMs: number;
    readonly endConnections: boolean;
    readonly names: readonly string[];
  }
  /** Unblocks now. */
  | { readonly verb: "lift" }
  /** Unblocks what is over, and stays alive until the end of what is not. */
  | { readonly verb: "overdue" }
  /** Empties the caches of names. */
  | { readonly verb: "flush" };

/** What it answers, on one line. */
export type Reply =
  | { readonly ok: true }
  | { readonly error: { readonly kind: string; readonly message: string } };

export const MAX_NAMES = 1_000_000;
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_ID = Number.MAX_SAFE_INTEGER;
/** A year: whatever asks for more is wrong. */
const MAX_LENGTH_MS = 366 * 86_400_000;

/** A host name in ASCII lower case with a dot in it, that is no address and not this machine's own. */
export function isBlockable(name: string): boolean {
  return name.length <= 253 && /^(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+$/.test(name) &&
    !/\.\d+$/.test(name) && !/(^|\.)localhost(\.localdomain)?$/.test(name);
}

export function writeRequest(request: Request): Uint8Array {
  const text = request.verb === "block"
    ? [JSON.stringify({ ...request, names: request.names.length }), ...request.names, ""].join("\n")
    : `${JSON.stringify(request)}\n`;
  return new TextEncoder().encode(text);
}

/** @throws {TypeError} for anything that is not exactly a request; `nowMs` bounds the end. */
export function readRequest(input: Uint8Array, nowMs: number): Request {
  if (input.length > MAX_BYTES) throw new TypeError("The request is too long");
  const [header, ...names] = new TextDecoder("utf-8", { fatal: true }).decode(input).split("\n");
  if (header.length > 1_000) throw new TypeError("The request's first line is too long");
  if (names.pop() !== "") throw new TypeError("The request is cut off");
  const fields = JSON.parse(header) as Record<string, unknown>;
  if (typeof fields !== "object" || fields === null) throw new TypeError("Not a request");
  const { verb } = fields;
  if (verb === "lift" || verb === "overdue" || verb === "flush") {
    onlyFields(fields, ["verb"]);
    if (names.length > 0) throw new TypeError(`The verb "${verb}" takes no names`);
    return { verb };
  }
  if (verb !== "block") throw new TypeError("The verb is none of block, lift, overdue, flush");
  onlyFields(fields, ["verb", "id", "startMs", "endMs", "endConnections", "names"]);
  const id = integer(fields, "id", 0, MAX_ID);
  const startMs = integer(fields, "startMs", 0, nowMs + MAX_LENGTH_MS);
  const endMs = integer(fields, "endMs", 0, nowMs + MAX_LENGTH_MS);
  const count = integer(fields, "names", 1, MAX_NAMES);
  const { endConnections } = fields;
  if (typeof endConnections !== "boolean") throw new TypeError("endConnections is true or false");
  if (names.length !== count) {
    throw new TypeError(`${count} names were announced, not ${names.length}`);
  }
  const wrong = names.find((name) => !isBlockable(name));
  if (wrong !== undefined) {
    throw new TypeError(`Cannot block ${JSON.stringify(wrong.slice(0, 80))}`);
  }
  return { verb, id, startMs, endMs, endConnections, names };
}

function onlyFields(fields: Record<string, unknown>, allowed: readonly string[]): void {
  const other = Object.keys(fields).find((name) => !allowed.includes(name));
  if (other !== undefined) {
    throw new TypeError(`Unknown field ${JSON.stringify(other.slice(0, 80))}`);
  }
}

function integer(fields: Record<string, unknown>, name: string, min: number, max: number): number {
  const value = fields[name];
  if (Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max) {
    return value as number;
  }
  throw new TypeError(`${name} is no whole number from ${min} to ${max}`);
}
