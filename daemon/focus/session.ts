/**
 * The life of focus sessions: begun by a page or a terminal, fed in batches, ended by it or by silence.
 *
 * ```text
 * begin ──> running ──── 60 s without a batch ───> lost ── nobody comes back ──> stays so
 *              │  ↑                                  │
 *              │  └───────── a batch comes late ─────┘
 *              └──── end, or another begins ───> ended
 * ```
 * Of two, the one that was begun last is meant: a page that was left open in another tab does not keep
 * anybody from starting anew.
 * @module
 */
import { NotFoundError } from "../core/errors.ts";
import type { FocusSpan } from "../core/focus.ts";
import type { FocusCalibration, FocusRecord, NewFocusSession } from "../core/focus_session.ts";
import type { Clock } from "../core/ports.ts";
import { type Batch, judgeBatch } from "./batch.ts";

/** A session that says nothing for so long is lost. */
const SILENCE_MS = 60_000;

/** What it needs of the store. */
export interface FocusStore {
  running(): FocusRecord | undefined;
  session(id: number): FocusRecord | undefined;
  list(
    span: { readonly startMs: number; readonly endMs: number },
    limit: number,
  ): FocusRecord[];
  begin(
    session: NewFocusSession,
  ): Promise<{ readonly begun: FocusRecord; readonly replaced: FocusRecord | undefined }>;
  append(
    id: number,
    sequence: number,
    decide: (session: FocusRecord, newestId: number) => readonly FocusSpan[] | "known" | Error,
  ): Promise<FocusRecord | undefined>;
  end(
    id: number,
    how: "ended" | "lost",
    options?: { readonly unlessAfter?: number },
  ): Promise<FocusRecord | undefined>;
  calibration(camera: string): FocusCalibration | undefined;
  setCalibration(camera: string, calibration: FocusCalibration, nowMs: number): Promise<void>;
}

export interface FocusServiceOptions {
  readonly store: FocusStore;
  readonly clock: Clock;
  /** How long a session may say nothing, in milliseconds. @default 60 000 */
  readonly silenceMs?: number;
  /** A session has begun, gone on or ended; called after the commit. */
  onChange(session: FocusRecord): void;
  /** Somebody sat before the screen meanwhile. */
  onPresence(fromMs: number, toMs: number): void;
  /** A silent session could not be closed. */
  onFailure(error: Error): void;
}

export class FocusService {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  readonly #silenceMs: number;

  constructor(private readonly options: FocusServiceOptions) {
    this.#silenceMs = options.silenceMs ?? SILENCE_MS;
  }

  /** Closes a session that fell silent while nobody listened, or waits for it; called once, first. */
  async settle(): Promise<void> {
    const { store, clock } = this.options;
    const running = store.running();
    if (!running) return;
    // More than the limit: the clock was set back since.
    const leftMs = Math.min(this.#silenceMs, running.endMs + this.#silenceMs - clock.nowMs());
    if (leftMs > 0) this.#expect(running, leftMs);
    else await this.#lose(running);
  }

  /** Begins a session, now if nothing else is said; the one that runs ends, but for a film. */
  async begin(
    { startMs, ...wish }: Omit<NewFocusSession, "startMs"> & { readonly startMs?: number },
  ): Promise<FocusRecord> {
    const { store, clock, onChange } = this.options;
    const nowMs = clock.nowMs();
    const { begun, replaced } = await store.begin({ ...wish, startMs: startMs ?? nowMs });
    if (replaced) onChange(replaced);
    if (begun.how === "running") this.#expect(begun);
    onChange(begun);
    return begun;
  }

  /**
   * Adds a batch of spans.
   * @throws {NotFoundError} no such session; {@linkcode judgeBatch}'s errors.
   */
  async add(id: number, batch: Batch): Promise<FocusRecord> {
    const { store, clock, onChange, onPresence } = this.options;
    let added: readonly FocusSpan[] = [];
    const session = known(
      await store.append(id, batch.sequence, (before, newestId) => {
        const spans = judgeBatch(before, batch, { nowMs: clock.nowMs(), newestId });
        added = Array.isArray(spans) ? spans : [];
        return spans;
      }),
    );
    if (session.how === "running") this.#expect(session);
    for (const { startMs, endMs, state } of added) {
      // Whoever looks away from the screen sits before it all the same.
      const isFace = state === "focused" || state === "unfocused";
      if (isFace && session.source !== "file") onPresence(startMs, endMs);
    }
    onChange(session);
    return session;
  }

  /** Ends a session at what was recorded last. @throws {NotFoundError} */
  async end(id: number): Promise<FocusRecord> {
    const session = known(await this.options.store.end(id, "ended"));
    this.options.onChange(session);
    return session;
  }

  /** @throws {NotFoundError} */
  session(id: number): FocusRecord {
    return known(this.options.store.session(id));
  }

  list(span: Parameters<FocusStore["list"]>[0], limit: number): FocusRecord[] {
    return this.options.store.list(span, limit);
  }

  calibration(camera: string): FocusCalibration | undefined {
    return this.options.store.calibration(camera);
  }

  setCalibration(camera: string, calibration: FocusCalibration): Promise<void> {
    return this.options.store.setCalibration(camera, calibration, this.options.clock.nowMs());
  }

  /** Waits for nothing more; a running session is taken up or closed by the next start. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Closes `session` if nothing more is heard of it. */
  #expect(session: FocusRecord, withinMs = this.#silenceMs): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(async () => {
      try {
        await this.#lose(session);
      } catch (error) {
        this.options.onFailure(error as Error);
        this.#expect(session);
      }
    }, withinMs);
  }

  async #lose({ id, sequence }: FocusRecord): Promise<void> {
    const { store, onChange } = this.options;
    const session = await store.end(id, "lost", { unlessAfter: sequence });
    if (session?.how === "lost") onChange(session);
  }
}

function known(session: FocusRecord | undefined): FocusRecord {
  if (!session) throw new NotFoundError("There is no such focus session");
  return session;
}
