/**
 * A hosts file as bytes: which of them are ours, with them, and without them.
 *
 * What is damaged is read so that the user's own bytes stay and our names go:
 *
 * - a begin without an end (a write that was cut off): the lines of our form that follow it directly are ours;
 * - an end without a begin: the pairs of lines directly above it are ours, as many as it tells of;
 * - two blocks: both are ours;
 * - lines that somebody wrote into our block stay, unless they have the form of ours;
 * - a first line that cannot be read: a block without an end time, which counts as overdue.
 *
 * A byte order mark, CRLF, NUL bytes and a missing last line break are the user's bytes like any others.
 * @module
 */
import { Buffer } from "node:buffer";
import { ConflictError } from "../core/errors.ts";
import {
  BEGIN,
  type BlockMark,
  blockText,
  countOf,
  END,
  entryName,
  type HostsBlock,
  isCutLine,
  isHint,
  nextLine,
  readMark,
  textEnd,
} from "./hosts_block.ts";

/** A run of bytes, from `start` to before `end`. */
interface Run {
  readonly ours: boolean;
  readonly start: number;
  readonly end: number;
}

/** A hosts file, taken apart. */
export interface HostsFile {
  readonly bytes: Uint8Array;
  /** All of the file, in its order; runs of the user's and of ours. */
  readonly runs: readonly Run[];
  /** One for each block found; stray ends have an empty mark. */
  readonly blocks: readonly BlockMark[];
}

const NO_MARK: BlockMark = {
  id: undefined,
  startMs: undefined,
  endMs: undefined,
  domainCount: 0,
  ownsNewline: false,
};

/** Takes `bytes` apart; any bytes will do. */
export function parseHosts(bytes: Uint8Array): HostsFile {
  const found = new Runs(bytes);
  const blocks: BlockMark[] = [];
  while (true) {
    const begin = findLine(bytes, BEGIN, found.end);
    const end = findLine(bytes, END, found.end);
    if (begin === undefined && end === undefined) break;
    if (begin === undefined || (end !== undefined && end < begin)) {
      blocks.push(takeStrayEnd(found, end!));
    } else {
      blocks.push(takeBlock(found, begin, end));
    }
  }
  return { bytes, runs: found.finish(), blocks };
}

/** All bytes again. */
export function renderHosts({ bytes, runs }: HostsFile): Uint8Array<ArrayBuffer> {
  return join(runs.map(({ start, end }) => bytes.subarray(start, end)));
}

/** The file without what is ours: exactly the user's bytes. */
export function liftBlocks(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return join(userParts(parseHosts(bytes)));
}

/** The file with `block` at its end, in place of what was ours. @throws {ConflictError} for UTF-16. */
export function applyBlock(bytes: Uint8Array, block: HostsBlock): Uint8Array<ArrayBuffer> {
  const user = liftBlocks(bytes);
  return join([user, blockBytes(user, block)]);
}

/** What is appended to `user` to block. @throws {ConflictError} for UTF-16, which no resolver reads. */
export function blockBytes(user: Uint8Array, block: HostsBlock): Uint8Array {
  if ((user[0] === 0xff && user[1] === 0xfe) || (user[0] === 0xfe && user[1] === 0xff)) {
    throw new ConflictError(
      "Cannot block: the hosts file is UTF-16 text, which is not a hosts file",
    );
  }
  const eol = lastBreakIsCrlf(user) ? "\r\n" : "\n";
  const ownsNewline = user.length > 0 && user.at(-1) !== 10;
  return new TextEncoder().encode(blockText(block, { eol, ownsNewline }));
}

/** The last block's mark; `undefined` when nothing is ours. Looks at marks only: quick in a large file. */
export function findMark(bytes: Uint8Array): BlockMark | undefined {
  const atEnd = markInTail(bytes.subarray(-TAIL_BYTES));
  if (atEnd) return atEnd;
  let mark: BlockMark | undefined;
  for (let at = 0, found; (found = findLine(bytes, BEGIN, at)) !== undefined; at = found + 1) {
    mark = readMark(lineText(bytes, found));
  }
  return mark ?? (findLine(bytes, END, 0) === undefined ? undefined : NO_MARK);
}

/** How much of a file's end is looked at first. */
export const TAIL_BYTES = 65_536;

/**
 * What a whole last line in the file's end tells; `undefined` when there is none, which does not mean that
 * nothing is ours.
 */
export function markInTail(tail: Uint8Array): BlockMark | undefined {
  let last: number | undefined;
  for (let at = 0, found; (found = findLine(tail, END, at)) !== undefined; at = found + 1) {
    last = found;
  }
  if (last === undefined || last === 0 || findLine(tail, BEGIN, last) !== undefined) {
    return undefined;
  }
  const mark = readMark(lineText(tail, last));
  return mark.endMs === undefined ? undefined : mark;
}

/** What of the file is the user's, in order. */
function userParts({ bytes, runs }: HostsFile): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (const [index, { ours, start, end }] of runs.entries()) {
    if (!ours) parts.push(bytes.subarray(start, end));
    else if (bytes[start] === 10 || bytes[start] === 13) {
      // Our own line break still parts the lines before and after it.
      const more = runs.slice(index + 1).some((run) => !run.ours);
      if (more) parts.push(bytes.subarray(start, nextLine(bytes, start)));
    }
  }
  return parts;
}

