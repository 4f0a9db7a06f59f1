/**
 * One owner per data directory: an OS file lock, and a note of who holds it.
 *
 * `owner.lock` is held by whoever uses the directory, `service.lock` by a service as long as it has a
 * note. Locks go with the process, however it ends, and the note (`daemon.json`) is only believed while
 * the second one is held: a short command that holds the first does not vouch for the note of a service
 * that was killed. Whoever only looks locks shared, so that those who look do not see each other.
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

const OWNER_LOCK = "owner.lock";
const SERVICE_LOCK = "service.lock";

const RETRY_MS = 50;

/** The lock on a data directory; dispose to release. */
export class Ownership {
  #notePath: string;
  #service: Deno.FsFile | undefined;

  private constructor(private readonly file: Deno.FsFile, private readonly dataDir: string) {
    this.#notePath = join(dataDir, "daemon.json");
  }

  /**
   * Takes the directory, waiting up to `waitMs` for a short command to end.
   * @throws {ConflictError} naming the service that holds it, at once; or that it stayed busy.
   */
  static async take(dataDir: string, waitMs: number): Promise<Ownership> {
    const file = openLock(dataDir, OWNER_LOCK, true);
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
    this.#service ??= openLock(this.dataDir, SERVICE_LOCK, true);
    // Waits for those who look, which takes them microseconds.
    this.#service.lockSync(true);
    writePrivateFile(this.#notePath, JSON.stringify(note));
  }

  release(): void {
    if (this.#service) removeIfThere(this.#notePath);
    this.#service?.close();
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
  while (isHeld(dataDir, OWNER_LOCK)) {
    const note = readNote(dataDir);
    if (note || performance.now() > untilMs) return note;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  return undefined;
}

/** Whether somebody has the lock for themselves. */
function isHeld(dataDir: string, name: string): boolean {
  let file: Deno.FsFile;
  try {
    file = openLock(dataDir, name, false);
  } catch (error) {
    const { cause } = error as Error;
    if (cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
  try {
    return !file.tryLockSync(false);
  } finally {
    file.close();
  }
}

function openLock(dataDir: string, name: string, create: boolean): Deno.FsFile {
  try {
    return Deno.openSync(join(dataDir, name), { read: true, write: true, create, mode: 0o600 });
  } catch (error) {
    throw dataDirError(dataDir, error);
  }
}

/** The note of a service that lives, or `undefined` when there is none yet. */
function readNote(dataDir: string): ServiceNote | undefined {
  if (!isHeld(dataDir, SERVICE_LOCK)) return undefined;
  const text = readIfThere(join(dataDir, "daemon.json"));
  if (text === undefined) return undefined;
  try {
    const note = JSON.parse(text) as ServiceNote;
    return typeof note.url === "string" && typeof note.pid === "number" ? note : undefined;
  } catch {
    return undefined;
  }
}
