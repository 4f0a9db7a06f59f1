/**
 * Screenshots: taken when they may be, kept as files with a row each, let go when they are old or too many.
 * @module
 */
import type { ScreenshotPort } from "./api/screenshots.ts";
import { ConflictError, NotFoundError } from "./core/errors.ts";
import type { Hub } from "./core/hub.ts";
import type { Clock } from "./core/ports.ts";
import { RETENTION_SETTING, retentionOf } from "./core/retention.ts";
import {
  outdated,
  type ScreenshotLimits,
  type ScreenshotReason,
  type ScreenshotRecord,
  type ScreenshotSettings,
  screenshotSettingsOf,
} from "./core/screenshot.ts";
import type { FocusedWindow, Span } from "./core/types.ts";
import type { PictureFacts } from "./screenshots/capture.ts";
import * as files from "./screenshots/files.ts";
import { displayOf, ScreenshotRefusedError, takePictures } from "./screenshots/taker.ts";
import type { Store } from "./store/mod.ts";

export interface ScreenshotServiceOptions {
  readonly dataDir: string;
  readonly store: Pick<Store, "screenshots" | "settings" | "recent">;
  readonly clock: Clock;
  readonly env: (name: string) => string | undefined;
  readonly hub: Hub;
  readonly isPrivate: (window: FocusedWindow) => boolean;
  /** `undefined`: nobody can tell. */
  readonly isLocked: () => boolean | undefined;
  readonly isPaused: () => boolean;
  /** Whether they are taken without being asked for. */
  readonly isOn: boolean;
  readonly onSettings: () => void;
}

/** The name under which the settings are stored. */
export const SCREENSHOT_SETTING = "screenshots";

/** An event that was proved so long ago is no longer in front. */
const IN_FRONT_MS = 15_000;
const DAY_MS = 86_400_000, MB = 1e6;

