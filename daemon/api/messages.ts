import type { Channel, MessageRecord, Telling } from "../core/messages.ts";
import type { ApiDeps } from "./deps.ts";
import type { Route } from "./route.ts";

/** What the API needs of the outbox. */
export interface OutboxPort {
  /** Why a channel cannot be used, naming the settings; `undefined`: it is configured. */
  hindrance(channel: Channel): string | undefined;
  /**
   * Writes messages down, a row for each recipient of each channel named; resolves once that is durable, with
   * the rows, those of an earlier telling of the same topic included.
   * @throws {UnavailableError} with the hindrance when a channel is not configured: nothing is written then.
   */
  post(telling: Telling): Promise<MessageRecord[]>;
  /**
   * Tries what is due; resolves when none of `ids` is on its way any more, with these rows.
   */
  flush(ids: readonly number[]): Promise<MessageRecord[]>;
  /** The newest, newest first. */
  list(limit: number): MessageRecord[];
}

export function messageRoutes(_deps: ApiDeps): Route[] {
  return [];
}
