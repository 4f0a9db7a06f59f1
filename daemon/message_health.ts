/**
 * How the channels do, from what becomes of their messages.
 * @module
 */
import type { PartStatus } from "./core/health.ts";
import type { Channel, MessageRecord } from "./core/messages.ts";
import { isDropped, withoutAddresses } from "./core/outbox.ts";

/** What each channel is called on the health board. */
const PARTS: Readonly<Record<Channel, string>> = { email: "mail", sms: "sms" };

/**
 * Says what went wrong last, until that recipient gets a message: mail to another one does not mend a wrong address.
 * What none can mend is not hidden by what another try may.
 */
export class MessageHealth {
  readonly #problems: Readonly<Record<Channel, Map<string, MessageRecord>>> = {
    email: new Map(),
    sms: new Map(),
  };

  constructor(
    private readonly set: (part: string, status: PartStatus, detail: string) => void,
  ) {}

  /** What the settings say; `wasAsked`: somebody wants to use the channel. */
  setUp(
    channel: Channel,
    setup: { readonly kind: "off" | "half" | "ready"; readonly hindrance?: string },
    { wasAsked = false } = {},
  ): void {
    const { kind, hindrance = "" } = setup;
    if (kind === "ready") this.#say(channel, "ok", "ready");
    else if (kind === "half") this.#say(channel, "degraded", hindrance);
    else if (wasAsked) this.#say(channel, "off", hindrance);
  }

  /** A message went into a state. */
  note(message: MessageRecord): void {
    const { channel, recipient, state, error } = message;
    const problems = this.#problems[channel];
    if (state === "sent") problems.delete(recipient);
    else if (state === "sending" || error === undefined || isDropped(message)) return;
    else if (state !== "waiting" || !isFinal(problems.get(recipient))) {
      problems.set(recipient, message);
    }
    const all = [...problems.values()];
    const worst = all.findLast(isFinal) ?? all.at(-1);
    if (worst) this.#say(channel, "degraded", describe(worst));
    else this.#say(channel, "ok", "ready");
  }

  /** The database keeps the channel from being served. */
  trouble(channel: Channel, { message }: Error): void {
    this.#say(channel, "degraded", message);
  }

  #say(channel: Channel, status: PartStatus, detail: string): void {
    this.set(PARTS[channel], status, detail);
  }
}

function isFinal(message: MessageRecord | undefined): boolean {
  return message?.state === "failed" || message?.state === "unknown";
}

function describe({ state, error = "" }: MessageRecord): string {
  const reason = withoutAddresses(error);
  if (state === "waiting") return `${reason}; it is tried again`;
  return state === "failed" ? `not sent: ${reason}` : `it may have arrived or not: ${reason}`;
}
