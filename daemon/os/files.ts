/**
 * Files that are private from their first byte.
 * @module
 */
import { randomHex } from "../core/secrets.ts";
import { dirname, join } from "node:path";
import { EXIT_CODES, FatalError } from "../core/errors.ts";

/**
 * Makes the data directory if it is missing and closes it to others (0700).
 * @throws {FatalError} when it cannot be made, is not a directory, or cannot be written.
 */
export function prepareDataDir(path: string): void {
  try {
    Deno.mkdirSync(path, { recursive: true, mode: 0o700 });
    const info = Deno.statSync(path);
    if (!info.isDirectory) throw new Error("it is not a directory");
    if (Deno.build.os !== "windows" && info.mode !== null && (info.mode & 0o077) !== 0) {
      // Root could close /tmp to all programs of the machine. A new mount may be sticky as well, but is empty.
      if (info.mode & 0o1000 && !Deno.readDirSync(path)[Symbol.iterator]().next().done) {
        throw new Error("all users share it; name one of its own");
      }
      Deno.chmodSync(path, 0o700);
    }
  } catch (error) {
    throw dataDirError(path, error);
  }
}

/** The one line for a data directory that does not serve. */
export function dataDirError(path: string, error: unknown): FatalError {
  const denied = error instanceof Deno.errors.PermissionDenied ||
    /read-only file system|os error (1|13|30)\b/i.test((error as Error).message);
  const isFile = error instanceof Deno.errors.AlreadyExists ||
    error instanceof Deno.errors.NotADirectory;
  const reason = isFile ? "it is not a directory" : (error as Error).message;
  return new FatalError(
    `Cannot use the data directory "${path}": ${reason}`,
    denied ? EXIT_CODES.notPermitted : EXIT_CODES.failed,
    { cause: error },
  );
}

/**
 * Replaces a small text file in one step (temp file, fsync, rename), readable by its owner only.
 * @throws {FatalError} when it cannot be written; what was there is still there, and nothing else.
 */
export function writePrivateFile(path: string, text: string): void {
  const temp = join(dirname(path), `.${randomHex(6)}.tmp`);
  try {
    const file = Deno.openSync(temp, { write: true, createNew: true, mode: 0o600 });
    try {
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
      file.syncSync();
    } finally {
      file.close();
    }
    Deno.renameSync(temp, path);
  } catch (error) {
    removeIfThere(temp);
    throw new FatalError(
      `Cannot write "${path}": ${(error as Error).message}`,
      EXIT_CODES.failed,
      { cause: error },
    );
  }
}

/** A file's text; `undefined` only when there is no such file. */
export function readIfThere(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Removes a file that may not be there. */
export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/**
 * A secret of the data directory: what the file holds, or a new random one (256 bits, hex) kept there.
 * @throws {FatalError} when the file holds something that cannot be a secret.
 */
export function keptSecret(path: string): string {
  const kept = readIfThere(path)?.trim();
  if (kept === undefined) {
    const secret = randomHex(32);
    writePrivateFile(path, `${secret}\n`);
    return secret;
  }
  if (kept.length < 16) {
    throw new FatalError(
      `Cannot use the secret in "${path}": it is shorter than 16 characters; delete the file to have a new one made`,
      EXIT_CODES.wrongUsage,
    );
  }
  return kept;
}

/** Whether something stands at a path, a broken link included. */
export function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
