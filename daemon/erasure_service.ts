/**
 * Erasing wherever something may be: the database in use, its WAL, its copies, files that were set aside,
 * screenshots, what is known of phones. Loaded when something is erased, or pending since before.
 *
 * ```text
 * asked ─> written down, with its places ─> database ─> tables anew, WAL cut ─┬─> each copy, beside it ─┬─> forgotten
 *                                                                            ├─> files set aside      │   what was
 *                                                                            └─> Redis, outbox        │   asked
 *          a place that fails stays pending, with why ──────── tried again hourly, at the start ──────┘
 * ```
 * @module
 */
import { ConflictError } from "./core/errors.ts";
import type { ErasureFacts, ErasurePort, ErasureProgress } from "./api/erasure.ts";
import type { Turns } from "./backups.ts";
import { type Eraser, erasureOf, type ErasureRequest, type ErasureWish } from "./core/erasure.ts";
import type { Clock } from "./core/ports.ts";
import type { PrivacyRule } from "./core/privacy.ts";
import { type Retention, RETENTION_SETTING, retentionOf } from "./core/retention.ts";
import { ErasurePlaces } from "./erasure_places.ts";
import { exists } from "./os/files.ts";
import { abortableDelay } from "./os/supervisor.ts";
import { eraserOf } from "./store/erasure_copies.ts";
import { PLACES } from "./store/erasures.ts";
import type { Store } from "./store/mod.ts";

export interface ErasureOptions {
  readonly dataDir: string;
  readonly databasePath: string;
  readonly store: Store;
  readonly clock: Clock;
  /** Copying waits while the database is erased. */
  readonly turns: Turns;
  /** Lets what is known of phones be forgotten; resolves with whether it could. */
  readonly forgetPhones: () => Promise<boolean>;
  readonly privacyRules: () => readonly PrivacyRule[];
  readonly onProgress: (progress: ErasureProgress) => void;
  /** The past has changed. */
  readonly onChanged: () => void;
  /** What is pending and why; `undefined`: nothing is. */
  readonly onPending: (problem: string | undefined) => void;
}

/** How often, and how long after one another, the WAL is tried to be cut while somebody reads. */
const LOG_TRIES = 30, LOG_PAUSE_MS = 100;
/** After so many tries the readers are ended. */
const PATIENT_TRIES = 20;
const LISTED = 100;

export class ErasureService implements ErasurePort {
  readonly #places: ErasurePlaces;
  readonly #stop = new AbortController();
  #working: Promise<void> = Promise.resolve();
  #progress: ErasureProgress | undefined;

  constructor(private readonly options: ErasureOptions) {
    this.#places = new ErasurePlaces(options);
  }

  async preview(wish: ErasureWish): Promise<ErasureFacts> {
    const { store, dataDir } = this.options;
    const request = this.#requestOf(wish);
    // Refused here, where its error keeps its kind.
    await eraserOf(request, dataDir);
    const counted = await store.reader.call("previewErasure", request, dataDir);
    return {
      ...counted,
      copies: this.#places.copies(),
      setAside: this.#places.setAside(),
      elsewhere: this.#elsewhere(),
    };
  }

  /**
   * Writes down what is to be erased and begins; `settled` resolves when every place was tried.
   * @throws {TypeError} {RangeError} for a wish that cannot be.
   */
  async begin(
    wish: ErasureWish,
  ): Promise<{ readonly id: number; readonly settled: Promise<void> }> {
    const request = this.#requestOf(wish);
    // Refused before it is written down.
    await eraserOf(request, this.options.dataDir);
    return await this.#begin(request);
  }

  async #begin(request: ErasureRequest) {
    const { store, clock } = this.options;
    const places = [PLACES.database, ...this.#places.all(request)];
    const id = await store.erasures.add(request, places, clock.nowMs());
    return { id, settled: this.#enqueue(id, request) };
  }

  list() {
    const { store } = this.options;
    return {
      running: this.#progress,
      erasures: store.erasures.list(LISTED),
      elsewhere: this.#elsewhere(),
    };
  }

  retention(): Retention {
    return retentionOf(this.options.store.settings.get(RETENTION_SETTING));
  }

  async setRetention(change: Partial<Retention>): Promise<Retention> {
    const next = { ...this.retention(), ...change };
    await this.options.store.settings.set(RETENTION_SETTING, next);
    return next;
  }

  /** Erases events that have become too old. */
  async eraseOlderThan(ms: number): Promise<void> {
    const { settled } = await this.#begin({ ...this.#requestOf({ toMs: ms }), kind: "age" });
    await settled;
  }

  /** Tries what is pending, again. */
  async tryAgain(): Promise<void> {
    const { store } = this.options;
    for (const { id, request } of store.erasures.open()) await this.#enqueue(id, request);
    for (const { id, doneMs, pending } of store.erasures.list(0)) {
      if (doneMs !== undefined && pending.length > 0) await this.#forgetRequest(id);
    }
    this.#report();
  }

  /**
   * The database was made anew of a copy, or of one that was damaged, in which what is pending may still be: it is
   * erased before anybody reads.
   */
  async applyAgain(): Promise<void> {
    const { store } = this.options;
    for (const { id, request } of store.erasures.open()) {
      const eraser = await eraserOf(request, this.options.dataDir);
      const left: string[] = [PLACES.database];
      const removeFile = (file: string) => this.#places.removeScreenshot(file, left);
      for await (const _ of store.erasures.erase(id, eraser, removeFile)) continue;
      await store.erasures.addPlaces(id, left);
    }
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#places.close();
    await this.#working;
  }

  #requestOf(wish: ErasureWish): ErasureRequest {
    const { store, clock, privacyRules } = this.options;
    return erasureOf(wish, {
      nowMs: clock.nowMs(),
      newestMs: store.erasures.newestMs(),
      rules: wish.privacy ? privacyRules() : [],
    });
  }

