import assert from "node:assert/strict";
import fc from "fast-check";
import { createTally, type FocusSpan, tally, totalsOf } from "../daemon/core/focus.ts";
import { FOCUS_STATES, type FocusRecord } from "../daemon/core/focus_session.ts";
import { judgeBatch } from "../daemon/focus/batch.ts";
import { Client } from "./client.ts";
import { FocusKeeper } from "./focus_keeper.ts";

const T0 = 1_793_491_500_000;

/** A daemon that judges batches as the real one does, and fails as it is told to. */
class Daemon {
  stored: FocusSpan[] = [];
  /** What happens to the next requests: "deaf" takes the request and loses the answer. */
  faults: ("down" | "deaf" | "busy" | "ok")[] = [];
  #counted = createTally();
  #record: FocusRecord = {
    ...{ id: 7, source: "terminal", camera: "", startMs: T0, endMs: T0, how: "running" },
    ...{ sequence: 0, totals: this.#counted.totals, state: undefined },
  };

  client(): Client {
    return new Client(undefined, (path, init) => this.#answer(path, init), ended());
  }

  // deno-lint-ignore require-await -- a transport is asynchronous
  async #answer(path: string, init: RequestInit): Promise<Response> {
    const fault = this.faults.shift() ?? "ok";
    if (fault === "down") throw new Error("connection refused");
    if (fault === "busy") return refusal(503, "the disk is full");
    const { status, body } = this.#serve(path, JSON.parse(init.body as string));
    if (fault === "deaf") throw new Error("connection reset");
    return status === 200 ? Response.json(body) : refusal(status, String(body));
  }

  // deno-lint-ignore no-explicit-any -- bodies of several requests
  #serve(path: string, body: any): { status: number; body: unknown } {
    if (path === "/focus/sessions") {
      return { status: 200, body: { id: 7, start: new Date(T0).toISOString(), calibration: null } };
    }
    if (path.endsWith("/end")) {
      this.#record = { ...this.#record, how: "ended" };
      return { status: 200, body: { session: { id: 7 } } };
    }
    const batch = { ...body, startMs: Date.parse(body.start) };
    const spans = judgeBatch(this.#record, batch, { nowMs: T0 + 1e9, newestId: 7 });
    if (spans instanceof Error) return { status: 409, body: spans.message };
    if (spans === "known") return { status: 200, body: { sequence: this.#record.sequence } };
    for (const span of spans) this.#counted = tally(this.#counted, span);
    this.stored.push(...spans);
    this.#record = { ...this.#record, sequence: batch.sequence, endMs: spans.at(-1)!.endMs };
    return { status: 200, body: { sequence: batch.sequence } };
  }

  get ended(): boolean {
    return this.#record.how === "ended";
  }

  end(): void {
    this.#record = { ...this.#record, how: "ended" };
  }
}

function ended(): AbortSignal {
  return new AbortController().signal;
}

function refusal(status: number, message: string): Response {
  return Response.json({ error: { code: "x", message } }, { status });
}

function keeperOf(daemon: Daemon): FocusKeeper {
  const client = () => Promise.resolve(daemon.client());
  return new FocusKeeper(daemon.client(), { running: client, last: client });
}

Deno.test("FocusKeeper brings every span home once, whatever goes wrong on the way", async () => {
  const fault = fc.constantFrom("down", "deaf", "busy", "ok");
  const span = fc.record({
    state: fc.constantFrom(...FOCUS_STATES),
    ms: fc.integer({ min: 1, max: 5_000 }),
    pauseMs: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 9_000 })),
  });
  const step = fc.record({
    spans: fc.array(span, { maxLength: 6 }),
    faults: fc.array(fault, { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const daemon = new Daemon();
      const keeper = keeperOf(daemon);
      await keeper.begin({ source: "terminal", camera: "" });
      const all: FocusSpan[] = [];
      let atMs = T0;
      for (const { spans, faults } of steps) {
        daemon.faults = faults;
        const added = spans.map(({ state, ms, pauseMs }) => {
          const startMs = atMs + pauseMs;
          atMs = startMs + ms;
          return { startMs, endMs: atMs, state };
        });
        all.push(...added);
        keeper.add(added);
        await keeper.flush();
      }
      daemon.faults = [];
      await keeper.end();
      assert.equal(keeper.refusal, undefined);
      assert.ok(daemon.ended);
      assert.deepEqual(totalsOf(daemon.stored), totalsOf(all));
    }),
    { numRuns: 200 },
  );
});

Deno.test("FocusKeeper stops when the daemon does not want the session any more", async () => {
  const daemon = new Daemon();
  const keeper = keeperOf(daemon);
  await keeper.begin({ source: "terminal", camera: "" });
  daemon.end();
  keeper.add([{ startMs: T0, endMs: T0 + 5_000, state: "focused" }]);
  await keeper.flush();
  assert.match(keeper.refusal!.message, /it has ended$/);
  assert.deepEqual(await keeper.end(), { id: 7 });
  assert.deepEqual(daemon.stored, []);
});
