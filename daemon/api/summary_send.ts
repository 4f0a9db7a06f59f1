import type { Channel, MessageRecord } from "../core/messages.ts";
import type { PeriodWish } from "../core/summary.ts";
import type { ApiDeps } from "./deps.ts";
import type { Route } from "./route.ts";

/** What the API needs of the sending of summaries. */
export interface SendPort {
  /** Writes a period's summary into the outbox, and tries to send it. */
  send(
    wish: PeriodWish,
    options: { readonly channels: readonly Channel[]; readonly again: boolean },
  ): Promise<MessageRecord[]>;
  /** Notes that a session's end is to be told; one that has ended is told now. */
  wishFocus(
    sessionId: number,
    channels: { readonly email: boolean; readonly sms: boolean },
  ): Promise<MessageRecord[]>;
}

export function summarySendRoutes(_deps: ApiDeps): Route[] {
  return [];
}
