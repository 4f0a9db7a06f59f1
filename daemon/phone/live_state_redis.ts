/**
 * The live state in Redis, which several daemons may share. Whatever Redis does, heartbeats go on: while it is
 * down or slow, the embedded state decides.
 * @module
 */
import type { PartStatus } from "../core/health.ts";
import type { EmbeddedLiveState } from "./live_state_embedded.ts";
import {
  type Admission,
  KEPT_MS,
  type LiveBeat,
  type LiveState,
  type MinuteCounts,
  type RateLimit,
} from "./live_state.ts";
import { createClient } from "./redis_module.ts";
import { ADMIT, COMMITTED, keyPrefix } from "./redis_scripts.ts";

export interface RedisOptions {
  /** Where and who, as the client takes it; `rediss:` is TLS. */
  readonly url?: string;
  readonly host?: string;
  readonly port?: number;
  readonly password?: string;
  readonly database?: number;
  readonly rate: RateLimit;
  /** Decides while Redis does not. */
  readonly fallback: EmbeddedLiveState;
  readonly report: (status: PartStatus, detail: string) => void;
  /** How long a heartbeat waits for Redis, in milliseconds. @default 50 */
  readonly answerMs?: number;
}

const ANSWER_MS = 50;
/** After Redis was slow, it is not asked for so long. */
const REST_MS = 1_000;
const CONNECT_MS = 2_000;
const FORGET_MS = 5_000;
const RETRY_MS = [250, 500, 1_000, 2_000, 5_000];
const MINUTE_MS = 60_000;

type Client = ReturnType<typeof createClient>;

