/**
 * Messages on their way out of this machine, as the parts of the daemon hand them on.
 * @module
 */

export const CHANNELS = ["email", "sms"] as const;
export type Channel = typeof CHANNELS[number];

/**
 * `waiting`: to be tried at its time. `sending`: on its way. `sent`: the server or service took it. `failed`:
 * refused for good, or given up. `unknown`: it may have arrived, and is not sent again.
 */
export type MessageState = "waiting" | "sending" | "sent" | "failed" | "unknown";

/** A picture inside a mail, referred to by `cid:` in its HTML. */
export interface MailPicture {
  readonly cid: string;
  readonly pngBase64: string;
}

/** A mail, but for who gets it. */
export interface MailContent {
  readonly subject: string;
  /** The part for those who do not show HTML; says the same. */
  readonly text: string;
  readonly html?: string;
  readonly pictures?: readonly MailPicture[];
}

/** What is to be told, in the form of each channel that is to tell it. */
export interface Telling {
  /** "day 2026-01-31", "focus 17"; see the table `message`. */
  readonly topic: string;
  readonly email?: MailContent;
  /** At most two segments. */
  readonly sms?: string;
  /** Tell it though it was told before. */
  readonly again?: boolean;
}

/** A row of the outbox, without what it says. */
export interface MessageRecord {
  readonly id: number;
  readonly channel: Channel;
  readonly topic: string;
  readonly recipient: string;
  readonly createdMs: number;
  readonly state: MessageState;
  readonly tries: number;
  /** When it is tried next. */
  readonly nextMs: number | undefined;
  /** When it reached its state. */
  readonly changedMs: number;
  readonly error: string | undefined;
}

/** One message as a notifier gets it. */
export interface OutgoingMail extends MailContent {
  readonly to: string;
  /** With its angle brackets. */
  readonly messageId: string;
}
export interface OutgoingSms {
  readonly to: string;
  readonly text: string;
}

/** How a try ended; reasons are one line without credentials. */
export type SendResult =
  /** `answer`: what the server said, in one line. */
  | { readonly kind: "sent"; readonly answer?: string }
  /** Nothing arrived; another try may help, not before `retryAfterMs`. */
  | { readonly kind: "later"; readonly reason: string; readonly retryAfterMs?: number }
  /** Another try would end the same way. */
  | { readonly kind: "failed"; readonly reason: string }
  /** It may have arrived. Mail is sent again, SMS is not. */
  | { readonly kind: "unknown"; readonly reason: string };

/** Sends one message at a time; never throws because of it. */
export interface Notifier<T> {
  send(message: T, signal: AbortSignal): Promise<SendResult>;
}
