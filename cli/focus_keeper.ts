/**
 * Keeps a focus session with the daemon: in batches, of which none is lost when the daemon is started anew.
 * @module
 */
import { EXIT_CODES, FatalError } from "../daemon/core/errors.ts";
import type { FocusSpan } from "../daemon/core/focus.ts";
import { type Client, RefusedError } from "./client.ts";
import type { SendWish } from "./focus_telling.ts";
import type {
  FocusAdded,
  FocusBegun,
  FocusEnded,
  FocusSend,
  WireFocusSession,
  WireMessage,
} from "./wire.ts";

/** How to reach the daemon. */
export interface Reach {
  /** The daemon that runs; `undefined`: none does at the moment. */
  running(): Promise<Client | undefined>;
  /** The daemon that runs, else the app in this process. */
  last(): Promise<Client>;
}

export interface Wish {
  readonly source: "terminal" | "file";
  readonly camera: string;
  readonly planned_minutes?: number;
  /** When a film begins, ISO 8601. */
  readonly start?: string;
}

interface Batch {
  readonly sequence: number;
  readonly start: string;
  readonly spans: readonly { readonly state: FocusSpan["state"]; readonly seconds: number }[];
}

/** Spans of one batch; the API takes a thousand. */
const MAX_SPANS = 500;
/** Tries to bring the rest home at the end, and the wait between them. */
const LAST_TRIES = 5, LAST_WAIT_MS = 1_000;
/** Nobody waits longer for a mail to leave; whatever is in the outbox then leaves later. */
const TELL_LIMIT_MS = 60_000;

export class FocusKeeper {
  #id: number | undefined;
  #sequence = 0;
  #batches: Batch[] = [];
  #open: FocusSpan[] = [];
  #sending: Promise<void> | undefined;
  #refusal: Error | undefined;
  #client: Client | undefined;

  /** @param client The first one to use; it belongs to the caller. */
  constructor(private readonly first: Client, private readonly reach: Reach) {
    this.#client = first;
  }

  /** Why the daemon takes no more of this session: it ended it, another was begun. */
  get refusal(): Error | undefined {
    return this.#refusal;
  }

  /** Whether something could not be sent yet. */
  get isBehind(): boolean {
    return this.#batches.length > 0;
  }

  async begin(wish: Wish): Promise<FocusBegun> {
    const begun = await this.#client!.send<FocusBegun>("POST", "/focus/sessions", wish);
    this.#id = begun.id;
    return begun;
  }

  /** Takes spans, in order; they are sent by the next {@linkcode flush}. */
  add(spans: readonly FocusSpan[]): void {
    for (const span of spans) {
      const last = this.#open.at(-1);
      if (last && last.endMs !== span.startMs) this.#close();
      const before = this.#open.at(-1);
      if (before?.state === span.state) {
        this.#open[this.#open.length - 1] = { ...before, endMs: span.endMs };
      } else this.#open.push(span);
      if (this.#open.length >= MAX_SPANS) this.#close();
    }
  }

  /** Sends what there is; what cannot be sent now is kept. Never rejects. */
  flush(): Promise<void> {
    return this.#sending ??= (async () => {
      try {
        await this.#send();
      } catch { /* it is tried again, or `refusal` says why not */ }
    })().finally(() => this.#sending = undefined);
  }

  /**
   * Sends the rest and ends the session, with the app in this process if no daemon runs any more.
   * @throws {Error} when that cannot be; what was sent is stored.
   */
  async end(): Promise<WireFocusSession> {
    await this.#sending;
    return await this.#persist(async () => {
      // A session that others ended is what it is.
      if (!this.#refusal) await this.#send();
      const path = `/focus/sessions/${this.#id}/end`;
      const { session } = await this.#request((client) => client.send<FocusEnded>("POST", path));
      return session;
    });
  }

  /**
   * Notes by which ways the end of the session is to be told. Of a session that has ended, tells it, and gives
   * the messages once they have left, or could not.
   */
  async wishSend(wish: SendWish): Promise<readonly WireMessage[]> {
    const path = `/focus/sessions/${this.#id}/send`;
    const untilMs = performance.now() + TELL_LIMIT_MS;
    const { messages } = await this.#persist(
      () => this.#request((client) => client.send<FocusSend>("PUT", path, wish)),
      () => performance.now() > untilMs,
    );
    return messages;
  }

  /** Lets go of a client of its own. */
  async close(): Promise<void> {
    await this.#drop();
  }

  /** Tries until `work` is done, it is refused, or it is enough; with the app in this process if no daemon runs. */
  async #persist<T>(work: () => Promise<T>, isEnough = () => false): Promise<T> {
    for (let tries = 1;; tries++) {
      try {
        return await work();
      } catch (error) {
        if (tries === LAST_TRIES || isFinal(error) || isEnough()) throw error;
        await new Promise((resolve) => setTimeout(resolve, tries === 1 ? 0 : LAST_WAIT_MS));
        this.#client ??= await this.reach.last();
      }
    }
  }

  /** One request; a client that reaches nobody is put away. */
  async #request<T>(ask: (client: Client) => Promise<T>): Promise<T> {
    this.#client ??= await this.reach.running();
    if (!this.#client) throw new FatalError("Cannot reach a daemon", EXIT_CODES.failed);
    try {
      return await ask(this.#client);
    } catch (error) {
      if (!(error instanceof RefusedError)) await this.#drop();
      throw error;
    }
  }

  async #drop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client && client !== this.first) await client.close();
  }

  async #send(): Promise<void> {
    this.#close();
    const path = `/focus/sessions/${this.#id}/samples`;
    while (this.#batches.length > 0 && !this.#refusal) {
      const [batch] = this.#batches;
      try {
        await this.#request((client) => client.send<FocusAdded>("POST", path, batch));
      } catch (error) {
        if (isFinal(error)) this.#refusal = error as Error;
        throw error;
      }
      this.#batches.shift();
    }
  }

  /** Makes a batch of the open spans: from now on it has its number, and stays as it is. */
  #close(): void {
    if (this.#open.length === 0) return;
    this.#batches.push({
      sequence: ++this.#sequence,
      start: new Date(this.#open[0].startMs).toISOString(),
      spans: this.#open.map(({ startMs, endMs, state }) => ({
        state,
        seconds: (endMs - startMs) / 1000,
      })),
    });
    this.#open = [];
  }
}

/** Whether trying again is of no use: the daemon has understood, and does not want it. */
function isFinal(error: unknown): boolean {
  return error instanceof RefusedError && error.status < 500 && error.status !== 429;
}
