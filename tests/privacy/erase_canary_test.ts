/** Erased is erased: words that were planted everywhere are searched for in the bytes of all files. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { WireErasurePreview, WireErasures } from "../../daemon/api/erasure.ts";
import { scan, stored } from "../../daemon/store/testing.ts";
import { startDaemon } from "../daemon_process.ts";
import { traces } from "./canaries.ts";
import { jsonPost, postErasure, settledErasure } from "./erase_requests.ts";
import { FIRST_MS, makeDataDir } from "./erase_stage.ts";

const WORD = "zebrafinch";

function assertSound(path: string): void {
  const db = new DatabaseSync(path, { readOnly: true });
  assert.deepEqual(db.prepare("PRAGMA integrity_check").get()?.integrity_check, "ok");
  assert.deepEqual(stored(db), scan(db));
  db.close();
}

Deno.test("what texts name is in no file any more: database, WAL, copies of older versions, set aside", async () => {
  const dir = makeDataDir(WORD);
  const elsewhere = await Deno.makeTempDir({ prefix: "prodtracker-elsewhere-" });
  const left = traces();
  left.folder(dir);
  const daemon = await startDaemon(["--no-track"], { dataDir: dir });
  try {
    const path = join(elsewhere, "mine.db");
    const copied = await daemon.fetch("/backup", jsonPost({ path }));
    assert.equal(copied.status, 200);
    await copied.body?.cancel();
    const files = left.find(WORD).map((found) => found.slice(dir.length + 1)).sort();
    for (const file of ["prodtracker.db", "prodtracker.db.new", "prodtracker.db.part"]) {
      assert.ok(files.includes(file), `${file} of ${files}`);
    }
    assert.equal(files.filter((file) => file.startsWith("backups/")).length, 2);
    const wish = { title: WORD, regex: true };
    const preview = await postErasure<WireErasurePreview>(daemon, { ...wish, dry_run: true });
    assert.deepEqual(
      { events: preview.events, hours: preview.hours, messages: preview.messages },
      { events: 100, hours: 25, messages: 1 },
    );
    assert.equal(preview.copies.length, 2);
    assert.equal(preview.set_aside.length, 4);
    assert.deepEqual(preview.not_reached.map(({ path, there }) => ({ path, there })), [
      { path, there: true },
    ]);
    assert.equal(left.find(WORD).length, files.length);
    const begun = await postErasure(daemon, wish);
    const done = await settledErasure(daemon, begun.id);
    assert.deepEqual({ ...done, asked: "", done: "" }, {
      ...{ id: begun.id, asked: "", done: "", events: 100 },
      pending: [],
    });
    // Heartbeats name it by the program, not by a title.
    const beats = await postErasure(daemon, { app: WORD, regex: true });
    await settledErasure(daemon, beats.id);
    assert.deepEqual(left.find(WORD), []);
    const { not_reached } = await daemon.get<WireErasures>("/erasures");
    assert.equal(not_reached[0].path, path);
    const health = await daemon.get<{ parts: { name: string }[] }>("/health");
    assert.ok(!health.parts.some(({ name }) => name === "erasing"), "what went well is not told");
    assert.equal(daemon.stderr().includes(WORD), false);
  } finally {
    await daemon.stop();
  }
  try {
    assert.deepEqual(left.find(WORD), []);
    assertSound(join(dir, "prodtracker.db"));
    const copies = [...Deno.readDirSync(join(dir, "backups"))].map(({ name }) => name);
    assert.equal(copies.length, 2);
    for (const name of copies) {
      assertSound(join(dir, "backups", name));
      const db = new DatabaseSync(join(dir, "backups", name), { readOnly: true });
      assert.equal(db.prepare("SELECT count(*) AS n FROM event").get()?.n, 300);
      db.close();
    }
  } finally {
    await Deno.remove(dir, { recursive: true });
    await Deno.remove(elsewhere, { recursive: true });
  }
});

Deno.test("a time goes with its notes, edits, screenshots and heartbeats; then all does", async () => {
  const dir = makeDataDir(WORD);
  const left = traces();
  left.folder(dir);
  // Made anew by this version, and closed, so that more can be planted.
  await (await startDaemon(["--no-track"], { dataDir: dir })).stop();
  const picture = join(dir, "screenshots", "one.png");
  Deno.mkdirSync(join(dir, "screenshots"), { mode: 0o700 });
  Deno.writeTextFileSync(picture, `a picture of ${WORD}`);
  const db = new DatabaseSync(join(dir, "prodtracker.db"));
  db.exec(
    `INSERT INTO screenshot (at_ms, reason, monitor, width_px, height_px, bytes, sha256, file)
       VALUES (${FIRST_MS + 1}, 'noise', '', 1, 1, 1, x'00', 'one.png');
     INSERT INTO note (start_ms, text) VALUES (${FIRST_MS + 5}, 'about ${WORD}');
     INSERT INTO edit (at_ms, kind, start_ms, end_ms, request, removed, added) VALUES
       (1, 'add', ${FIRST_MS}, ${FIRST_MS + 9}, '{"title":"${WORD}"}', '[]', '[]')`,
  );
  db.close();
  const daemon = await startDaemon(["--no-track"], { dataDir: dir });
  try {
    const to = new Date(FIRST_MS + 1_800_000).toISOString();
    const begun = await postErasure(daemon, { to });
    const done = await settledErasure(daemon, begun.id);
    // Two windows, and what the phone had on in half an hour.
    assert.deepEqual({ events: done.events, pending: done.pending }, { events: 14, pending: [] });
    const files = left.find(WORD).map((found) => found.slice(dir.length + 1));
    assert.ok(!files.includes("screenshots/one.png"), String(files));
    const all = await postErasure(daemon, { all: true });
    await settledErasure(daemon, all.id);
    assert.deepEqual(left.find(WORD), []);
    assert.deepEqual(await daemon.get("/events/recent"), []);
    for (const wrong of [{}, { all: true, app: "x" }, { regex: true, to }, { to: "2001-01-01" }]) {
      const { status, body } = await daemon.fetch("/erasures", jsonPost(wrong));
      await body?.cancel();
      assert.ok(status === 400 || status === 422, `${JSON.stringify(wrong)}: ${status}`);
    }
  } finally {
    await daemon.stop();
    await Deno.remove(dir, { recursive: true });
  }
});
