import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UnavailableError } from "../core/errors.ts";
import { CommitQueue } from "./commit_queue.ts";

function queue() {
  const dir = Deno.makeTempDirSync({ prefix: "prodtracker-queue-" });
  const db = new DatabaseSync(join(dir, "q.db"));
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT`);
  let rollbacks = 0;
  const made = new CommitQueue(db, () => rollbacks++);
  const insert = db.prepare("INSERT INTO t VALUES (?, ?)");
  return {
    db,
    queue: made,
    rollbacks: () => rollbacks,
    add: (n: number, text = "x") => made.run(() => Number(insert.run(n, text).lastInsertRowid)),
    count: () => (db.prepare("SELECT count(*) AS n FROM t").get() as { n: number }).n,
    [Symbol.dispose]() {
      db.close();
      Deno.removeSync(dir, { recursive: true });
    },
  };
}

Deno.test("CommitQueue: 16 writers share one commit, and the poisoned one fails alone", async () => {
  using q = queue();
  const answers = await Promise.allSettled(
    Array.from({ length: 16 }, (_, i) => q.add(i === 7 ? 3 : i)),
  );
  answers.forEach((answer, i) => {
    if (i === 7) {
      assert.equal(answer.status, "rejected");
      assert.match(String(answer.reason), /UNIQUE constraint failed/);
    } else assert.deepEqual(answer, { status: "fulfilled", value: i });
  });
  assert.equal(q.queue.commits, 1);
  assert.equal(q.rollbacks(), 1);
  assert.equal(q.count(), 15);
});

Deno.test("CommitQueue: a full database fails everyone in that commit, saves nothing, and recovers", async () => {
  using q = queue();
  await q.add(0);
  q.db.exec("PRAGMA max_page_count = 4");
  const answers = await Promise.allSettled(
    Array.from({ length: 16 }, (_, i) => q.add(i + 1, i === 9 ? "y".repeat(100_000) : "x")),
  );
  for (const answer of answers) {
    assert.ok(answer.status === "rejected" && answer.reason instanceof UnavailableError);
    assert.match(answer.reason.message, /the disk is full/);
  }
  assert.equal(q.count(), 1);
  q.db.exec("PRAGMA max_page_count = 1000000");
  assert.equal(await q.add(99), 99);
  assert.equal(q.count(), 2);
});

Deno.test("CommitQueue: nobody is answered before the commit", async () => {
  using q = queue();
  const other = new DatabaseSync(q.db.location()!, { readOnly: true });
  const seen = await q.add(5).then(() => other.prepare("SELECT count(*) AS n FROM t").get());
  assert.deepEqual({ ...seen }, { n: 1 });
  other.close();
});

Deno.test("CommitQueue.close() commits what waits and refuses what comes later", async () => {
  using q = queue();
  const waiting = q.add(1);
  q.queue.close();
  assert.equal(await waiting, 1);
  await assert.rejects(q.add(2), UnavailableError);
});
