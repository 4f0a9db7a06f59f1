/**
 * Brings a session's batches to the daemon, one after the other, and none twice.
 *
 * A batch that was not answered is sent again with the next beat; the daemon knows it by its number. So a daemon
 * that is started anew, or a network that is gone for an hour, costs nothing.
 * @module
 */
import { ApiError } from "../api.ts";
import type { WireFocusSession } from "../wire.ts";
import type { Batch, Ledger } from "./ledger.ts";

/** How the daemon takes what it is sent. */
export type Sending =
  | "fine"
  /** Nobody answers: what is measured is kept here. */
  | "unreachable"
  /** It wants a token first. */
  | "locked"
  /** It takes nothing more for this session: it has ended, or another has begun. */
  | "over";

export interface SenderOptions {
  readonly ledger: Ledger;
  readonly add: (batch: Batch) => Promise<WireFocusSession>;
  readonly onStored: (session: WireFocusSession) => void;
  readonly onSending: (sending: Sending) => void;
}

export class Sender {
  #sending: Sending = "fine";
  #isBusy: Promise<void> | undefined;

  constructor(private readonly options: SenderOptions) {}

  get sending(): Sending {
    return this.#sending;
  }

  /** Sends what there is; resolves when all is confirmed or something hinders it. */
  flush(): Promise<void> {
    return this.#isBusy ??= this.#sendAll().finally(() => this.#isBusy = undefined);
  }

  /** Sends what there is without waiting, as the page may be left; nobody hears the answers. */
  leave(): void {
    if (this.#sending === "over") return;
    for (const batch of this.options.ledger.close()) this.options.add(batch).catch(() => {});
  }

  async #sendAll(): Promise<void> {
    const { ledger, add, onStored } = this.options;
    for (let batch = ledger.next(); batch && this.#sending !== "over"; batch = ledger.next()) {
      try {
        const session = await add(batch);
        ledger.confirm(batch.sequence);
        this.#say("fine");
        onStored(session);
      } catch (error) {
        const { status } = error as Partial<ApiError>;
        if (!(error instanceof ApiError) || isPassing(status)) return this.#say("unreachable");
        if (status === 401) return this.#say("locked");
        if (status === 404 || status === 409) return this.#say("over");
        // Nothing will make this one right; what follows it may be.
        ledger.discard(batch.sequence);
      }
    }
  }

  #say(sending: Sending): void {
    if (sending === this.#sending) return;
    this.#sending = sending;
    this.options.onSending(sending);
  }
}

/** Whether asking again later may help. */
function isPassing(status: number | undefined): boolean {
  return status === undefined || status >= 500 || status === 429 || status === 408;
}
