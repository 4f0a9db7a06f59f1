/**
 * Sends the waiting messages of one channel, one at a time.
 * @module
 */
import type { Channel, MessageRecord, SendResult } from "./core/messages.ts";
import { afterTry, dueInMs, type MessageTurn, NOT_NAMED } from "./core/outbox.ts";
import type { Clock } from "./core/ports.ts";
import type { Messages, OpenLetter } from "./store/messages.ts";

export interface SenderOptions {
  readonly channel: Channel;
  readonly messages: Messages;
  readonly clock: Clock;
  /** Who may get something. @default everybody */
  readonly recipients?: readonly string[];
  /** Never throws. */
  readonly send: (letter: OpenLetter) => Promise<SendResult>;
  /** Told of each state that a message goes into. */
  readonly onChange: (record: MessageRecord) => void;
  /** Told when it stops to look, whether or not anything was sent. */
  readonly onRest: () => void;
  /** Begins nothing new from then on. */
  readonly stopping: AbortSignal;
}

/** After trouble with the database. */
const REST_MS = 30_000;

export class Sender {
  #draining: Promise<void> | undefined;
  /** Somebody waits for these; */
  readonly #urgent = new Set<number>();
  /** and these a person asks for, who knows that there is a network again. */
  readonly #asked = new Set<number>();
  /** What became of messages, where the database did not take it; tried again before anything else. */
  #unsaved: { readonly id: number; readonly to: MessageTurn }[] = [];
  /** What is on its way. */
  #sending: number | undefined;
  #restUntilMonoMs = 0;

  constructor(private readonly options: SenderOptions) {}

  /** Milliseconds until something is to be sent; `undefined`: nothing is, or it is being done. */
  dueInMs(): number | undefined {
    const { channel, messages, clock } = this.options;
    if (this.#draining) return undefined;
    const nowMs = clock.nowMs();
    const waits = messages.open("waiting").filter((row) => row.channel === channel)
      .map((row) => dueInMs(row, nowMs));
    if (this.#unsaved.length > 0) waits.push(0);
    if (waits.length === 0) return undefined;
    return Math.max(this.#restUntilMonoMs - clock.monoMs(), Math.min(...waits));
  }

  /** Whether a message is on its way, or what became of it is still to be written down. */
  holds(id: number): boolean {
    return this.#sending === id || this.#unsaved.some((turn) => turn.id === id);
  }

  /** These come first; `isAsked`: a mail also before its time. */
  hurry(ids: readonly number[], isAsked: boolean): void {
    for (const id of ids) {
      this.#urgent.add(id);
      if (isAsked) this.#asked.add(id);
    }
  }

  /** Whether a waiting message is to be sent now. */
  isDue(message: MessageRecord): boolean {
    const { channel, clock } = this.options;
    const isAsked = channel === "email" && this.#asked.has(message.id);
    return isAsked || dueInMs(message, clock.nowMs()) === 0;
  }

  /** Sends all that is due. @throws {UnavailableError} when the database cannot serve. */
  drain(): Promise<void> {
    return this.#draining ??= this.#sendDue()
      .catch((error) => {
        this.#restUntilMonoMs = this.options.clock.monoMs() + REST_MS;
        throw error;
      })
      .finally(() => {
        this.#draining = undefined;
        this.options.onRest();
      });
  }

  /** Resolves when nothing is on its way, however that ends. */
  async rested(): Promise<void> {
    await this.#draining?.catch(() => {});
  }

  async #sendDue(): Promise<void> {
    const { stopping } = this.options;
    await this.#save([]);
    while (!stopping.aborted) {
      const next = this.#next();
      if (!next) return;
      await this.#sendOne(next);
    }
  }

  /** The oldest that is due, of those that somebody waits for if there is one. */
  #next(): MessageRecord | undefined {
    const { channel, messages } = this.options;
    const due = messages.open("waiting").filter((row) =>
      row.channel === channel && this.isDue(row)
    );
    return due.find(({ id }) => this.#urgent.has(id)) ?? due[0];
  }

  async #sendOne({ id, recipient }: MessageRecord): Promise<void> {
    const { channel, messages, clock, recipients, send, onChange } = this.options;
    this.#urgent.delete(id);
    this.#asked.delete(id);
    if (recipients?.includes(recipient) === false) {
      return await this.#save([{ id, to: NOT_NAMED[channel] }]);
    }
    this.#sending = id;
    try {
      const letter = await messages.begin(id, clock.nowMs());
      if (!letter) return;
      onChange(letter.record);
      const result = await send(letter);
      await this.#save([{ id, to: afterTry(letter.record, result, clock.nowMs()) }]);
    } finally {
      this.#sending = undefined;
    }
  }

  async #save(turns: readonly { readonly id: number; readonly to: MessageTurn }[]): Promise<void> {
    const { messages, clock, onChange } = this.options;
    this.#unsaved.push(...turns);
    if (this.#unsaved.length === 0) return;
    const records = await messages.turn(this.#unsaved, clock.nowMs());
    this.#unsaved = [];
    for (const record of records) onChange(record);
  }
}
