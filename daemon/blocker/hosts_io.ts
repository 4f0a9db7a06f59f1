/**
 * The file operations that a write of the hosts file is made of; each can fail, and be the last one.
 * @module
 */

/** What of a file must stay, and what tells that somebody else wrote it. */
export interface FileState {
  readonly mode: number | null;
  readonly uid: number | null;
  readonly gid: number | null;
  readonly size: number;
  readonly mtimeMs: number | null;
  readonly ino: number | null;
}

/** The port; every step of a write goes through it. */
export interface HostsIo {
  realPath(path: string): string;
  stat(path: string): FileState;
  read(path: string): Uint8Array;
  list(folder: string): string[];
  /** Makes a new file of mode 0600; fails when there is one. */
  create(path: string, bytes: Uint8Array): void;
  chmod(path: string, mode: number): void;
  chown(path: string, uid: number, gid: number): void;
  /** Until it is on the disk: a file's bytes, or a folder's names. */
  sync(path: string): void;
  rename(from: string, to: string): void;
  /** Writes behind the file's end. */
  append(path: string, bytes: Uint8Array): void;
  /** Writes over what stands at `at`. */
  overwrite(path: string, at: number, bytes: Uint8Array): void;
  truncate(path: string, size: number): void;
  remove(path: string): void;
}

export const systemIo: HostsIo = {
  realPath: Deno.realPathSync,
  stat(path) {
    const { mode, uid, gid, size, mtime, ino } = Deno.statSync(path);
    return { mode, uid, gid, size, ino, mtimeMs: mtime && mtime.getTime() };
  },
  read: Deno.readFileSync,
  list: (folder) => Array.from(Deno.readDirSync(folder), ({ name }) => name),
  create(path, bytes) {
    using file = Deno.openSync(path, { write: true, createNew: true, mode: 0o600 });
    writeAll(file, bytes);
  },
  chmod: Deno.chmodSync,
  chown: Deno.chownSync,
  sync(path) {
    using file = openToSync(path);
    file.syncSync();
  },
  rename: Deno.renameSync,
  append(path, bytes) {
    using file = Deno.openSync(path, { write: true, append: true });
    writeAll(file, bytes);
  },
  overwrite(path, at, bytes) {
    using file = Deno.openSync(path, { write: true });
    file.seekSync(at, Deno.SeekMode.Start);
    writeAll(file, bytes);
  },
  truncate: Deno.truncateSync,
  remove: Deno.removeSync,
};

/** Windows syncs only what may be written; a folder cannot be opened so anywhere. */
function openToSync(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { write: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.IsADirectory)) throw error;
    return Deno.openSync(path, { read: true });
  }
}

function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
}

/** The system's number of an error: 16 is EBUSY. */
export function errorNumber(error: unknown): number | undefined {
  const number = /\(os error (\d+)\)/.exec((error as Error).message)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** The last `bytes` of a file, or all of it. */
export function readTail(path: string, bytes: number): Uint8Array {
  using file = Deno.openSync(path, { read: true });
  const { size } = file.statSync();
  file.seekSync(Math.max(0, size - bytes), Deno.SeekMode.Start);
  const tail = new Uint8Array(Math.min(size, bytes));
  let at = 0;
  while (at < tail.length) {
    const read = file.readSync(tail.subarray(at)) ?? 0;
    if (read === 0) break;
    at += read;
  }
  return tail.subarray(0, at);
}
