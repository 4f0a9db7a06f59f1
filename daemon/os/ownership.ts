/**
 * One owner per data directory: an OS file lock, and a note of who holds it.
 *
 * The lock goes with the process, however it ends; the note (`daemon.json`) is only believed while
 * somebody holds the lock.
 * @module
 */
import { join } from "node:path";
import { ConflictError } from "../core/errors.ts";
import { dataDirError, readIfThere, removeIfThere, writePrivateFile } from "./files.ts";

/** What a service tells the others about itself. */
export interface ServiceNote {
  readonly pid: number;
  readonly service: string;
  readonly url: string;
}

const RETRY_MS = 50;

/** The lock on a data directory; dispose to release. */
export class Ownership {
  #notePath: string;
  #noted = false;

  private constructor(private readonly file: Deno.FsFile, dataDir: string) {
    this.#notePath = join(dataDir, "daemon.json");
  }

  /**
   * Takes the directory, waiting up to `waitMs` for a short command to end.
   * @throws {ConflictError} naming the service that holds it, at once; or that it stayed busy.
   */
  static async take(dataDir: string, waitMs: number): Promise<Ownership> {
    let file: Deno.FsFile;
    try {
      file = Deno.openSync(lockPath(dataDir), {
        read: true,
        write: true,
        create: true,
        mode: 0o600,
      });
    } catch (error) {
      throw dataDirError(dataDir, error);
    }
    const untilMs = performance.now() + waitMs;
    try {
      while (!file.tryLockSync(true)) {
        const holder = readNote(dataDir);
        if (holder) {
          throw new ConflictError(
            `Cannot use "${dataDir}": ${holder.service} (process ${holder.pid}) has it, at ${holder.url}`,
          );
        }
        if (performance.now() > untilMs) {
          throw new ConflictError(
            `Cannot use "${dataDir}": another prodtracker command is using it; try again when it has ended`,
          );
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    } catch (error) {
      file.close();
      throw error;
    }
    const ownership = new Ownership(file, dataDir);
    // A note that is here now is from somebody who was killed.
    removeIfThere(ownership.#notePath);
    return ownership;
  }

  /** Tells clients where the service listens. */
  announce(note: ServiceNote): void {
    writePrivateFile(this.#notePath, JSON.stringify(note));
    this.#noted = true;
  }

  release(): void {
    if (this.#noted) removeIfThere(this.#notePath);
    this.file.close();
  }
}

/**
 * The service that holds a directory, or `undefined` when none does. While somebody holds it who has
 * not said who they are (a service that is starting, a short command), waits up to `waitMs`.
 */
export async function currentService(
  dataDir: string,
  waitMs: number,
): Promise<ServiceNote | undefined> {
  const untilMs = performance.now() + waitMs;
  while (isHeld(dataDir)) {
    const note = readNote(dataDir);
    if (note || performance.now() > untilMs) return note;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  return undefined;
}

function isHeld(dataDir: string): boolean {
  let file: Deno.FsFile;
  try {
    file = Deno.openSync(lockPath(dataDir), { read: true, write: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw dataDirError(dataDir, error);
  }
  try {
    return !file.tryLockSync(true);
  } finally {
    file.close();
  }
}

function lockPath(dataDir: string): string {
  return join(dataDir, "owner.lock");
}

/** The note, or `undefined` when there is none yet. */
function readNote(dataDir: string): ServiceNote | undefined {
  const text = readIfThere(join(dataDir, "daemon.json"));
  if (text === undefined) return undefined;
  try {
    const note = JSON.parse(text) as ServiceNote;
    return typeof note.url === "string" && typeof note.pid === "number" ? note : undefined;
  } catch {
    return undefined;
  }
}
