/**
 * What rules would change, asked while they are being written: one question at a time, as each costs the daemon a look
 * at all of the past.
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Api } from "../api.ts";
import { onHeard } from "../heard.ts";
import type { Rule, WireRulesPreview } from "./wire.ts";

export interface Tried {
  /** The last answer; while another is waited for, the one before. */
  readonly data: WireRulesPreview | undefined;
  readonly problem: Error | undefined;
  /** `data` is not of these rules, or not yet. */
  readonly isReading: boolean;
  again(): void;
}

interface Known {
  readonly of?: string;
  readonly data?: WireRulesPreview;
  readonly problem?: Error;
}

/** So long typing must rest. */
const REST_MS = 150;

/** Tries `rules` whenever they are others; `undefined` tries nothing. `isLive` tries them again when the past has changed. */
export function useTried(
  api: Api,
  rules: readonly Rule[] | undefined,
  { isLive = false } = {},
): Tried {
  const known = useSignal<Known>({});
  const asker = useRef<Asker>(undefined);
  const body = rules === undefined ? undefined : JSON.stringify(rules);
  useEffect(() => {
    const current = asker.current = new Asker(api, (next) => known.value = next);
    const end = isLive ? onHeard("reclassify", () => current.againSoon()) : () => {};
    return () => {
      end();
      current.stop();
    };
  }, []);
  useEffect(() => asker.current?.ask(body), [body]);
  const { of, data, problem } = known.value;
  return {
    data: body === undefined ? undefined : data,
    problem: of === body ? problem : undefined,
    isReading: body !== undefined && of !== body,
    again: () => asker.current?.again(),
  };
}

class Asker {
  #wanted: string | undefined;
  #known: Known = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  readonly #ended = new AbortController();

  constructor(private readonly api: Api, private readonly tell: (known: Known) => void) {}

  ask(body: string | undefined): void {
    this.#wanted = body;
    clearTimeout(this.#timer);
    if (body !== undefined) this.#timer = setTimeout(() => this.#askNow(), REST_MS);
  }

  /** Asks the same once more. */
  again(): void {
    this.#tell({ ...this.#known, of: undefined });
    this.#askNow();
  }

  /** The past is changing: what is known is old, and is asked anew when the changes rest. */
  againSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.again(), 1_000);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#ended.abort();
  }

  async #askNow(): Promise<void> {
    const body = this.#wanted;
    // Whoever is being answered asks the newest question next.
    if (this.#isAsking || body === undefined || body === this.#known.of) return;
    this.#isAsking = true;
    const { signal } = this.#ended;
    try {
      const rules = JSON.parse(body) as Rule[];
      const data = await this.api.send<WireRulesPreview>("POST", "/rules/preview", { rules }, {
        signal,
      });
      this.#tell({ of: body, data });
    } catch (error) {
      this.#tell({ of: body, data: this.#known.data, problem: error as Error });
    }
    this.#isAsking = false;
    if (this.#wanted !== body) this.#askNow();
  }

  #tell(known: Known): void {
    if (this.#ended.signal.aborted) return;
    this.#known = known;
    this.tell(known);
  }
}