  #elsewhere() {
    return this.options.store.erasures.copiesElsewhere().map((copy) => {
      try {
        return { ...copy, isThere: exists(copy.path) };
      } catch {
        // A folder that this user may not look into, or that is not mounted well.
        return { ...copy, isThere: undefined };
      }
    });
  }

  #enqueue(id: number, request: ErasureRequest): Promise<void> {
    const work = this.#working.then(async () => {
      if (this.#stop.signal.aborted) return;
      try {
        await this.#work(id, request);
      } catch (error) {
        // The database itself cannot be written: what is pending stands in it since before.
        if (!this.#stop.signal.aborted) this.#report((error as Error).message);
      } finally {
        this.#progress = undefined;
      }
    });
    return this.#working = work;
  }

  async #work(id: number, request: ErasureRequest): Promise<void> {
    const { store, clock, dataDir, onProgress } = this.options;
    const eraser = await eraserOf(request, dataDir);
    await this.#attempt(id, PLACES.database, () => this.#eraseDatabase(id, eraser));
    const pending = this.#pendingOf(id).filter((place) => place !== PLACES.database);
    for (const [i, place] of pending.entries()) {
      if (this.#stop.signal.aborted) return;
      this.#tell({ ...this.#progress!, phase: "places", placesDone: i, places: pending.length });
      if (place === PLACES.log) continue;
      await this.#attempt(id, place, () => this.#places.erase(place, id, request));
    }
    if (await store.erasures.finish(id, clock.nowMs())) await this.#forgetRequest(id);
    this.#report();
    onProgress({
      id,
      phase: "done",
      events: this.#progress?.events ?? 0,
      places: 0,
      placesDone: 0,
    });
  }

  /** Erases one place if it is pending; what fails stays so, and says why. */
  async #attempt(id: number, place: string, work: () => Promise<void>): Promise<void> {
    const { store, clock } = this.options;
    if (!this.#pendingOf(id).includes(place)) return;
    try {
      await work();
      await store.erasures.settled(id, place);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      const { message } = error as Error;
      await store.erasures.failed(id, place, { error: message, nowMs: clock.nowMs() });
    }
  }

  #pendingOf(id: number): string[] {
    const { erasures } = this.options.store;
    const record = erasures.list(0).find((each) => each.id === id);
    return record?.pending.map(({ place }) => place) ?? [];
  }

  async #eraseDatabase(id: number, eraser: Eraser): Promise<void> {
    const { store, turns, onChanged } = this.options;
    const signal = this.#stop.signal;
    const tell = (events: number) =>
      this.#tell({ id, phase: "database", events, places: 0, placesDone: 0 });
    tell(0);
    await turns.run(async () => {
      const left: string[] = [];
      const removeFile = (file: string) => this.#places.removeScreenshot(file, left);
      for await (const events of store.erasures.erase(id, eraser, removeFile)) {
        tell(events);
        signal.throwIfAborted();
      }
      onChanged();
      for await (const _ of store.erasures.rebuild()) signal.throwIfAborted();
      await this.#emptyLog();
      // Copies that were made since it was asked, and before it was done.
      await store.erasures.addPlaces(id, [...this.#places.all(eraser.request), ...left]);
    });
    if (eraser.isWhole || eraser.request.kind === "subject") onChanged();
  }

  /** The WAL holds what was, until all of it is in the file. @throws {ConflictError} while somebody reads on. */
  async #emptyLog(): Promise<void> {
    const { store } = this.options;
    for (let tries = 1; tries <= LOG_TRIES; tries++) {
      if (store.erasures.emptyLog()) return;
      if (tries === PATIENT_TRIES) await store.reader.close();
      await abortableDelay(LOG_PAUSE_MS, this.#stop.signal);
      this.#stop.signal.throwIfAborted();
    }
    throw new ConflictError("Cannot empty the WAL: something else reads the database");
  }

  /** What was asked for is in the WAL still, though in no table. */
  async #forgetRequest(id: number): Promise<void> {
    await this.#attempt(id, PLACES.log, () => this.#emptyLog());
  }

  #tell(progress: ErasureProgress): void {
    this.#progress = progress;
    this.options.onProgress(progress);
  }

  #report(trouble?: string): void {
    const pending = this.options.store.erasures.list(0).flatMap((record) => record.pending);
    const failed = pending.filter(({ error }) => error !== undefined);
    if (trouble === undefined && failed.length === 0) return this.options.onPending(undefined);
    const where = [...new Set(failed.map(({ place }) => this.#places.nameOf(place)))];
    const first = trouble ?? failed[0].error;
    const what = where.length === 0 ? "" : ` from ${where.join(", ")}`;
    this.options.onPending(
      `not erased yet${what}: ${first}; tried again every hour; prodtracker erase status says more`,
    );
  }
}
