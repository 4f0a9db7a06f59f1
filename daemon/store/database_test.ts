import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { configureLog } from "../os/log.ts";
import { APPLICATION_ID, MIGRATIONS, openWriter } from "./database.ts";

Deno.test("openWriter() says that it brings a database up, once, and keeps what is in it", () => {
  const dir = Deno.makeTempDirSync({ prefix: "prodtracker-migration-" });
  const lines: string[] = [];
  configureLog("warning", (line) => lines.push(line));
  try {
    const path = `${dir}/prodtracker.db`;
    const old = new DatabaseSync(path);
    for (const step of MIGRATIONS.slice(0, 5)) old.exec(step);
    old.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 5;
      INSERT INTO subject VALUES (1, 'Code', 'a', '', 'signal', NULL, 'v');
      INSERT INTO event VALUES (7, 'window', '', 1, 1000, 2000, 60), (9, 'afk', '', 0, 1500, 2500, 60)`);
    const events = old.prepare("SELECT * FROM event").all().map((row) => ({ ...row }));
    old.close();
    for (let start = 0; start < 2; start++) {
      const db = openWriter(path);
      const kept = db.prepare("SELECT * FROM event").all();
      assert.deepEqual(kept.map((row) => ({ ...row })), events.map((e) => ({ ...e, whole_id: 0 })));
      assert.equal(db.prepare("SELECT by_hand FROM subject WHERE id = 1").get()?.by_hand, 0);
      db.close();
    }
    assert.equal(lines.length, 1);
    assert.match(lines[0], /brought to this version.* from=5 to=\d+/);
  } finally {
    configureLog();
    Deno.removeSync(dir, { recursive: true });
  }
});
