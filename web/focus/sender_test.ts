/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { ApiError } from "../api.ts";
import type { WireFocusSession } from "../wire.ts";
import { type Batch, Ledger } from "./ledger.ts";
import { Sender, type Sending } from "./sender.ts";

/** A daemon that answers as told, and counts what it has taken. */
class Daemon {
  readonly taken: number[] = [];
  readonly said: Sending[] = [];
  answers: (number | "gone" | "lost answer")[] = [];

  readonly sender: Sender;

  constructor(readonly ledger: Ledger) {
    this.sender = new Sender({
      ledger,
      add: (batch) => this.#add(batch),
      onStored: () => {},
      onSending: (sending) => this.said.push(sending),
    });
  }

  // deno-lint-ignore require-await -- a failure is a rejection
  async #add({ sequence }: Batch): Promise<WireFocusSession> {
    const answer = this.answers.shift() ?? 200;
    if (answer === "gone") throw new TypeError("Failed to fetch");
    if (answer === "lost answer" || answer === 200) {
      if (!this.taken.includes(sequence)) this.taken.push(sequence);
      if (answer === "lost answer") throw new TypeError("Failed to fetch");
      return { id: 1 } as WireFocusSession;
    }
    throw new ApiError("no", answer, undefined);
  }
}

function ledgerOf(count: number): Ledger {
  const ledger = new Ledger();
  // A pause between any two makes each a batch of its own.
  for (let i = 0; i < count; i++) {
    ledger.add([{ startMs: i * 10_000, endMs: i * 10_000 + 1_000, state: "focused" }]);
  }
  return ledger;
}

Deno.test("Sender sends all in order, again what was not answered, and says so once", async () => {
  const daemon = new Daemon(ledgerOf(3));
  daemon.answers = [200, "lost answer", "gone", 503, 429, 200];
  for (let beat = 0; beat < 5; beat++) await daemon.sender.flush();
  assert.deepEqual(daemon.taken, [1, 2, 3]);
  assert.deepEqual(daemon.said, ["unreachable", "fine"]);
  assert.equal(daemon.ledger.isBehind, false);
});

Deno.test("Sender keeps everything while a token is wanted", async () => {
  const daemon = new Daemon(ledgerOf(1));
  daemon.answers = [401];
  await daemon.sender.flush();
  assert.deepEqual([daemon.said, daemon.ledger.isBehind], [["locked"], true]);
  await daemon.sender.flush();
  assert.deepEqual([daemon.said, daemon.taken], [["locked", "fine"], [1]]);
});

Deno.test("Sender stops at a session that takes nothing more, and passes over what is refused", async () => {
  const refused = new Daemon(ledgerOf(2));
  refused.answers = [422];
  await refused.sender.flush();
  // The number of what was refused is the next one's.
  assert.deepEqual(refused.taken, [1]);
  for (const status of [404, 409]) {
    const over = new Daemon(ledgerOf(2));
    over.answers = [status];
    await over.sender.flush();
    await over.sender.flush();
    assert.deepEqual([over.said, over.taken], [["over"], []]);
  }
});

Deno.test("Sender.flush() is one walk however often it is called at once", async () => {
  const daemon = new Daemon(ledgerOf(4));
  await Promise.all([daemon.sender.flush(), daemon.sender.flush(), daemon.sender.flush()]);
  assert.deepEqual(daemon.taken, [1, 2, 3, 4]);
});
