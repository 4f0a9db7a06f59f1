/**
 * The places besides the database in use where something erased may still be.
 * @module
 */
import { basename, dirname, join, sep } from "node:path";
import { dailyCopies } from "./backups.ts";
import type { ErasureRequest } from "./core/erasure.ts";
import { UnavailableError } from "./core/errors.ts";
import type { ErasureOptions } from "./erasure_service.ts";
import { removeIfThere } from "./os/files.ts";
import { KEPT_MS } from "./phone/live_state.ts";
import { eraserOf } from "./store/erasure_copies.ts";
import { PLACES } from "./store/erasures.ts";
import { Reader } from "./store/reader.ts";

/** Beside the database: set aside, read of, half made. */
const BESIDE = /^\.(?:damaged-.+|part|part-\w+|new|new-\w+)$/;
/** Copies that were never finished, and what SQLite had beside them. */
const UNFINISHED = /\.db\.part(?:-\w+)?$/;

export class ErasurePlaces {
  /** A worker of its own: rewriting a copy takes seconds, and reads do not wait for it. */
  readonly #worker: Reader;

  constructor(private readonly options: ErasureOptions) {
    this.#worker = new Reader(options.databasePath, 0);
  }

  /** All there are now in which something of a request may be. */
  all({ kind, span }: ErasureRequest): string[] {
    const { store, clock } = this.options;
    const isLive = span.endMs > clock.nowMs() - KEPT_MS && store.phones.devices().length > 0;
    return [
      ...this.copies().map(({ path }) => path),
      ...this.setAside(),
      ...(isLive ? [PLACES.phones] : []),
      ...(kind !== "age" && store.messages.hasOpen() ? [PLACES.outbox] : []),
    ];
  }

  /** The daily copies, newest first. */
  copies(): { readonly path: string; readonly bytes: number }[] {
    return dailyCopies(this.options.dataDir).flatMap((path) => {
      try {
        return [{ path, bytes: Deno.statSync(path).size }];
      } catch {
        return [{ path, bytes: 0 }];
      }
    });
  }

  /** Files that go: damaged databases that were set aside, and what was left half made. */
  setAside(): string[] {
    const { dataDir, databasePath } = this.options;
    const name = basename(databasePath);
    return [
      ...filesIn(dirname(databasePath)).filter((path) =>
        basename(path).startsWith(name) && BESIDE.test(basename(path).slice(name.length))
      ),
      ...filesIn(join(dataDir, "backups")).filter((path) => UNFINISHED.test(path)),
    ];
  }

  /** Erases one. @throws {Error} why it could not be, which leaves it as it was. */
  async erase(place: string, id: number, request: ErasureRequest): Promise<void> {
    const { dataDir, store, forgetPhones } = this.options;
    if (place === PLACES.phones) {
      if (await forgetPhones()) return;
      throw new UnavailableError(
        "Redis does not answer; what it knows of phones is gone in 26 hours",
      );
    }
    if (place === PLACES.outbox) {
      if (store.erasures.isSending()) throw new UnavailableError("A message is on its way");
      return await store.erasures.cancelReturned(id, await eraserOf(request, dataDir));
    }
    if (place.startsWith(this.#screenshots)) {
      removeIfThere(place);
      const file = place.slice(this.#screenshots.length);
      return await store.write((db) => {
        db.prepare("DELETE FROM screenshot WHERE file = ?").run(file);
      });
    }
    if (dirname(place) === join(dataDir, "backups") && !UNFINISHED.test(place)) {
      return await this.#worker.call("rewriteCopy", place, request, dataDir);
    }
    removeIfThere(place);
  }

  /** Removes a screenshot's file; one that cannot be is added to `left`. */
  removeScreenshot(file: string, left: string[]): boolean {
    const path = this.#screenshots + file;
    try {
      removeIfThere(path);
      return true;
    } catch {
      left.push(path);
      return false;
    }
  }

  /** What a place is called where everybody may read it. */
  nameOf(place: string): string {
    if (place === PLACES.database) return "the database";
    if (place === PLACES.phones) return "what Redis knows of phones";
    if (place === PLACES.outbox) return "the outbox";
    if (place === PLACES.log) return "the WAL";
    return basename(place);
  }

  async close(): Promise<void> {
    await this.#worker.close();
  }

  get #screenshots(): string {
    return join(this.options.dataDir, "screenshots") + sep;
  }
}

function filesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile)
      .map(({ name }) => join(folder, name)).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
