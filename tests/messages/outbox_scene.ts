/**
 * An outbox on a real store, with notifiers that answer as told and a clock that moves when told.
 * @module
 */
import type {
  Channel,
  MailContent,
  Notifier,
  OutgoingMail,
  OutgoingSms,
  SendResult,
} from "../../daemon/core/messages.ts";
import { type ChannelSetup, Outbox, type OutboxOptions } from "../../daemon/outbox.ts";
import { temporaryStore } from "../../daemon/store/testing.ts";
import { FakeMachine } from "../fakes.ts";

export const MIN = 60_000, HOUR = 60 * MIN;

export const MAIL: MailContent = {
  subject: "ProdTracker: 31 January",
  text: "5 h signal",
  html: "<p>5 h signal</p>",
  pictures: [{ cid: "chart", pngBase64: "AAAA" }],
};

/** How the next tries end; a function is asked when the try comes. @default sent */
export type Answer = SendResult | ((signal: AbortSignal) => Promise<SendResult>);

export interface SceneOptions {
  readonly mailTo?: readonly string[];
  readonly sms?: ChannelSetup<OutgoingSms>;
  readonly graceMs?: number;
}

export async function outboxScene(options: SceneOptions = {}) {
  const stored = temporaryStore();
  const { messages } = stored.store;
  const machine = new FakeMachine();
  const clock = { nowMs: machine.nowMs, monoMs: machine.upMs };
  const mails: OutgoingMail[] = [], texts: OutgoingSms[] = [];
  const answers: Record<Channel, Answer[]> = { email: [], sms: [] };
  const changes: string[] = [];
  const notifier = <T>(channel: Channel, seen: T[]): Notifier<T> => ({
    async send(message, signal) {
      seen.push(message);
      const answer = answers[channel].shift() ?? { kind: "sent" };
      return typeof answer === "function" ? await answer(signal) : answer;
    },
  });
  const setups = ({ mailTo = ["you@mail.test", "her@mail.test"], sms, graceMs }: SceneOptions) => ({
    email: {
      kind: "ready",
      recipients: mailTo,
      notifier: () => Promise.resolve(notifier("email", mails)),
    },
    sms: sms ?? {
      kind: "ready",
      recipients: ["+15551234567"],
      notifier: () => Promise.resolve(notifier("sms", texts)),
    },
    messageIdHost: "mail.test",
    graceMs,
  } satisfies Partial<OutboxOptions>);
  const open = (given: SceneOptions) =>
    Outbox.open({
      ...{ messages, clock },
      ...setups(given),
      onChange: ({ id, state }) => changes.push(`${id} ${state}`),
    });
  const scene = {
    ...{ messages, clock, machine, mails, texts, answers, changes, store: stored.store },
    outbox: await open(options),
    pass: (ms: number) => machine.pass(ms),
    /** As after the end of the program, however that came. */
    async reopen(changed: SceneOptions = {}) {
      scene.outbox = await open({ ...options, ...changed });
    },
    /** What the database holds of the messages' words. */
    contents: () =>
      scene.store.write((db) =>
        db.prepare("SELECT content FROM message WHERE content IS NOT NULL").all().length
      ),
    async [Symbol.asyncDispose]() {
      await scene.outbox.close();
      await stored[Symbol.asyncDispose]();
    },
  };
  return scene;
}

/** Waits until `check` holds, turn by turn of the event loop. */
export async function until(check: () => boolean): Promise<void> {
  const endMs = performance.now() + 10_000;
  while (!check()) {
    if (performance.now() > endMs) throw new Error(`Waited in vain for ${check}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Holds the timers of a second and more until they are rung. */
export class LongTimers implements Disposable {
  readonly #real = globalThis.setTimeout;
  readonly #realClear = globalThis.clearTimeout;
  readonly #held = new Map<number, { readonly ms: number; readonly run: () => void }>();
  #id = -1;

  constructor() {
    const hold = (run: () => void, ms = 0) => {
      if (ms < 1_000) return this.#real(run, ms);
      this.#held.set(this.#id, { ms, run });
      return this.#id--;
    };
    globalThis.setTimeout = hold as typeof setTimeout;
    globalThis.clearTimeout = ((id?: number) => {
      if (id === undefined || !this.#held.delete(id)) this.#realClear(id);
    }) as typeof clearTimeout;
  }

  /** How long the shortest of them is, in milliseconds; `undefined`: there is none. */
  get next(): number | undefined {
    return this.#held.size === 0
      ? undefined
      : Math.min(...[...this.#held.values()].map(({ ms }) => ms));
  }

  /** Their time has come. */
  ring(): void {
    const due = [...this.#held.values()];
    this.#held.clear();
    for (const { run } of due) run();
  }

  [Symbol.dispose](): void {
    globalThis.setTimeout = this.#real;
    globalThis.clearTimeout = this.#realClear;
  }
}
