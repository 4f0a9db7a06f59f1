/**
 * The outbox at work: writes messages down, and sends them.
 * @module
 */
import type { OutboxPort } from "./api/messages.ts";
import { UnavailableError } from "./core/errors.ts";
import {
  type Channel,
  CHANNELS,
  type MessageRecord,
  type Notifier,
  type OutgoingMail,
  type OutgoingSms,
  type SendResult,
  type Telling,
} from "./core/messages.ts";
import { afterCrash } from "./core/outbox.ts";
import type { Clock } from "./core/ports.ts";
import { fitSms } from "./core/sms_text.ts";
import { Alarm } from "./os/alarm.ts";
import { Sender } from "./outbox_sender.ts";
import type { Letter, Messages, OpenLetter } from "./store/messages.ts";

/** A channel as the settings have it. */
export type ChannelSetup<T> =
  | { readonly kind: "off" | "half"; readonly hindrance: string }
  | {
    readonly kind: "ready";
    readonly recipients: readonly string[];
    /** Loaded when something is sent. */
    readonly notifier: () => Promise<Notifier<T>>;
  };

export interface OutboxOptions {
  readonly messages: Messages;
  readonly clock: Clock;
  readonly email: ChannelSetup<OutgoingMail>;
  readonly sms: ChannelSetup<OutgoingSms>;
  /** What stands behind the "@" of a Message-ID. */
  readonly messageIdHost: string;
  /** Told of each state that a message goes into. */
  readonly onChange?: (message: MessageRecord) => void;
  /** Told when somebody wants to use a channel that is not configured. */
  readonly onHindered?: (channel: Channel) => void;
  /** Told when the database keeps a channel from being served. */
  readonly onTrouble?: (channel: Channel, error: Error) => void;
  /** How long the end waits for a message on its way. @default 5 000 */
  readonly graceMs?: number;
}

/** While something waits, the clock may be set and the machine may sleep. */
const LONGEST_WAIT_MS = 30_000;
const GRACE_MS = 5_000;
/** A notifier that is told to end does so, or is left behind. */
const CUT_MS = 1_000;

export class Outbox implements OutboxPort {
  readonly #alarm = new Alarm();
  readonly #stopping = new AbortController();
  readonly #cutting = new AbortController();
  readonly #senders: Readonly<Record<Channel, Sender>>;
  /** Somebody stays to send what waits. */
  #isLasting = false;
  /** Resolves when a message changes its state. */
  #changed = Promise.withResolvers<void>();
  #closing: Promise<void> | undefined;

  /** @see {@linkcode Outbox.open} */
  private constructor(private readonly options: OutboxOptions) {
    this.#senders = { email: this.#sender("email"), sms: this.#sender("sms") };
  }

