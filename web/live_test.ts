/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { backoffMs, type Connection, type LiveOptions, startLive } from "./live.ts";

/** A stand-in for the daemon's stream: each try takes the next answer, then hangs. */
class Script {
  readonly seen: string[] = [];
  #waiting: { count: number; resolve: () => void }[] = [];
  controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;

  constructor(private readonly answers: ("refuse" | "stream" | "unauthorized" | "silent")[]) {}

  options(extra: Partial<LiveOptions> = {}): LiveOptions {
    return {
      open: (signal) => this.#open(signal),
      onLive: () => this.#note("catch up"),
      onMessage: (name) => this.#note(name),
      onConnection: (connection: Connection) => this.#note(connection),
      backoffMs: () => 0,
      ...extra,
    };
  }

  say(name: string): void {
    this.controller?.enqueue(new TextEncoder().encode(`event: ${name}\ndata: {}\n\n`));
  }

  /** Waits until `count` things have been seen. */
  async until(count: number): Promise<string[]> {
    if (this.seen.length < count) {
      await new Promise<void>((resolve) => this.#waiting.push({ count, resolve }));
    }
    return this.seen;
  }

  #note(text: string): void {
    this.seen.push(text);
    for (const { count, resolve } of this.#waiting) if (this.seen.length >= count) resolve();
  }

  #open(signal: AbortSignal): Promise<Response> {
    const answer = this.answers.shift();
    this.#note(answer ?? "hang");
    if (answer === "refuse") return Promise.reject(new TypeError("refused"));
    if (answer === "unauthorized") return Promise.resolve(new Response(null, { status: 401 }));
    if (answer === undefined) {
      return new Promise((_, reject) => signal.addEventListener("abort", reject));
    }
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => {
        this.controller = controller;
        signal.addEventListener("abort", () => controller.error(signal.reason));
      },
    });
    if (answer === "stream") this.say("state");
    return Promise.resolve(new Response(body));
  }
}

Deno.test("startLive() is reconnecting at first, offline after three tries, and reads up when it is live", async () => {
  const script = new Script(["refuse", "refuse", "refuse", "stream"]);
  const live = startLive(script.options());
  assert.deepEqual(await script.until(10), [
    "refuse",
    "reconnecting",
    "refuse",
    "reconnecting",
    "refuse",
    "offline",
    "stream",
    "live",
    "catch up",
    "state",
  ]);
  live.pause();
});

Deno.test("startLive() reads up again after the daemon hung up", async () => {
  const script = new Script(["stream", "stream"]);
  const live = startLive(script.options());
  await script.until(4);
  script.controller?.close();
  assert.deepEqual((await script.until(9)).slice(4), [
    "reconnecting",
    "stream",
    "live",
    "catch up",
    "state",
  ]);
  live.pause();
});

Deno.test("startLive() takes a silent stream for dead", async () => {
  const script = new Script(["silent"]);
  const live = startLive(script.options({ silenceLimitMs: 5 }));
  // The script's next try hangs for ever; only the timer of the silent one may end here.
  assert.deepEqual((await script.until(3)).slice(0, 3), ["silent", "reconnecting", "hang"]);
  live.pause();
});

Deno.test("startLive() waits for retry() when a token is wanted, instead of knocking on", async () => {
  const script = new Script(["unauthorized", "stream"]);
  const live = startLive(script.options());
  await script.until(2);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(script.seen, ["unauthorized", "locked"]);
  live.retry();
  assert.deepEqual((await script.until(6)).slice(2), ["stream", "live", "catch up", "state"]);
  live.pause();
});

Deno.test("startLive() closes on pause() and comes back on retry() without a word of a lost daemon", async () => {
  const script = new Script(["stream", "stream"]);
  const live = startLive(script.options());
  await script.until(4);
  live.pause();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(script.seen.length, 4);
  live.retry();
  assert.deepEqual((await script.until(8)).slice(4), ["stream", "live", "catch up", "state"]);
  live.pause();
});

Deno.test("startLive() says that it is not back yet when that takes long", async () => {
  const script = new Script(["stream"]);
  const live = startLive(script.options({ slowMs: 5 }));
  await script.until(4);
  live.retry();
  // The next try hangs: nothing fails, and nothing is live.
  assert.deepEqual((await script.until(6)).slice(4), ["hang", "reconnecting"]);
  live.pause();
});

Deno.test("backoffMs() grows from half a second to at most twelve", () => {
  const waits = [1, 2, 3, 4, 5, 6, 60].map(backoffMs);
  assert.ok(waits[0] >= 500 && waits[0] <= 600, `${waits[0]}`);
  for (const [i, wait] of waits.slice(1, 5).entries()) assert.ok(wait > waits[i], `${waits}`);
  assert.ok(waits.every((wait) => wait <= 12_000), `${waits}`);
});
