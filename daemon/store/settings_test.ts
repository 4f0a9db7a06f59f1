import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { Settings } from "./settings.ts";

Deno.test("settings are what was set last; what cannot be read any more is not set", async () => {
  using db = new DatabaseSync(":memory:");
  db.exec("CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
  const settings = new Settings({
    read: (work) => work(db),
    write: (work) => Promise.resolve(work(db)),
  });
  assert.equal(settings.get("loop"), undefined);
  await settings.set("loop", { isOn: true });
  await settings.set("loop", { isOn: false });
  assert.deepEqual(settings.get("loop"), { isOn: false });
  db.exec("UPDATE setting SET value = '{broken'");
  assert.equal(settings.get("loop"), undefined);
  await settings.set("loop", null);
  assert.equal(settings.get("loop"), null);
});
