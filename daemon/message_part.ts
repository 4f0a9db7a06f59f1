/**
 * The outbox as a part of the daemon: loaded when something is to be told, or waits since before.
 * @module
 */
import type { OutboxPort } from "./api/messages.ts";
import type { Config } from "./config/load.ts";
import type { HealthBoard } from "./core/health.ts";
import type { Hub } from "./core/hub.ts";
import { CHANNELS, type OutgoingMail, type OutgoingSms } from "./core/messages.ts";
import type { Clock } from "./core/ports.ts";
import { MessageHealth } from "./message_health.ts";
import { abortableDelay, untilAborted } from "./os/supervisor.ts";
import type { ChannelSetup, Outbox } from "./outbox.ts";
import type { Store } from "./store/mod.ts";

export interface MessagePartOptions {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly health: HealthBoard;
  readonly hub: Hub;
}

interface Setups {
  readonly email: ChannelSetup<OutgoingMail>;
  readonly sms: ChannelSetup<OutgoingSms>;
  readonly messageIdHost: string;
}

/** The database may serve again. */
const RETRY_MS = 10_000;

export class MessagePart {
  #outbox: Promise<Outbox> | undefined;
  readonly #wanted = Promise.withResolvers<void>();
  readonly #health: MessageHealth;

  constructor(private readonly options: MessagePartOptions) {
    this.#health = new MessageHealth((...said) => options.health.set(...said));
  }

  /** The outbox, loaded when first asked for. */
  readonly load = (): Promise<OutboxPort> => {
    this.#wanted.resolve();
    return this.#load();
  };

  /** Sends what is due, until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const setups = await this.#setups();
    const sayReady = () =>
      CHANNELS.forEach((channel) => this.#health.setUp(channel, setups[channel]));
    sayReady();
    await this.#untilWanted(signal);
    const used = CHANNELS.filter((channel) => setups[channel].kind !== "off");
    let hadTrouble = false;
    while (!signal.aborted) {
      try {
        const outbox = await this.#load();
        if (hadTrouble) sayReady();
        await outbox.run(signal);
      } catch (error) {
        hadTrouble = true;
        for (const channel of used) this.#health.trouble(channel, error as Error);
        await abortableDelay(RETRY_MS, signal);
      }
    }
  }

  async close(): Promise<void> {
    await (await this.#outbox?.catch(() => undefined))?.close();
  }

  async #untilWanted(signal: AbortSignal): Promise<void> {
    try {
      if (this.options.store.messages.hasOpen()) return;
    } catch {
      return;
    }
    await Promise.race([this.#wanted.promise, untilAborted(signal)]);
  }

  #load(): Promise<Outbox> {
    return this.#outbox ??= this.#open().catch((error) => {
      this.#outbox = undefined;
      throw error;
    });
  }

  async #open(): Promise<Outbox> {
    const { store, clock, hub } = this.options;
    const [{ Outbox }, setups] = await Promise.all([import("./outbox.ts"), this.#setups()]);
    return await Outbox.open({
      ...{ messages: store.messages, clock, ...setups },
      onChange: (message) => {
        const { id, channel, state } = message;
        hub.publish("message", { id, channel, state });
        this.#health.note(message);
      },
      onHindered: (channel) => this.#health.setUp(channel, setups[channel], { wasAsked: true }),
      onTrouble: (channel, error) => this.#health.trouble(channel, error),
    });
  }

  async #setups(): Promise<Setups> {
    const [{ mailConfig }, { smsConfig }] = await Promise.all([
      import("./config/mail.ts"),
      import("./config/sms.ts"),
    ]);
    const { settings } = this.options.config;
    const mail = mailConfig(settings), sms = smsConfig(settings);
    return {
      email: mail.kind !== "ready" ? mail : {
        kind: "ready",
        recipients: mail.to,
        notifier: async () => {
          const { createMailNotifier } = await import("./notifiers/email_smtp.ts");
          return createMailNotifier(mail);
        },
      },
      sms: sms.kind !== "ready" ? sms : {
        kind: "ready",
        recipients: [sms.to],
        notifier: async () => {
          const { createSmsNotifier } = await import("./notifiers/sms_twilio.ts");
          return createSmsNotifier(sms);
        },
      },
      messageIdHost: mail.kind === "ready" ? mail.from.address.split("@").at(-1)! : "localhost",
    };
  }
}
