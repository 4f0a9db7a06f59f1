/**
 * What becomes of a message: after a try, after a crash, and when it is tried next.
 *
 *     waiting --begin--> sending --sent-----------------------> sent
 *        ^                  |-----failed, or given up---------> failed
 *        |<--later----------|
 *        |<--mail: unknown, crash--|--SMS: unknown, crash-----> unknown
 * @module
 */
import type { Channel, MessageRecord, MessageState, SendResult } from "./messages.ts";

const MIN_MS = 60_000, HOUR_MS = 60 * MIN_MS;
/** Waits after the first, second, … try that came to nothing; the last one repeats. */
const BACKOFF_MS = [MIN_MS, 5 * MIN_MS, 15 * MIN_MS, HOUR_MS, 2 * HOUR_MS];
/** A message as old as this is given up, */
const GIVEN_UP_MS = 48 * HOUR_MS;
/** but not before it had as many tries: a machine that slept, or whose clock was set, has had none. */
const LEAST_TRIES = BACKOFF_MS.length;
/** No service is waited for longer at a time. */
const LONGEST_RETRY_AFTER_MS = 24 * HOUR_MS;
/** Clocks are corrected by moments all the time. */
const CLOCK_SLACK_MS = MIN_MS;

/** The state that a message goes into; `nextMs`: not to be tried before. */
export type MessageTurn =
  | { readonly state: "sent" }
  | { readonly state: "waiting"; readonly nextMs: number; readonly error: string }
  | { readonly state: "failed" | "unknown"; readonly error: string };

/** What the decisions need to know; `tries` has the one that just ended. */
export type Tried = Pick<MessageRecord, "channel" | "createdMs" | "tries">;

/** Told, or about to be: the same topic is not told again by itself. */
export function isTold(state: MessageState): boolean {
  return state !== "failed";
}

/** What a try leads to. */
export function afterTry(message: Tried, result: SendResult, nowMs: number): MessageTurn {
  switch (result.kind) {
    case "sent":
      return { state: "sent" };
    case "failed":
      return { state: "failed", error: result.reason };
    case "later":
      return later(message, result, nowMs);
    case "unknown":
      if (message.channel === "sms") return { state: "unknown", error: result.reason };
      return later(message, result, nowMs);
  }
}

/** What the end of the program in the middle of a try leads to, found at the next start. */
export function afterCrash(message: Tried, nowMs: number): MessageTurn {
  const reason = "The program ended while it was being sent";
  if (message.channel === "sms") {
    return { state: "unknown", error: `${reason}; it may have arrived, and is not sent again` };
  }
  const turn = later(message, { reason }, nowMs);
  // A mail that ends the program each time is not to keep it from working.
  return turn.state === "waiting" && message.tries <= 1 ? { ...turn, nextMs: nowMs } : turn;
}

function later(
  { tries, createdMs }: Tried,
  { reason, retryAfterMs = 0 }: { readonly reason: string; readonly retryAfterMs?: number },
  nowMs: number,
): MessageTurn {
  if (nowMs - createdMs >= GIVEN_UP_MS && tries >= LEAST_TRIES) {
    return { state: "failed", error: `Given up after ${tries} tries: ${reason}` };
  }
  const askedMs = Number.isFinite(retryAfterMs) ? retryAfterMs : 0;
  const waitMs = Math.max(backoffMs(tries), Math.min(askedMs, LONGEST_RETRY_AFTER_MS));
  return { state: "waiting", nextMs: Math.ceil(nowMs + waitMs), error: reason };
}

/** How long to wait after that many tries. */
export function backoffMs(tries: number): number {
  return BACKOFF_MS[Math.min(Math.max(tries, 1), BACKOFF_MS.length) - 1];
}

/**
 * Milliseconds until a waiting message is to be tried; 0: now. One that was told to wait at a time still to come
 * has seen the clock set back: how long it really waited nobody knows, so it waits no longer.
 */
export function dueInMs(
  { nextMs, changedMs }: Pick<MessageRecord, "nextMs" | "changedMs">,
  nowMs: number,
): number {
  if (nextMs === undefined) return 0;
  return nowMs < changedMs - CLOCK_SLACK_MS ? 0 : Math.max(0, nextMs - nowMs);
}

/** A message that waits makes room for one that tells the same anew. */
export const TOLD_ANEW: MessageTurn = { state: "failed", error: "It was told anew" };

/** A damaged message is not to keep the others from being sent. */
export const UNREADABLE: MessageTurn = {
  state: "failed",
  error: "What it says cannot be read any more",
};

/** Nobody wants a message any more: the settings name its recipient no longer. */
export const NOT_NAMED: Readonly<Record<Channel, MessageTurn>> = {
  email: { state: "failed", error: "FOCUS_EMAIL_TO does not name its recipient any more" },
  sms: { state: "failed", error: "FOCUS_SMS_TO does not name its recipient any more" },
};

/** Whether a message was given up without anything having gone wrong. */
export function isDropped({ channel, error }: Pick<MessageRecord, "channel" | "error">): boolean {
  return [TOLD_ANEW, NOT_NAMED[channel]].some((turn) => "error" in turn && turn.error === error);
}

/** A reason as everybody may see it: without the addresses and numbers that a server repeats. */
export function withoutAddresses(reason: string): string {
  return reason.replaceAll(/[^\s<>"'(:,;]+@[^\s<>"'),;]+/g, "(address)")
    .replaceAll(/\+\d[\d -]{5,}\d/g, "(number)");
}