export class RedisLiveState implements LiveState {
  readonly kind = "redis";
  readonly #where: string;
  readonly #answerMs: number;
  #client: Client | undefined;
  #scripts = { admit: "", committed: "" };
  #restUntilMs = 0;
  #closed = false;
  #connecting: Promise<void>;
  #wake = Promise.withResolvers<void>();
  /** Requests that wait for an answer, in the order of asking; one timer watches over all. */
  readonly #waiting = new Set<{ readonly atMs: number; readonly reject: (error: Error) => void }>();
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: RedisOptions) {
    const { url, host, port } = options;
    this.#answerMs = options.answerMs ?? ANSWER_MS;
    // Without what a URL may hold besides: its password.
    this.#where = url === undefined ? `${host}:${port}` : new URL(url).host;
    this.#connecting = this.#connect();
  }

  /** Resolves when Redis was reached, or could not be, for the first time. */
  async firstTry(): Promise<void> {
    await Promise.race([this.#wake.promise, this.#connecting]);
  }

  async admit(deviceId: string, digest: string, nowMs: number): Promise<Admission> {
    const { rate, fallback } = this.options;
    const prefix = keyPrefix(deviceId);
    const answer = await this.#ask((client) =>
      client.evalSha(this.#scripts.admit, {
        keys: [`${prefix}rate`, `${prefix}mark:${digest}`],
        arguments: [String(rate.perMinute), String(rate.burst), String(nowMs)],
      })
    );
    if (answer === undefined) return await fallback.admit(deviceId, digest, nowMs);
    const [waitMs, marked] = answer as [number, number];
    if (waitMs > 0) return { verdict: "limited", retryAfterS: Math.ceil(waitMs / 1000) };
    return { verdict: marked === 1 ? "replay" : "go on" };
  }

  committed(beat: LiveBeat, nowMs: number): void {
    this.options.fallback.committed(beat, nowMs);
    const { deviceId, atMs, digest, screenOn, distracting } = beat;
    const prefix = keyPrefix(deviceId);
    const minuteMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
    void this.#ask((client) =>
      client.evalSha(this.#scripts.committed, {
        keys: [`${prefix}mark:${digest}`, `${prefix}last`, `${prefix}minute:${minuteMs}`],
        arguments: [
          ...[String(KEPT_MS), String(atMs), JSON.stringify(beat)],
          ...[String(Number(screenOn)), String(Number(distracting))],
        ],
      })
    );
  }

  async last(deviceId: string): Promise<LiveBeat | undefined> {
    const answer = await this.#ask((client) => client.get(`${keyPrefix(deviceId)}last`));
    // The time comes first, for the script to compare.
    return answer
      ? JSON.parse(String(answer).replace(/^\d+ /, ""))
      : await this.options.fallback.last(deviceId);
  }

  async minutes(deviceId: string, minutes: number, nowMs: number): Promise<MinuteCounts[]> {
    const newestMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
    const wanted = Array.from(
      { length: minutes },
      (_, i) => newestMs - (minutes - 1 - i) * MINUTE_MS,
    );
    const prefix = keyPrefix(deviceId);
    const found = await this.#ask((client) =>
      Promise.all(wanted.map((ms) => client.hGetAll(`${prefix}minute:${ms}`)))
    );
    if (found === undefined) return await this.options.fallback.minutes(deviceId, minutes, nowMs);
    return found.flatMap((counts, i) =>
      counts.beats === undefined ? [] : [{
        minuteMs: wanted[i],
        beats: Number(counts.beats),
        screenOnBeats: Number(counts.on ?? 0),
        distractingBeats: Number(counts.distracting ?? 0),
      }]
    );
  }

  async forget(deviceId: string): Promise<boolean> {
    await this.options.fallback.forget(deviceId);
    const client = this.#client;
    if (!client) return false;
    const forgetting = (async () => {
      // What a device's name may hold means nothing in a pattern.
      for await (
        const keys of client.scanIterator({ MATCH: `${keyPrefix(deviceId)}*`, COUNT: 500 })
      ) {
        if (keys.length > 0) await client.unlink(keys);
      }
    })();
    try {
      // No heartbeat waits for this.
      await within(FORGET_MS, forgetting);
      return true;
    } catch (error) {
      if (!this.#closed) this.#failed(error as Error);
      return false;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake.resolve();
    if (this.#client) drop(this.#client);
    await this.#connecting;
    clearInterval(this.#watch);
    this.#watch = undefined;
  }

  /** What Redis answers in time; `undefined` when it does not. */
  async #ask<T>(request: (client: Client) => Promise<T>): Promise<T | undefined> {
    const client = this.#client;
    const atMs = performance.now();
    if (!client || atMs < this.#restUntilMs) return undefined;
    try {
      return await this.#inTime(request(client), atMs);
    } catch (error) {
      if (!this.#closed) this.#failed(error as Error);
      return undefined;
    }
  }

  #inTime<T>(answer: Promise<T>, atMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const entry = { atMs, reject };
      this.#waiting.add(entry);
      this.#watch ??= setInterval(() => this.#giveUpSlow(), this.#answerMs / 2);
      answer.then(resolve, reject).finally(() => this.#waiting.delete(entry));
    });
  }

  #giveUpSlow(): void {
    const limitMs = performance.now() - this.#answerMs;
    for (const { atMs, reject } of this.#waiting) {
      if (atMs <= limitMs) reject(new Error(`no answer within ${this.#answerMs} ms`));
    }
    if (this.#waiting.size === 0) {
      clearInterval(this.#watch);
      this.#watch = undefined;
    }
  }

  #failed(error: Error): void {
    this.#restUntilMs = performance.now() + REST_MS;
    // Scripts are gone when Redis was emptied of them, or another one took its place.
    if (/NOSCRIPT/.test(error.message)) {
      this.#restUntilMs = 0;
      void this.#loadScripts().catch(() => {});
      return;
    }
    this.#say("degraded", error.message);
  }

  #say(status: PartStatus, detail: string): void {
    const text = status === "ok"
      ? `Redis at ${this.#where}`
      : `Redis at ${this.#where}: ${this.#harmless(detail)}; the embedded live state stands in`;
    this.options.report(status, text);
  }

  /** No message may carry the password. */
  #harmless(message: string): string {
    const { password, url } = this.options;
    const secrets = [password, url && decodeURIComponent(new URL(url).password)];
    return secrets.reduce<string>(
      (text, secret) => secret ? text.replaceAll(secret, "…") : text,
      message || "the connection was refused",
    );
  }

  /** Keeps a connection, until closed. */
  async #connect(): Promise<void> {
    for (let failures = 0; !this.#closed; failures++) {
      const lost = Promise.withResolvers<Error>();
      const client = this.#newClient(lost.resolve);
      try {
        await within(CONNECT_MS, client.connect());
        this.#client = client;
        await this.#loadScripts();
        this.#restUntilMs = 0;
        this.#say("ok", "");
        this.#wake.resolve();
        failures = 0;
        const reason = await lost.promise;
        if (!this.#closed) this.#say("degraded", reason.message);
      } catch (error) {
        if (!this.#closed) this.#say("degraded", (error as Error).message);
      } finally {
        this.#client = undefined;
        drop(client);
        this.#wake.resolve();
      }
      if (!this.#closed) await this.#pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    }
  }

  #newClient(onLost: (reason: Error) => void): Client {
    const { url, host, port, password, database } = this.options;
    const client = createClient({
      ...(url === undefined ? { password } : { url }),
      ...(database !== undefined && { database }),
      // What cannot be sent now is for the embedded state to answer.
      disableOfflineQueue: true,
      socket: {
        ...(url === undefined && { host, port }),
        connectTimeout: CONNECT_MS,
        reconnectStrategy: false,
      },
    });
    client.on("error", onLost);
    client.on("end", () => onLost(new Error("the connection was lost")));
    return client as Client;
  }

  async #loadScripts(): Promise<void> {
    const client = this.#client;
    if (!client) return;
    const [admit, committed] = await Promise.all([
      client.scriptLoad(ADMIT),
      client.scriptLoad(COMMITTED),
    ]);
    this.#scripts = { admit: String(admit), committed: String(committed) };
    if (!this.#closed) this.#say("ok", "");
  }

  /** Waits, or until closed. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const check = setInterval(() => {
        if (this.#closed || performance.now() >= endMs) {
          clearInterval(check);
          resolve();
        }
      }, 50);
      const endMs = performance.now() + ms;
    });
  }
}

/** Ends a connection, which may have ended by itself. */
function drop(client: Client): void {
  try {
    client.destroy();
  } catch { /* it is closed already */ }
}

/** What `work` gives. @throws when it takes longer: the server may take the connection and say nothing. */
async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("it does not answer")), limitMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
