/**
 * Telling something by the outbox, for whoever wants to know what became of it.
 * @module
 */
import type { OutboxPort } from "./api/messages.ts";
import type { SentSummary } from "./api/summary_send.ts";
import { UnavailableError } from "./core/errors.ts";
import type { Channel, Telling } from "./core/messages.ts";

/** Whoever asks a daemon is answered before a client gives up; what is on its way then goes on. */
export const LONGEST_ANSWER_MS = 40_000;
/** The messages among which those that took too long are looked up. */
const RECENT = 1_000;

/** @throws {UnavailableError} with the hindrance, when a channel is not configured. */
export function assertReady(outbox: OutboxPort, channels: readonly Channel[]): void {
  const hindrances = channels.map((channel) => outbox.hindrance(channel)).filter(Boolean);
  if (hindrances.length > 0) throw new UnavailableError(hindrances.join("; "));
}

/** The channels that are configured, and what hinders the others. */
export function readyChannels(
  outbox: OutboxPort,
  channels: readonly Channel[],
): { readonly ready: Channel[]; readonly hindrance: string | undefined } {
  const ready = channels.filter((channel) => outbox.hindrance(channel) === undefined);
  const hindered = channels.map((channel) => outbox.hindrance(channel)).filter(Boolean);
  return { ready, hindrance: hindered.length > 0 ? hindered.join("; ") : undefined };
}

export interface TellOptions {
  /** Waits so long at most for what becomes of it. @default to the end */
  readonly answerMs?: number;
  /** A person asks for it, and not a page that was loaded again. @default false */
  readonly isAsked?: boolean;
}

/** Writes a telling down, and waits for what becomes of it. */
export async function tellNow(
  outbox: OutboxPort,
  telling: Telling,
  { answerMs, isAsked = false }: TellOptions,
): Promise<SentSummary> {
  const newest = outbox.list(1)[0]?.id ?? 0;
  const posted = await outbox.post(telling);
  const ids = posted.map(({ id }) => id);
  const already = ids.every((id) => id <= newest);
  const late = Promise.withResolvers<undefined>();
  const timer = answerMs === undefined
    ? undefined
    : setTimeout(() => late.resolve(undefined), answerMs);
  try {
    const messages = await Promise.race([outbox.flush(ids, { isAsked }), late.promise]) ??
      outbox.list(RECENT).filter(({ id }) => ids.includes(id)).reverse();
    return { already, messages };
  } finally {
    clearTimeout(timer);
  }
}