/** A block from its first line at `begin`; `end` is the next last line, if there is one. */
function takeBlock(found: Runs, begin: number, end: number | undefined): BlockMark {
  const { bytes } = found;
  const mark = readMark(lineText(bytes, begin));
  let at = nextLine(bytes, begin);
  const nextBegin = findLine(bytes, BEGIN, at) ?? bytes.length;
  const ended = end !== undefined && end < nextBegin;
  const limit = ended ? end : nextBegin;
  found.ours(mark.ownsNewline ? ownBreak(bytes, found.end, begin) : begin, at);
  let left = 2 * mark.domainCount;
  while (at < limit) {
    const next = nextLine(bytes, at);
    const stop = textEnd(bytes, at, next);
    const isEntry = left > 0 && entryName(bytes, at, stop) !== undefined;
    const isCut = !ended && next === bytes.length && bytes.at(-1) !== 10;
    if (isEntry || isHint(bytes, at, stop) || (isCut && isCutLine(bytes, at, stop))) {
      found.ours(at, next);
      if (isEntry) left--;
    } else if (!ended) break;
    at = next;
  }
  if (ended) found.ours(end, nextLine(bytes, end));
  return mark;
}

/** A last line alone: the pairs directly above it, as many as it tells of. */
function takeStrayEnd(found: Runs, end: number): BlockMark {
  const { bytes } = found;
  let from = end;
  for (let left = countOf(lineText(bytes, end)); left > 0; left--) {
    const second = lineBefore(bytes, from, found.end);
    const first = second === undefined ? undefined : lineBefore(bytes, second, found.end);
    if (first === undefined || !isPair(bytes, first, second!, from)) break;
    from = first;
  }
  const above = lineBefore(bytes, from, found.end);
  if (above !== undefined && isHint(bytes, above, from)) from = above;
  found.ours(from, nextLine(bytes, end));
  return NO_MARK;
}

/** Whether two lines give the same name both addresses. */
function isPair(bytes: Uint8Array, first: number, second: number, after: number): boolean {
  const ends = [textEnd(bytes, first, second), textEnd(bytes, second, after)];
  const names = [entryName(bytes, first, ends[0]), entryName(bytes, second, ends[1])];
  if (names[0] === undefined || names[1] === undefined) return false;
  const [a, b] = names.map((name, i) => bytes.subarray(name, ends[i]));
  return bytes[first] === 48 && bytes[second] === 58 && Buffer.compare(a, b) === 0;
}

/** Runs of ours as they are found, in order; what lies between is the user's. */
class Runs {
  readonly #runs: Run[] = [];
  end = 0;

  constructor(readonly bytes: Uint8Array) {}

  ours(start: number, end: number): void {
    const last = this.#runs.at(-1);
    if (last?.ours && last.end === start) this.#runs[this.#runs.length - 1] = { ...last, end };
    else {
      this.#user(start);
      this.#runs.push({ ours: true, start, end });
    }
    this.end = end;
  }

  finish(): Run[] {
    this.#user(this.bytes.length);
    return this.#runs;
  }

  #user(until: number): void {
    if (until > this.end) this.#runs.push({ ours: false, start: this.end, end: until });
  }
}

function findLine(bytes: Uint8Array, text: string, from: number): number | undefined {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = from; (at = whole.indexOf(text, at, "latin1")) >= 0; at++) {
    if (isLineStart(bytes, at)) return at;
  }
  return undefined;
}

/** At the file's beginning, after a line break, or after the byte order mark. */
function isLineStart(bytes: Uint8Array, at: number): boolean {
  return at === 0 || bytes[at - 1] === 10 ||
    (at === 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf);
}

function lineBefore(bytes: Uint8Array, start: number, floor: number): number | undefined {
  if (start <= floor) return undefined;
  return Math.max(start < 2 ? 0 : bytes.lastIndexOf(10, start - 2) + 1, floor);
}

/** Where the line break directly before `begin` starts, not before `floor`. */
function ownBreak(bytes: Uint8Array, floor: number, begin: number): number {
  if (begin <= floor || bytes[begin - 1] !== 10) return begin;
  // A CR before it is the user's, unless our own lines end in CRLF.
  const isCrlf = bytes[nextLine(bytes, begin) - 2] === 13;
  return isCrlf && begin - 2 >= floor && bytes[begin - 2] === 13 ? begin - 2 : begin - 1;
}

function lineText(bytes: Uint8Array, start: number): string {
  const end = textEnd(bytes, start, nextLine(bytes, start));
  return Buffer.from(bytes.subarray(start, Math.min(end, start + 300))).toString("latin1");
}

function lastBreakIsCrlf(bytes: Uint8Array): boolean {
  const at = bytes.lastIndexOf(10);
  if (at < 0) return Deno.build.os === "windows";
  return at > 0 && bytes[at - 1] === 13;
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
