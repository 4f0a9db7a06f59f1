/**
 * The text of our marked block in a hosts file, and how its lines are told from the user's.
 *
 *     # BEGIN prodtracker [newline=1] id=12 start=1760000000000 end=1760003600000 domains=1
 *     # Lifted at 2025-10-09T09:53:20.000Z; at once by: prodtracker block off
 *     0.0.0.0 example.com
 *     :: example.com
 *     # END prodtracker id=12 start=1760000000000 end=1760003600000 domains=1
 *
 * `newline=1`: the line break before the block is ours, because the user's last line had none. The last line
 * tells all again: so a look at the file's end is enough to know what stands in it.
 * @module
 */

/** What a block's first line says; a field is `undefined` when somebody made it unreadable. */
export interface BlockMark {
  readonly id: number | undefined;
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  /** 0 when it does not say. */
  readonly domainCount: number;
  /** The line break before the block is ours. */
  readonly ownsNewline: boolean;
}

/** What is written into a block. */
export interface HostsBlock {
  readonly id: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly domains: readonly string[];
}

export const BEGIN = "# BEGIN prodtracker";
export const END = "# END prodtracker";
const HINT = "# Lifted at ";

/** The two addresses of each name: a v4-only line lets a browser ask for the other kind. */
const ADDRESSES = ["0.0.0.0", "::"];

/** The block as text with `eol` at each line's end; begins with one of its own when `ownsNewline`. */
export function blockText(
  { id, startMs, endMs, domains }: HostsBlock,
  { eol, ownsNewline }: { readonly eol: string; readonly ownsNewline: boolean },
): string {
  const fields = `id=${id} start=${startMs} end=${endMs} domains=${domains.length}`;
  const lines = [
    `${ownsNewline ? `${eol}${BEGIN} newline=1` : BEGIN} ${fields}`,
    `${HINT}${new Date(endMs).toISOString()}; at once by: prodtracker block off`,
  ];
  for (const name of domains) for (const address of ADDRESSES) lines.push(`${address} ${name}`);
  lines.push(`${END} ${fields}`, "");
  return lines.join(eol);
}

/** Reads a first line; `line` is its text without the line break. */
export function readMark(line: string): BlockMark {
  return {
    id: field(line, "id"),
    startMs: field(line, "start"),
    endMs: field(line, "end"),
    domainCount: countOf(line),
    ownsNewline: / newline=1(?= |$)/.test(line),
  };
}

/** The number of names that a first or last line tells of; 0 when it does not say. */
export function countOf(line: string): number {
  return field(line, "domains") ?? 0;
}

function field(line: string, name: string): number | undefined {
  const text = new RegExp(` ${name}=(\\d{1,15})(?= |$)`).exec(line)?.[1];
  return text === undefined ? undefined : Number(text);
}

/** The bytes of the two kinds of entry, up to the name. */
const PREFIXES = ADDRESSES.map((address) => new TextEncoder().encode(`${address} `));
const HINT_BYTES = new TextEncoder().encode(HINT);
const BEGIN_BYTES = new TextEncoder().encode(BEGIN);
const END_BYTES = new TextEncoder().encode(END);
const LF = 10, CR = 13;

/** Where the name begins if the line from `start` to `end` (without its line break) is an entry of ours. */
export function entryName(bytes: Uint8Array, start: number, end: number): number | undefined {
  for (const prefix of PREFIXES) {
    const name = start + prefix.length;
    if (end <= name || !startsWith(bytes, start, prefix)) continue;
    for (let at = name; at < end; at++) if (!isNameByte(bytes[at])) return undefined;
    return name;
  }
  return undefined;
}

/** Whether the line is our remark on when the block ends. */
export function isHint(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= HINT_BYTES.length && startsWith(bytes, start, HINT_BYTES);
}

/** Whether the bytes up to the file's end can be the beginning of a line of ours that was cut off. */
export function isCutLine(bytes: Uint8Array, start: number, end: number): boolean {
  if (entryName(bytes, start, end) !== undefined) return true;
  const starts = [...PREFIXES, HINT_BYTES, END_BYTES, BEGIN_BYTES];
  return isHint(bytes, start, end) ||
    starts.some((prefix) =>
      end - start <= prefix.length && startsWith(prefix, 0, bytes.subarray(start, end))
    );
}

/** The end of a line's text: `next` is where the next line begins. */
export function textEnd(bytes: Uint8Array, start: number, next: number): number {
  let end = next;
  if (end > start && bytes[end - 1] === LF) end--;
  if (end > start && bytes[end - 1] === CR) end--;
  return end;
}

/** Where the line after the one at `start` begins; the length of `bytes` when there is none. */
export function nextLine(bytes: Uint8Array, start: number): number {
  const at = bytes.indexOf(LF, start);
  return at < 0 ? bytes.length : at + 1;
}

export function startsWith(bytes: Uint8Array, at: number, prefix: Uint8Array): boolean {
  if (at + prefix.length > bytes.length) return false;
  for (let i = 0; i < prefix.length; i++) if (bytes[at + i] !== prefix[i]) return false;
  return true;
}

/** a-z 0-9 - . _ */
function isNameByte(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 48 && byte <= 57) || byte === 45 || byte === 46 ||
    byte === 95;
}
