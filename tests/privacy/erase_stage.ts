/**
 * A data directory as an older version left it, with words in every place that holds texts.
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { APPLICATION_ID, MIGRATIONS } from "../../daemon/store/database.ts";

/** Version of the schema before erasing came. */
const OLD_VERSION = 5;

/** When the first event of {@linkcode makeOldDatabase} begins: 2026-01-31T09:00Z. */
export const FIRST_MS = Date.parse("2026-01-31T09:00:00Z");

/**
 * A database of version 5, written without secure_delete, with `word` in titles, addresses, heartbeats, steps of
 * the loop and a message that waits; and in the bytes of rows that were deleted and of a message that was sent.
 */
export function makeOldDatabase(path: string, word: string): void {
  const db = new DatabaseSync(path);
  db.exec("PRAGMA journal_mode = WAL; PRAGMA secure_delete = OFF");
  for (const migration of MIGRATIONS.slice(0, OLD_VERSION)) db.exec(migration);
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${OLD_VERSION}`);
  db.exec("BEGIN");
  const subject = db.prepare(
    "INSERT INTO subject (app, title, url, class, category, rules) VALUES (?, ?, ?, 'neutral', NULL, 'old')",
  );
  const event = db.prepare(
    "INSERT INTO event (source, device, subject_id, start_ms, end_ms, utc_offset_min) VALUES (?, ?, ?, ?, ?, 60)",
  );
  const timeline = db.prepare("INSERT INTO timeline VALUES (?, ?, ?, ?)");
  const bySubject = db.prepare("INSERT INTO rollup_subject VALUES (?, ?, ?)");
  const bySource = db.prepare("INSERT INTO rollup_source VALUES (?, 'window', '', ?, ?)");
  const byClass = db.prepare("INSERT INTO rollup_class VALUES (?, 0, 0, 900000, 0)");
  for (let i = 0; i < 400; i++) {
    const isMeant = i % 4 === 0;
    const title = isMeant
      ? `${word} ${i} ${"x".repeat(i % 90)}`
      : `other ${i} ${"y".repeat(i % 90)}`;
    const url = isMeant ? `https://${word}.example/${i}` : "";
    const id = Number(subject.run(`app${i % 5}`, title, url).lastInsertRowid);
    const startMs = FIRST_MS + i * 900_000, endMs = startMs + 900_000;
    const eventId = Number(event.run("window", "", id, startMs, endMs).lastInsertRowid);
    timeline.run(startMs, endMs, eventId, id);
    bySubject.run(startMs, id, 900_000);
    bySource.run(startMs, id, 900_000);
    byClass.run(startMs);
  }
  const beat = db.prepare(
    `INSERT INTO phone_heartbeat (device, at_ms, received_ms, screen_on, app, extra, digest)
     VALUES ('pixel', ?, ?, 1, ?, ?, ?)`,
  );
  db.exec("INSERT INTO phone_device VALUES ('pixel', 'Pixel', '0123456789abcdef', 0, 1, NULL)");
  for (let i = 0; i < 200; i++) {
    const atMs = FIRST_MS + i * 60_000;
    const app = i % 5 === 0 ? `com.${word}.app` : "com.other.app";
    const digest = new Uint8Array(16).fill(i);
    beat.run(atMs, atMs, app, i % 5 === 0 ? `{"about":"${word}"}` : null, digest);
  }
  const step = db.prepare(
    "INSERT INTO loop_step (at_ms, rule, step, outcome, explanation) VALUES (?, 'noise', 'nudge', 'taken', ?)",
  );
  step.run(FIRST_MS + 910_000, `12 of 15 minutes on ${word}.example`);
  const message = db.prepare(
    `INSERT INTO message (channel, topic, recipient, created_ms, state, tries, next_ms, changed_ms, content)
     VALUES ('sms', ?, '+1', ?, ?, 0, ?, 1, ?)`,
  );
  const lateMs = FIRST_MS + 400 * 900_000;
  message.run("day 1", lateMs, "waiting", 4e12, JSON.stringify({ text: `${word}: 3 h` }));
  message.run("day 2", lateMs, "waiting", 4e12, JSON.stringify({ text: word.repeat(2_000) }));
  db.exec("COMMIT");
  // What was deleted and forgotten then is still in the file.
  db.exec(
    `UPDATE message SET state = 'sent', next_ms = NULL, content = NULL WHERE topic = 'day 2';
     CREATE TABLE gone (text TEXT)`,
  );
  db.prepare("INSERT INTO gone VALUES (?)").run(word.repeat(3_000));
  db.exec("DROP TABLE gone; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
  db.close();
}

/** The directory: the database, a daily copy, a damaged one that was set aside with its company, a screenshot. */
export function makeDataDir(word: string): string {
  const dir = Deno.makeTempDirSync({ prefix: "prodtracker-erase-" });
  const database = join(dir, "prodtracker.db");
  makeOldDatabase(database, word);
  Deno.mkdirSync(join(dir, "backups"), { mode: 0o700 });
  for (const day of ["01", "02"]) {
    Deno.copyFileSync(
      database,
      join(dir, "backups", `prodtracker-2026-03-${day}T10-00-00-000Z.db`),
    );
  }
  for (const beside of [".damaged-2026-03-01T10-00-00-000Z", ".part", ".new"]) {
    Deno.writeTextFileSync(database + beside, `what was ${word}`);
  }
  Deno.writeTextFileSync(`${database}.damaged-2026-03-01T10-00-00-000Z-wal`, `and ${word}`);
  return dir;
}
