/**
 * What the mail server of the tests is told, and what it tells.
 * @module
 */

/** Where the server listens: each port with another certificate, or none. */
export const DOORS = [
  "starttls",
  "implicit",
  "plain",
  "untrusted",
  "implicit_untrusted",
  "wrong_name",
  "expired",
] as const;
export type Door = typeof DOORS[number];

/** How the server behaves; all of it is optional, and what is left out is as a good server has it. */
export interface Behaviour {
  /** The reply to a login, whatever the password: "454 4.7.0 Try again later". */
  readonly login?: string;
  /** A recipient's first try in each mail gets 451. */
  readonly greylist?: boolean;
  /** Replies to recipients: `{ "a@b.c": "550 5.1.1 No such user" }`. */
  readonly recipients?: Readonly<Record<string, string>>;
  /** The reply to DATA's end, instead of taking the mail. */
  readonly reply?: string;
  /**
   * `cut`: the connection ends inside of DATA. `cut_after`: the mail is taken, and the connection ends before that
   * is said. `hang`: nothing is answered to DATA's end. `hang_after`: nor is it, though the mail is taken.
   */
  readonly data?: "cut" | "cut_after" | "hang" | "hang_after";
  /** How many mails `reply` and `data` are for; then they are forgotten. @default all */
  readonly times?: number;
  /** Nothing is said to who connects: a tarpit. */
  readonly silent?: boolean;
}

/** What a mail says, as another program reads it. */
export interface ReceivedMail {
  /** By their names in small letters, each with its whole text; in the order they came. */
  readonly headers: readonly { readonly name: string; readonly line: string }[];
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly date: string;
  readonly messageId: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly ReceivedAttachment[];
  /** Of the envelope, not of the head. */
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  /** Came by TLS. */
  readonly secure: boolean;
  readonly user: string | null;
  readonly rawBytes: number;
  /** All of it, a letter a byte. */
  readonly raw: string;
}

export interface ReceivedAttachment {
  readonly cid: string | null;
  readonly contentType: string;
  readonly disposition: string;
  readonly filename: string | null;
  readonly bytes: number;
  readonly base64: string;
}

/** One thing that a client did. */
export interface ServerEvent {
  readonly kind:
    | "connect"
    | "login"
    | "sender"
    | "recipient"
    | "data"
    | "taken"
    | "closed";
  readonly door: Door;
  /** Of a recipient and a sender: the address. */
  readonly detail?: string;
}