  /**
   * Opens the outbox of a store that nobody else has open: what is on its way now was so when the program ended,
   * and is sent again where that is promised.
   */
  static async open(options: OutboxOptions): Promise<Outbox> {
    const { messages, clock } = options;
    const outbox = new Outbox(options);
    const nowMs = clock.nowMs();
    const turns = messages.open("sending").map((message) => ({
      id: message.id,
      to: afterCrash(message, nowMs),
    }));
    if (turns.length > 0) (await messages.turn(turns, nowMs)).forEach(outbox.#onChange);
    return outbox;
  }

  hindrance(channel: Channel): string | undefined {
    const setup = this.options[channel];
    return setup.kind === "ready" ? undefined : setup.hindrance;
  }

  async post({ topic, email, sms, again }: Telling): Promise<MessageRecord[]> {
    const { messages, clock, messageIdHost } = this.options;
    const letters: Letter[] = [];
    if (email) {
      const messageId = `<${crypto.randomUUID()}@${messageIdHost}>`;
      for (const recipient of this.#recipients("email")) {
        letters.push({ channel: "email", recipient, messageId, content: email });
      }
    }
    if (sms !== undefined) {
      const content = { text: fitSms(sms) };
      for (const recipient of this.#recipients("sms")) {
        letters.push({ channel: "sms", recipient, content });
      }
    }
    const { rows, changed } = await messages.post(letters, { topic, again, nowMs: clock.nowMs() });
    changed.forEach(this.#onChange);
    this.#alarm.ring();
    return rows;
  }

  async flush(ids: readonly number[], { isAsked = false } = {}): Promise<MessageRecord[]> {
    const senders = Object.values(this.#senders);
    for (const sender of senders) sender.hurry(ids, isAsked);
    const drainAll = () => Promise.all(senders.map((sender) => sender.drain()));
    const { signal: stopping } = this.#stopping;
    while (!stopping.aborted && this.#areOnTheirWay(ids)) {
      await Promise.race([this.#changed.promise, drainAll()]);
    }
    if (stopping.aborted) await this.#closing;
    // Nobody comes after a short command: what else is due is sent now.
    else if (!this.#isLasting) await drainAll();
    return this.options.messages.messages(ids);
  }

  list(limit: number): MessageRecord[] {
    return this.options.messages.recent(limit);
  }

  /** Sends what is due, until `signal` aborts; then what is on its way has a moment to arrive. */
  async run(signal: AbortSignal): Promise<void> {
    this.#isLasting = true;
    while (!signal.aborted) await this.#alarm.wait(this.#sendDue(), signal);
    await this.close();
  }

  /** Begins nothing more, and waits a moment for what is on its way. */
  close(): Promise<void> {
    return this.#closing ??= this.#close();
  }

  /** Begins to send what is due; milliseconds until more is, `undefined`: nothing waits. */
  #sendDue(): number | undefined {
    const waits: number[] = [];
    for (const channel of CHANNELS) {
      const sender = this.#senders[channel];
      const trouble = (error: Error) => this.options.onTrouble?.(channel, error);
      try {
        const waitMs = sender.dueInMs();
        if (waitMs === 0) sender.drain().catch(trouble);
        else if (waitMs !== undefined) waits.push(waitMs);
      } catch (error) {
        trouble(error as Error);
        waits.push(LONGEST_WAIT_MS);
      }
    }
    return waits.length === 0 ? undefined : Math.min(LONGEST_WAIT_MS, ...waits);
  }

  async #close(): Promise<void> {
    this.#stopping.abort();
    // Whoever waits for a message sees where it stands.
    this.#changed.resolve();
    const { promise: wasCut, resolve: leave } = Promise.withResolvers<void>();
    let timer = setTimeout(() => {
      this.#cutting.abort();
      timer = setTimeout(leave, CUT_MS);
    }, this.options.graceMs ?? GRACE_MS);
    const ends = Object.values(this.#senders).map((sender) => sender.rested());
    await Promise.race([Promise.all(ends), wasCut]);
    clearTimeout(timer);
  }

  /** @throws {UnavailableError} when the channel is not configured. */
  #recipients(channel: Channel): readonly string[] {
    const setup = this.options[channel];
    if (setup.kind === "ready") return setup.recipients;
    this.options.onHindered?.(channel);
    throw new UnavailableError(setup.hindrance);
  }

  #areOnTheirWay(ids: readonly number[]): boolean {
    return this.options.messages.messages(ids).some((message) => {
      const sender = this.#senders[message.channel];
      if (message.state === "sending") return sender.holds(message.id);
      return message.state === "waiting" && sender.isDue(message);
    });
  }

  #sender(channel: Channel): Sender {
    const { messages, clock } = this.options;
    const setup = this.options[channel];
    return new Sender({
      ...{ channel, messages, clock },
      recipients: setup.kind === "ready" ? setup.recipients : undefined,
      send: (letter) => this.#send(letter),
      onChange: (message) => this.#onChange(message),
      onRest: () => this.#alarm.ring(),
      stopping: this.#stopping.signal,
    });
  }

  async #send(letter: OpenLetter): Promise<SendResult> {
    const { recipient: to } = letter;
    const setup = this.options[letter.channel];
    // Nothing leaves before the notifier is there.
    if (setup.kind !== "ready") return { kind: "later", reason: setup.hindrance };
    let notifier: Notifier<OutgoingMail | OutgoingSms>;
    try {
      notifier = await setup.notifier();
    } catch (error) {
      return { kind: "later", reason: (error as Error).message };
    }
    const message = letter.channel === "email"
      ? { ...letter.content, to, messageId: letter.messageId }
      : { ...letter.content, to };
    try {
      return await notifier.send(message, this.#cutting.signal);
    } catch (error) {
      // It does not throw; if it does, nobody knows how far it got.
      return { kind: "unknown", reason: (error as Error).message };
    }
  }

  readonly #onChange = (message: MessageRecord): void => {
    this.options.onChange?.(message);
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  };
}
