/**
 * Writing the hosts file so that at every moment it holds all of the user's bytes.
 *
 * As a rule a new file is made beside it and renamed over it. Where that cannot be (a bind mount, a folder
 * that is not ours), it is written in place: to block is one append, to unblock is one truncate.
 * @module
 */
import { Buffer } from "node:buffer";
import { basename, dirname, join } from "node:path";
import { ConflictError, NotPermittedError, UnavailableError } from "../core/errors.ts";
import { randomHex } from "../core/secrets.ts";
import { errorNumber, type FileState, type HostsIo } from "./hosts_io.ts";

/** How often the work is done anew when somebody else writes at the same time. */
const TRIES = 5;

/** A path's errors by the system's number. */
const BUSY = 16, CROSS_DEVICE = 18, NO_SPACE = [28, 122];
const DENIED = [1, 5, 13, 30];

/** Makes the file's bytes those that `edit` gives for them. */
export type Edit = (bytes: Uint8Array) => Uint8Array;

/**
 * Replaces what stands in the file at `path` by `edit` of it, and proves it by reading it again. Nothing is
 * written when nothing changes.
 * @param withoutOurs What is written first where one block replaces another in place.
 * @returns whether it was written
 * @throws {NotPermittedError} when it may not be written; {@linkcode UnavailableError} when the disk is full;
 * {@linkcode ConflictError} when it is not there, or somebody else keeps writing it. The file is then as it was.
 */
export function rewriteFile(io: HostsIo, path: string, edit: Edit, withoutOurs = edit): boolean {
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      const result = rewriteOnce(io, io.realPath(path), edit, withoutOurs);
      if (result !== "changed meanwhile") return result === "written";
    } catch (error) {
      throw explained(path, error);
    }
  }
  throw new ConflictError(`Cannot write "${path}": another program keeps writing it; try again`);
}

function rewriteOnce(io: HostsIo, path: string, edit: Edit, withoutOurs: Edit) {
  removeLeftOvers(io, path);
  const before = io.stat(path);
  const bytes = io.read(path);
  const wanted = edit(bytes);
  if (isSame(bytes, wanted)) return "right already";
  const temp = join(dirname(path), `${tempStart(path)}${randomHex(6)}`);
  try {
    prepare(io, temp, wanted, before);
    if (!isSameState(before, io.stat(path))) {
      io.remove(temp);
      return "changed meanwhile";
    }
    io.rename(temp, path);
  } catch (error) {
    quietly(() => io.remove(temp));
    const number = errorNumber(error);
    const isDenied = error instanceof Deno.errors.PermissionDenied && number === 13;
    if (number !== BUSY && number !== CROSS_DEVICE && !isDenied) throw error;
    if (!isSameState(before, io.stat(path))) return "changed meanwhile";
    const kept = withoutOurs(bytes);
    if (!isSame(kept, bytes)) writeInPlace(io, path, { bytes, wanted: kept });
    if (!isSame(kept, wanted)) writeInPlace(io, path, { bytes: kept, wanted });
    return proved(io, path, wanted);
  }
  // A file system that cannot do this has the new name all the same.
  quietly(() => io.sync(dirname(path)));
  return proved(io, path, wanted);
}

function proved(io: HostsIo, path: string, wanted: Uint8Array) {
  return isSame(io.read(path), wanted) ? "written" : "changed meanwhile";
}

function prepare(io: HostsIo, temp: string, bytes: Uint8Array, { mode, uid, gid }: FileState) {
  io.create(temp, bytes);
  if (uid !== null && gid !== null) {
    const made = io.stat(temp);
    if (made.uid !== uid || made.gid !== gid) io.chown(temp, uid, gid);
  }
  // After the owner, whose change takes special bits away.
  if (mode !== null) io.chmod(temp, mode & 0o7777);
  io.sync(temp);
}

/** Keeps the longest common beginning; the user's bytes come before ours, so they are part of it. */
function writeInPlace(
  io: HostsIo,
  path: string,
  { bytes, wanted }: { readonly bytes: Uint8Array; readonly wanted: Uint8Array },
): void {
  const same = commonStart(bytes, wanted);
  try {
    if (same === wanted.length) {
      io.truncate(path, same);
    } else if (same === bytes.length) {
      io.append(path, wanted.subarray(same));
    } else {
      // Text of the user's stands behind our block; until the last step it stands there still.
      io.overwrite(path, same, wanted.subarray(same));
      if (wanted.length < bytes.length) io.truncate(path, wanted.length);
    }
    io.sync(path);
  } catch (error) {
    if (same === bytes.length) quietly(() => io.truncate(path, same));
    throw error;
  }
}

/** What a killed write left beside the file; only ever called by the one who holds the lock. */
function removeLeftOvers(io: HostsIo, path: string): void {
  const start = tempStart(path);
  quietly(() => {
    for (const name of io.list(dirname(path))) {
      if (name.startsWith(start)) quietly(() => io.remove(join(dirname(path), name)));
    }
  });
}

function tempStart(path: string): string {
  return `.${basename(path)}.prodtracker-`;
}

function isSameState(a: FileState, b: FileState): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

function commonStart(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a[at] === b[at]) at++;
  return at;
}

function explained(path: string, error: unknown): Error {
  const number = errorNumber(error) ?? 0;
  const action = `Cannot write "${path}"`;
  const { message } = error as Error;
  if (error instanceof Deno.errors.NotFound) {
    return new ConflictError(`${action}: there is no such file`, { cause: error });
  }
  if (NO_SPACE.includes(number)) {
    return new UnavailableError(`${action}: the disk is full`, { cause: error });
  }
  if (number === 30) {
    return new NotPermittedError(`${action}: it is mounted read-only`, { cause: error });
  }
  if (number === 1) {
    const detail = `the system forbids it; when it is immutable: sudo chattr -i ${path}`;
    return new NotPermittedError(`${action}: ${detail}`, { cause: error });
  }
  if (DENIED.includes(number)) {
    return new NotPermittedError(`${action}: ${message}`, { cause: error });
  }
  return error as Error;
}

function quietly(work: () => void): void {
  try {
    work();
  } catch { /* what it would have tidied up is tidied up the next time */ }
}
