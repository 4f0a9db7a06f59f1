/**
 * What the API says of privacy rules, erasing and how long things are kept, as the page sees it.
 * @module
 */
import type { PrivacyAction, PrivacyRule } from "../../daemon/core/privacy.ts";

/** What is known of a window. */
export interface WireSubject {
  readonly app: string | null;
  readonly title: string | null;
  readonly url: string | null;
}

/** `POST /privacy/test` */
export interface WirePrivacyVerdict {
  /** `null`: it is stored as it is. */
  readonly action: PrivacyAction | null;
  /** Those that match, by their numbers from 1. */
  readonly rules: readonly ({ readonly number: number } & PrivacyRule)[];
  readonly private_window: boolean;
  /** `null`: nothing is. */
  readonly stored: WireSubject | null;
}

/** `POST /privacy/preview` */
export interface WirePrivacyPreview {
  readonly events: number;
  readonly seconds: number;
  /** How many different ones; those with the most time follow. */
  readonly subjects: number;
  readonly top: readonly {
    readonly action: PrivacyAction;
    readonly before: WireSubject;
    /** `null`: the events would be gone. */
    readonly after: WireSubject | null;
    readonly events: number;
    readonly seconds: number;
  }[];
}

/** A copy at a path of the person's own, which erasing does not reach. */
export interface WireCopyNotReached {
  readonly path: string;
  readonly made: string;
  /** `null`: it cannot be told. */
  readonly there: boolean | null;
}

/** `POST /erasures` with `dry_run`. */
export interface WireErasurePreview {
  readonly events: number;
  /** Of the events. */
  readonly seconds: number;
  readonly screenshots: number;
  /** That wait to be sent, and will not be. */
  readonly messages: number;
  readonly notes: number;
  readonly heartbeats: number;
  readonly focus_sessions: number;
  /** That are rewritten. */
  readonly copies: readonly { readonly path: string; readonly bytes: number }[];
  /** Files that are removed. */
  readonly set_aside: readonly string[];
  readonly not_reached: readonly WireCopyNotReached[];
}

/** One erasing, as `POST` and `GET /erasures` tell it. */
export interface WireErasure {
  readonly id: number;
  readonly asked: string;
  /** `null`: something is pending. */
  readonly done: string | null;
  readonly events: number;
  readonly pending: readonly {
    readonly place: string;
    readonly tried: string | null;
    readonly error: string | null;
  }[];
}

/** How far an erasing is: the stream's `erasure` message. */
export interface WireErasureProgress {
  readonly id: number;
  readonly phase: "database" | "places" | "done";
  readonly events: number;
  readonly places: number;
  readonly places_done: number;
}

/** `GET /erasures` */
export interface WireErasures {
  readonly running: WireErasureProgress | null;
  readonly erasures: readonly WireErasure[];
  readonly not_reached: readonly WireCopyNotReached[];
}
