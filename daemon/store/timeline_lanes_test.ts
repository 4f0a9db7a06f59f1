import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { unionSpans } from "../core/spans.ts";
import { type TimelineLanes, timelineLanes } from "./timeline_lanes.ts";
import { temporaryStore } from "./testing.ts";

/** 2026-11-01T00:00:00Z */
const BASE_MS = 1_793_491_200_000, MINUTE_MS = 60_000;

const events = fc.array(
  fc.record({
    source: fc.constantFrom(
      ...["window", "window", "window", "phone", "afk", "manual"] as const,
    ),
    device: fc.constantFrom("one", "two"),
    app: fc.constantFrom("s1", "s2", "n1", "n2", "u"),
    atMin: fc.integer({ min: 0, max: 600 }),
    lengthMin: fc.integer({ min: 1, max: 40 }),
  }),
  { maxLength: 40 },
);
const ranges = fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 40 })).map(([at, length]) => ({
  startMs: BASE_MS + at * 15 * MINUTE_MS + 7_000,
  endMs: BASE_MS + (at + length) * 15 * MINUTE_MS + 3_000,
}));

const lengthOf = (spans: readonly { startMs: number; endMs: number }[]) =>
  spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
const timeOf = (pieces: TimelineLanes["window"]) => pieces.reduce((sum, { ms }) => sum + ms, 0);

Deno.test("timelineLanes() has all the time that counts, and what phones told, in as many pieces as wanted", async () => {
  await fc.assert(
    fc.asyncProperty(events, ranges, fc.integer({ min: 1, max: 30 }), async (all, range, limit) => {
      await using temporary = temporaryStore();
      const given = all.map(({ source, device, app, atMin, lengthMin }) => ({
        source,
        device: source === "phone" ? device : "",
        startMs: BASE_MS + atMin * MINUTE_MS,
        endMs: BASE_MS + (atMin + lengthMin) * MINUTE_MS,
        subject: source === "afk" ? {} : { app },
        ...(source === "manual" && { byHand: { class: "neutral" as const } }),
      }));
      await temporary.store.import(given);
      using db = new DatabaseSync(temporary.path, { readOnly: true });
      const lanes = timelineLanes(db, range, limit, range.endMs);

      const ofPhones = db.prepare(
        `SELECT coalesce(sum(min(t.end_ms, :endMs) - max(t.start_ms, :startMs)), 0) AS ms FROM timeline t
         JOIN event e ON e.id = t.event_id
         WHERE e.source = 'phone' AND t.end_ms > :startMs AND t.start_ms < :endMs`,
      ).get({ ...range }) as { ms: number };
      const { signalMs, noiseMs, neutralMs, afkMs } = temporary.store.totals(range);
      assert.equal(timeOf(lanes.afk), afkMs);
      assert.equal(timeOf(lanes.window) + ofPhones.ms, signalMs + noiseMs + neutralMs);
      for (const device of ["one", "two"]) {
        const told = given.filter((event) => event.source === "phone" && event.device === device)
          .map(({ startMs, endMs }) => ({
            startMs: Math.max(startMs, range.startMs),
            endMs: Math.min(endMs, range.endMs),
          }));
        const pieces = lanes.phones.find((lane) => lane.device === device)?.pieces ?? [];
        assert.equal(timeOf(pieces), lengthOf(unionSpans(told)));
      }
      const ids = new Set(lanes.items.map(({ id }) => id));
      for (const lane of [lanes.window, lanes.afk, ...lanes.phones.map((phone) => phone.pieces)]) {
        assert.ok(lane.length <= 3 * limit + 1);
        for (const [i, piece] of lane.entries()) {
          assert.ok(piece.startMs >= (i === 0 ? range.startMs : lane[i - 1].endMs));
          assert.ok(piece.endMs <= range.endMs);
          assert.ok(piece.kind === "afk" || ids.has(piece.of));
        }
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("timelineLanes() has sessions by what the camera saw, and blocks until now", async () => {
  await using temporary = temporaryStore();
  const { store } = temporary;
  const { begun: { id } } = await store.focus.begin({
    ...{ source: "browser", camera: "cam", startMs: BASE_MS },
  });
  await store.focus.append(id, 1, () => [
    { startMs: BASE_MS, endMs: BASE_MS + 50_000, state: "focused" },
    { startMs: BASE_MS + 50_000, endMs: BASE_MS + 60_000, state: "no_face" },
  ]);
  using db = new DatabaseSync(temporary.path);
  const insert = db.prepare(
    `INSERT INTO block (actor, start_ms, end_ms, strict, lists, domains, name_count, length_ms,
       elapsed_ms, seen_wall_ms, seen_up_ms, ended_ms, ended)
     VALUES ('user', ?, ?, 1, '["social"]', '[]', 3, 1000, 0, 0, 0, ?, ?)`,
  );
  insert.run(BASE_MS - 60_000, BASE_MS + 60_000, BASE_MS + 20_000, "user");
  insert.run(BASE_MS + 20_000, BASE_MS + 30_000, BASE_MS + 20_000, "failed");
  insert.run(BASE_MS + 30_000, BASE_MS + 3_600_000, null, null);
  const range = { startMs: BASE_MS, endMs: BASE_MS + 86_400_000 };
  const lanes = timelineLanes(db, range, 100, BASE_MS + 90_000);
  assert.deepEqual(
    lanes.focus.map(({ startMs, kind, of, ms }) => [startMs - BASE_MS, kind, of, ms]),
    [
      [0, "focused", id, 50_000],
      [50_000, "no_face", id, 10_000],
    ],
  );
  assert.deepEqual(
    lanes.blocks.map(({ startMs, endMs, lists }) => [startMs - BASE_MS, endMs - BASE_MS, lists]),
    [[0, 20_000, ["social"]], [30_000, 90_000, ["social"]]],
  );
});

Deno.test("timelineLanes() cuts long texts, and names a window by its address when it has no title", async () => {
  await using temporary = temporaryStore();
  await temporary.store.import([
    {
      source: "window",
      startMs: BASE_MS,
      endMs: BASE_MS + 1_000,
      subject: { app: "s", title: "x".repeat(9_000) },
    },
    {
      source: "window",
      startMs: BASE_MS + 1_000,
      endMs: BASE_MS + 2_000,
      subject: { url: "https://a.example/" },
    },
  ]);
  using db = new DatabaseSync(temporary.path, { readOnly: true });
  const { items } = timelineLanes(db, { startMs: BASE_MS, endMs: BASE_MS + 5_000 }, 10, BASE_MS);
  assert.deepEqual(items.map(({ app, title }) => [app, title]), [
    ["s", "x".repeat(300)],
    [undefined, "https://a.example/"],
  ]);
});

Deno.test("timelineLanes() has a lane for each of two phones that have one name", async () => {
  await using temporary = temporaryStore();
  await temporary.store.import(["a1", "b2"].map((device, index) => ({
    ...{ source: "phone" as const, device, startMs: BASE_MS, endMs: BASE_MS + MINUTE_MS },
    subject: { app: `app${index}` },
  })));
  using db = new DatabaseSync(temporary.path);
  const named = db.prepare(
    "INSERT INTO phone_device (id, name, secret, bearer, paired_ms) VALUES (?, 'Pixel', '', 0, 0)",
  );
  for (const id of ["a1", "b2"]) named.run(id);
  const range = { startMs: BASE_MS, endMs: BASE_MS + 60 * MINUTE_MS };
  const { phones } = timelineLanes(db, range, 100, range.endMs);
  assert.deepEqual(phones.map(({ device }) => device), ["Pixel a1", "Pixel b2"]);
});