export class ScreenshotService implements ScreenshotPort {
  readonly #folder: string;
  readonly #end = new AbortController();
  /** One after the other, files and rows together: taking, deleting, letting go. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ScreenshotServiceOptions) {
    this.#folder = files.screenshotFolder(options.dataDir);
  }

  get isOn(): boolean {
    return this.options.isOn;
  }

  settings(): ScreenshotSettings {
    return screenshotSettingsOf(this.options.store.settings.get(SCREENSHOT_SETTING));
  }

  async setSettings(settings: ScreenshotSettings): Promise<void> {
    await this.options.store.settings.set(SCREENSHOT_SETTING, settings);
    this.options.onSettings();
  }

  /**
   * A picture of each monitor, now.
   * @throws {ScreenshotRefusedError} when there may be none; UnsupportedError where there can be none.
   */
  take(reason: ScreenshotReason): Promise<ScreenshotRecord[]> {
    return this.#inOrder(async () => {
      this.#assertAllowed(reason);
      const { env, isPrivate } = this.options;
      const { scale } = this.settings();
      const taken: Omit<ScreenshotRecord, "id">[] = [];
      const place = (pictures: readonly PictureFacts[]) => {
        this.#assertAllowed(reason);
        this.#assertRoom(pictures);
        taken.push(...this.#recordsOf(pictures, reason));
        return { folder: this.#folder, files: taken.map(({ file }) => file) };
      };
      try {
        await takePictures({ env, scale, isPrivate, place, signal: this.#end.signal });
        const kept = await this.#keep(taken);
        await this.#enforce();
        return kept;
      } catch (error) {
        // Why there is none counts, not that it could not be tidied.
        if (taken.length > 0) await this.#sweep().catch(() => {});
        throw error;
      }
    });
  }

  /** @throws UnsupportedError where there can be none. */
  assertPossible(): void {
    displayOf(this.options.env);
  }

  page(...query: Parameters<ScreenshotPort["page"]>): ScreenshotRecord[] {
    return this.options.store.screenshots.page(...query);
  }

  /** The file's bytes. @throws {NotFoundError} {@linkcode ConflictError} when it is not the one that was written. */
  async read(id: number): Promise<Uint8Array<ArrayBuffer>> {
    const { file, sha256 } = this.#record(id);
    const png = await files.readPicture(this.#folder, file);
    if (!png) throw new NotFoundError(`The file of screenshot ${id} is gone: "${file}"`);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", png));
    if (!digest.every((byte, i) => byte === sha256[i])) {
      throw new ConflictError(
        `The file of screenshot ${id} was changed since it was taken: "${file}"`,
      );
    }
    return png;
  }

  /** @throws {NotFoundError} */
  remove(id: number): Promise<void> {
    return this.#inOrder(() => this.#remove(this.#record(id)));
  }

  /** Removes those of a span; resolves with how many. */
  removeWithin(span: Partial<Span>): Promise<number> {
    return this.#inOrder(async () => {
      const pictures = this.options.store.screenshots.page(span, undefined, -1);
      for (const picture of pictures) await this.#remove(picture);
      return pictures.length;
    });
  }

  /** Lets go of what is old or too much, and of files that belong to none. */
  enforce(): Promise<void> {
    return this.#inOrder(async () => {
      await this.#enforce();
      await this.#sweep();
    });
  }

  /** Gives up what is being taken. */
  async close(): Promise<void> {
    this.#end.abort();
    await this.#last;
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }

  /** Whoever asks sits before the screen; otherwise somebody has to say that it is not locked. */
  #assertAllowed(reason: ScreenshotReason): void {
    if (this.options.isPaused()) throw new ScreenshotRefusedError("paused");
    const isLocked = this.options.isLocked();
    if (isLocked) throw new ScreenshotRefusedError("locked");
    if (isLocked === undefined && reason !== "command") {
      throw new ScreenshotRefusedError("maybe_locked");
    }
  }

  /** What is larger than all may be would go as soon as it is written. */
  #assertRoom(pictures: readonly PictureFacts[]): void {
    const { maxBytes } = this.#limits();
    const size = pictures.reduce((sum, { bytes }) => sum + bytes, 0);
    if (size <= maxBytes) return;
    throw new ConflictError(
      `Cannot keep the screenshot: it takes ${size / MB} MB, and all together may take ` +
        `${maxBytes / MB} MB (PUT /retention, screenshots_mb)`,
    );
  }

  #recordsOf(
    pictures: readonly PictureFacts[],
    reason: ScreenshotReason,
  ): Omit<ScreenshotRecord, "id">[] {
    const { store, clock } = this.options;
    const atMs = clock.nowMs();
    const eventId = store.recent(10).find(({ source, endMs }) =>
      source === "window" && atMs - endMs < IN_FRONT_MS
    )?.id;
    const given = new Set<string>();
    const isTaken = (file: string) => given.has(file) || store.screenshots.hasFile(file);
    return pictures.map((facts) => {
      const file = files.fileFor(new Date(atMs), facts.monitor, isTaken);
      given.add(file);
      return { ...facts, atMs, reason, file, ...(eventId !== undefined && { eventId }) };
    });
  }

  async #keep(taken: readonly Omit<ScreenshotRecord, "id">[]): Promise<ScreenshotRecord[]> {
    const { store, hub } = this.options;
    const kept: ScreenshotRecord[] = [];
    for (const record of taken) kept.push({ ...record, id: await store.screenshots.add(record) });
    for (const { id, reason, monitor } of kept) hub.publish("screenshot", { id, reason, monitor });
    return kept;
  }

  /** Nobody else writes there: whatever has no row was cut off. */
  #sweep(): Promise<void> {
    const { screenshots } = this.options.store;
    return files.sweep(this.#folder, (file) => screenshots.hasFile(file));
  }

  /** The file first: a row whose file is gone is told and can be removed, a file without a row could not. */
  async #remove({ id, file }: ScreenshotRecord): Promise<void> {
    await files.removePicture(this.#folder, file);
    await this.options.store.screenshots.remove(id);
  }

  async #enforce(): Promise<void> {
    const { store, clock } = this.options;
    for (const picture of outdated(store.screenshots.all(), this.#limits(), clock.nowMs())) {
      await this.#remove(picture);
    }
  }

  #limits(): ScreenshotLimits {
    const { screenshots_days, screenshots_mb } = retentionOf(
      this.options.store.settings.get(RETENTION_SETTING),
    );
    return {
      maxAgeMs: (screenshots_days ?? Infinity) * DAY_MS,
      maxBytes: (screenshots_mb ?? Infinity) * MB,
    };
  }

  #record(id: number): ScreenshotRecord {
    const record = this.options.store.screenshots.get(id);
    if (record) return record;
    throw new NotFoundError(`There is no screenshot ${id}`);
  }
}
