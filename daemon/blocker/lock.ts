/**
 * The lock against a second writer; the kernel takes it back from whoever dies.
 * @module
 */
import { ConflictError } from "../core/errors.ts";

const RETRY_MS = 20;

/**
 * Takes the lock at `path`, a file or a folder, waiting up to `waitMs`; disposing lets go of it.
 * @throws {ConflictError} when somebody else keeps it.
 */
export async function takeLock(path: string, waitMs: number): Promise<Disposable> {
  const file = openLock(path);
  const untilMs = performance.now() + waitMs;
  try {
    while (!file.tryLockSync(true)) {
      if (performance.now() > untilMs) {
        throw new ConflictError("Cannot write the hosts file: another program is writing it");
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

function openLock(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { read: true, write: true, create: true, mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Deno.errors.IsADirectory)) throw error;
    return Deno.openSync(path, { read: true });
  }
}
