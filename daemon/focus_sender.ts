/**
 * Focus sessions that are told of when they end.
 *
 * A lost one may still be taken up: by its page after a pause, or by a terminal after the daemon's restart. It is told
 * once it cannot, so that nobody hears of half a session.
 * @module
 */
import type { OutboxPort } from "./api/messages.ts";
import type { SentSummary } from "./api/summary_send.ts";
import { NotFoundError } from "./core/errors.ts";
import type { FocusRecord } from "./core/focus_session.ts";
import type { Hub } from "./core/hub.ts";
import type { Channel, MessageRecord, Telling } from "./core/messages.ts";
import { MAX_PAUSE_MS } from "./focus/batch.ts";
import { Alarm } from "./os/alarm.ts";
import type { FocusSends } from "./store/focus_sends.ts";
import { assertReady, readyChannels } from "./telling.ts";

export interface FocusSenderOptions {
  readonly wishes: FocusSends;
  readonly sessionOf: (id: number) => FocusRecord | undefined;
  /** Whether another has begun since, other than a film's. */
  readonly isFollowed: (session: FocusRecord) => boolean;
  readonly nowMs: () => number;
  readonly hub: Hub;
  readonly outbox: () => Promise<OutboxPort>;
  /** A session in the form of each channel. */
  readonly render: (session: FocusRecord, channels: readonly Channel[]) => Promise<Telling>;
  /** Writes a telling down, and waits for what becomes of it. */
  readonly tellNow: (outbox: OutboxPort, telling: Telling) => Promise<SentSummary>;
  /** What hindered a telling. */
  readonly onProblem: (reason: string) => void;
}

/** While something is wished: not every end is said on the hub. */
const LONGEST_WAIT_MS = 30_000;

export class FocusSender {
  readonly #alarm = new Alarm();
  /** One after the other, so that nothing is told twice. */
  #busy: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: FocusSenderOptions) {}

  /**
   * Notes that a session's end is to be told; one that has ended is told now.
   * @throws {NotFoundError} {@linkcode UnavailableError} for a channel that is not configured.
   */
  async wish(sessionId: number, channels: readonly Channel[]): Promise<MessageRecord[]> {
    const { wishes, sessionOf, render } = this.options;
    if (!sessionOf(sessionId)) throw new NotFoundError("There is no such focus session");
    const outbox = await this.options.outbox();
    assertReady(outbox, channels);
    return await this.#alone(async () => {
      const session = sessionOf(sessionId);
      if (!session || channels.length === 0 || !this.#isOver(session)) {
        await wishes.set(sessionId, session ? channels : []);
        this.#alarm.ring();
        return [];
      }
      const { messages } = await this.options.tellNow(outbox, await render(session, channels));
      await wishes.set(sessionId, []);
      return [...messages];
    });
  }

  /** Tells of sessions as they end, until `signal` aborts; listens only while somebody wishes it. */
  async run(signal: AbortSignal): Promise<void> {
    await this.#alone(() => this.#dropFilms()).catch(() => {});
    while (!signal.aborted) {
      const leave = this.#isWished()
        ? this.options.hub.on("focus", () => this.#alarm.ring())
        : undefined;
      try {
        await this.look();
      } catch (error) {
        this.options.onProblem((error as Error).message);
      }
      await this.#alarm.wait(this.#isWished() ? LONGEST_WAIT_MS : undefined, signal);
      leave?.();
    }
  }

  /** Tells of the sessions that have ended. */
  look(): Promise<void> {
    return this.#alone(async () => {
      const { wishes, sessionOf } = this.options;
      for (const { sessionId, channels } of wishes.wishes()) {
        const session = sessionOf(sessionId);
        if (session && !this.#isOver(session)) continue;
        if (session) await this.#tell(session, channels);
        await wishes.set(sessionId, []);
      }
    });
  }

  async #tell(session: FocusRecord, channels: readonly Channel[]): Promise<void> {
    const { render, onProblem } = this.options;
    const outbox = await this.options.outbox();
    const { ready, hindrance } = readyChannels(outbox, channels);
    if (ready.length > 0) await outbox.post(await render(session, ready));
    if (hindrance !== undefined) onProblem(hindrance);
  }

  /** Films that were being looked at when the daemon ended are looked at no more. */
  async #dropFilms(): Promise<void> {
    const { wishes, sessionOf } = this.options;
    for (const { sessionId } of wishes.wishes()) {
      const session = sessionOf(sessionId);
      if (session?.source === "file" && !this.#isOver(session)) await wishes.set(sessionId, []);
    }
  }

  #isOver(session: FocusRecord): boolean {
    const { how, source, endMs } = session;
    // A film's session counts as lost until its end.
    if (how !== "lost" || source === "file") return how === "ended";
    const { isFollowed, nowMs } = this.options;
    return nowMs() - endMs > MAX_PAUSE_MS || isFollowed(session);
  }

  #isWished(): boolean {
    return this.options.wishes.wishes().length > 0;
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#busy.then(work);
    this.#busy = done.catch(() => {});
    return done;
  }
}
