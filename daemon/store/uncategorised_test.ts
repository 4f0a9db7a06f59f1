/** Which time no rule knows. */
import assert from "node:assert/strict";
import { createClassifier } from "../core/classify.ts";
import type { Rule } from "../core/rules.ts";
import type { Subject } from "../core/types.ts";
import { temporaryStore } from "./testing.ts";

const T0 = Date.UTC(2026, 0, 14, 9);
const MIN = 60_000;
const ALL = { startMs: 0, endMs: T0 * 2 };

const ZORG = { app: "Zorgblatt", title: "blue shed" };
const ZORG_RED = { app: "Zorgblatt", title: "red shed" };
const PAGE = {
  app: "firefox",
  title: "A page — Mozilla Firefox",
  url: "https://www.shed.example/1",
};
const OTHER_PAGE = { ...PAGE, title: "Another — Mozilla Firefox", url: "https://shed.example/2" };
const KNOWN = { app: "Code", title: "main.ts" };
const MUSIC = { app: "spotify", title: "A song" };

async function storeWith(pieces: readonly (readonly [Subject, number])[]) {
  const { classify } = await createClassifier([]);
  const t = temporaryStore({ judge: { version: "default", classify } });
  let startMs = T0;
  const events = pieces.map(([subject, minutes]) => {
    const event = { startMs, endMs: startMs + minutes * MIN, source: "window" as const, subject };
    startMs = event.endMs;
    return event;
  });
  await t.store.import([
    ...events,
    { startMs, endMs: startMs + 7 * MIN, source: "afk", subject: {} },
    {
      ...{ startMs: startMs + 7 * MIN, endMs: startMs + 9 * MIN, source: "manual" as const },
      ...{ subject: { title: "by hand" }, byHand: { class: "neutral" as const } },
    },
  ]);
  return t;
}

const PIECES = [[ZORG, 10], [ZORG_RED, 20], [PAGE, 5], [OTHER_PAGE, 6], [KNOWN, 40], [
  MUSIC,
  3,
]] as const;

Deno.test("uncategorised() has what neither the pack nor the user's rules know, most first", async () => {
  await using t = await storeWith(PIECES);
  const ask = (rules: readonly Rule[], by: "title" | "place" = "title") =>
    t.store.reader.call("uncategorised", rules, { span: ALL, by, limit: 50 });
  const all = await ask([]);
  assert.equal(all.ms, 41 * MIN);
  assert.equal(all.activeMs, 86 * MIN);
  assert.deepEqual(all.top.map(({ title, ms }) => [title, ms / MIN]), [
    ["red shed", 20],
    ["blue shed", 10],
    ["Another — Mozilla Firefox", 6],
    ["A page — Mozilla Firefox", 5],
  ]);
  const places = await ask([], "place");
  assert.deepEqual(
    places.top.map(({ app, host, subjects, ms }) => [app, host, subjects, ms / MIN]),
    [
      ["Zorgblatt", undefined, 2, 30],
      ["firefox", "shed.example", 2, 11],
    ],
  );
  // A rule that says "neutral" has a word for it.
  const said = await ask([{ match: "title", exact: "red shed", class: "neutral" }]);
  assert.equal(said.ms, 21 * MIN);
});

Deno.test("uncategorised() keeps to its span and its limit", async () => {
  await using t = await storeWith(PIECES);
  const question = { by: "title" as const, limit: 1 };
  const all = await t.store.reader.call("uncategorised", [], { ...question, span: ALL });
  assert.deepEqual([all.items, all.top.length], [4, 1]);
  const span = { startMs: T0, endMs: T0 + 15 * MIN };
  const quarter = await t.store.reader.call("uncategorised", [], { ...question, span });
  assert.deepEqual([quarter.ms, quarter.activeMs], [15 * MIN, 15 * MIN]);
});
