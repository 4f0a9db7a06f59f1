/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { formatClock } from "../format.ts";
import type { WireMessage } from "../wire.ts";
import { toldWords } from "./told_words.ts";

const NEXT = "2026-11-26T14:35:00.000Z";

Deno.test("toldWords() says what became of a message, whatever the daemon says of it", () => {
  const said = (part: Partial<WireMessage>) =>
    toldWords({
      ...{ id: 1, channel: "email", topic: "focus 7", recipient: "a@b.test", tries: 1 },
      ...{ created: NEXT, changed: NEXT, state: "sent", next_try: null, error: null },
      ...part,
    });
  const cases: [Partial<WireMessage>, string][] = [
    [{}, "Sent to a@b.test"],
    // What it said at an earlier try does not matter any more.
    [{ error: "451 greylisted" }, "Sent to a@b.test"],
    [{ state: "sending" }, "Sending to a@b.test…"],
    [
      { state: "waiting", error: "451 greylisted.", next_try: NEXT },
      `Waiting for a@b.test: 451 greylisted; the daemon tries again at ${formatClock(NEXT)}`,
    ],
    [{ state: "waiting" }, "Waiting for a@b.test; the daemon tries again"],
    [{ state: "failed", error: "550 no such user" }, "Not sent to a@b.test: 550 no such user"],
    [{ state: "failed" }, "Not sent to a@b.test"],
    [
      { state: "unknown", error: "no answer" },
      "Perhaps sent to a@b.test, and not sent again: no answer",
    ],
    [{ state: "of a later version" as "sent" }, "Not sent to a@b.test"],
  ];
  for (const [part, words] of cases) assert.equal(said(part), words);
});
