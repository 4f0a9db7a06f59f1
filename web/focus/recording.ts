/**
 * One session as it is written down: counted here, brought to the daemon, kept across a reloading of the page.
 * @module
 */
import type { FocusSpan } from "../../daemon/core/focus.ts";
import { ApiError } from "../api.ts";
import type { WireFocusBegun, WireFocusSession } from "../wire.ts";
import { type FocusApi, fromWire, type KnownPerson } from "./focus_api.ts";
import { keep, type KeptSession } from "./kept_session.ts";
import { Ledger } from "./ledger.ts";
import { Sender, type Sending } from "./sender.ts";
import { NO_WISH, type SendWish } from "./telling.ts";

/** How often what was measured is sent. */
const SEND_EVERY_MS = 5_000;
/** Between two tries to end a session. */
const RETRY_MS = 3_000;

export interface RecordingOptions {
  readonly api: FocusApi;
  readonly onStored: (session: WireFocusSession) => void;
  readonly onSending: (sending: Sending) => void;
}

type Facts = Pick<KeptSession, "id" | "plannedMinutes" | "skewMs">;

export class Recording {
  readonly ledger: Ledger;
  readonly facts: Facts;
  #camera: string;
  #known: Partial<KnownPerson>;
  #is: KeptSession["is"];
  #wish: SendWish;
  readonly #sender: Sender;
  #sentMs = performance.now();

  constructor(
    { ledger, camera, known, is, wish = NO_WISH, savedMs: _, ...facts }: KeptSession,
    private readonly options: RecordingOptions,
  ) {
    const { api, onStored, onSending } = options;
    this.facts = facts;
    this.ledger = new Ledger(ledger);
    this.#camera = camera;
    this.#known = known;
    this.#is = is;
    this.#wish = wish;
    this.#sender = new Sender({
      ledger: this.ledger,
      add: (batch) => api.add(facts.id, batch, facts.skewMs),
      onStored: (session) => {
        onStored(session);
        this.save();
      },
      onSending,
    });
  }

  /** Asks the daemon for a new session. @throws {ApiError}; a `TypeError` when nobody answers. */
  static async begin(
    camera: string,
    plannedMinutes: number | null,
    options: RecordingOptions,
  ): Promise<Recording> {
    const askedMs = Date.now();
    const begun = await options.api.begin(camera, plannedMinutes);
    const skewMs = skewOf(askedMs, Date.now(), begun);
    const known = begun.calibration ? fromWire(begun.calibration) : {};
    const { state: ledger } = new Ledger();
    const facts = { id: begun.id, plannedMinutes, camera, skewMs, known };
    return new Recording({ ...facts, ledger, is: "running", savedMs: Date.now() }, options);
  }

  /** What is known of the person in front of this camera. */
  get known(): Partial<KnownPerson> {
    return this.#known;
  }

  /** Where the session stands, for what goes on with it. */
  get standing(): { readonly atMs: number; readonly state: "uncertain" } | undefined {
    const { endMs } = this.ledger;
    return endMs === undefined ? undefined : { atMs: endMs, state: "uncertain" };
  }

  /** Whether its length is over; pauses do not count. */
  get isComplete(): boolean {
    const { plannedMinutes } = this.facts;
    return plannedMinutes !== null && this.ledger.totals.totalMs >= plannedMinutes * 60_000;
  }

  set is(is: KeptSession["is"]) {
    this.#is = is;
    this.save();
  }

  /** By which ways the daemon knows that its end is to be told. */
  get wish(): SendWish {
    return this.#wish;
  }

  set wish(wish: SendWish) {
    this.#wish = wish;
    this.save();
  }

  /** Counts spans, and sends them when it is time. */
  add(spans: readonly FocusSpan[]): void {
    this.ledger.add(spans);
    if (performance.now() - this.#sentMs >= SEND_EVERY_MS) void this.flush();
  }

  flush(): Promise<void> {
    this.#sentMs = performance.now();
    return this.#sender.flush();
  }

  /** The person is seen from elsewhere from now on. */
  changeCamera(camera: string, known: Partial<KnownPerson>): void {
    this.#camera = camera;
    this.#known = known;
    this.save();
  }

  /** Remembers what was learned, here and in the daemon. */
  learn(known: Partial<KnownPerson>): void {
    this.#known = known;
    this.save();
    const { calibration, zones = [] } = known;
    if (!calibration) return;
    // What cannot be kept is learned again next time.
    this.options.api.keep(this.#camera, { calibration, zones }).catch(() => {});
  }

  /** Keeps everything in this tab. */
  save(): void {
    keep({
      ...this.facts,
      camera: this.#camera,
      known: this.#known,
      ledger: this.ledger.state,
      is: this.#is,
      wish: this.#wish,
      savedMs: Date.now(),
    });
  }

  /** The page may be gone in a moment: what is not there yet is sent without waiting. */
  leave(): void {
    // First, as the kept batches are to be the very ones that are sent.
    this.ledger.close();
    this.save();
    this.#sender.leave();
  }

  /** Brings the rest to the daemon and ends the session there; tries until that has worked. */
  async finish(): Promise<WireFocusSession | undefined> {
    while (true) {
      await this.flush();
      if (this.#sender.sending === "over") break;
      if (!this.ledger.isBehind) {
        try {
          return await this.options.api.end(this.facts.id);
        } catch (error) {
          if (error instanceof ApiError && (error.status === 404 || error.status === 409)) break;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    return undefined;
  }
}

/**
 * How far the daemon's clock is ahead of ours, in milliseconds; 0 when that is within what the asking took, as it is
 * on the same machine.
 */
function skewOf(askedMs: number, answeredMs: number, { start }: WireFocusBegun): number {
  const skewMs = Date.parse(start) - (askedMs + answeredMs) / 2;
  return Math.abs(skewMs) <= Math.max(50, answeredMs - askedMs) ? 0 : Math.round(skewMs);
}
