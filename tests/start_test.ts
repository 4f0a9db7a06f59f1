/** Starts that find something to do first. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { startDaemon, waitFor } from "./daemon_process.ts";

interface Health {
  readonly parts: { readonly name: string; readonly status: string; readonly detail: string }[];
}

const LINE = JSON.stringify({
  start: "2026-01-31T10:00:00Z",
  end: "2026-01-31T10:10:00Z",
  source: "window",
  app: "Code",
  title: "main.ts",
});

Deno.test("serve starts on a database whose header is gone, from the newest copy, and says so", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "prodtracker-start-" });
  const daemon = await startDaemon(["--no-track"], { dataDir });
  await daemon.fetch("/import", { method: "POST", body: LINE }).then((r) => r.json());
  const { path } = await daemon.fetch("/backup", { method: "POST" }).then((r) => r.json());
  await daemon.stop();
  const file = join(dataDir, "prodtracker.db");
  const bytes = await Deno.readFile(file);
  await Deno.writeFile(file, bytes.fill(0, 0, 100));

  const again = await startDaemon(["--no-track"], { dataDir });
  const { parts } = await again.get<Health>("/health");
  const store = parts.find((part) => part.name === "store");
  assert.equal(store?.status, "degraded");
  assert.ok(store.detail.includes(path), store.detail);
  const [event] = await again.get<{ title: string }[]>("/events/recent");
  assert.equal(event.title, "main.ts");
  await again.stop();
  await Deno.remove(dataDir, { recursive: true });
});

Deno.test("serve judges the past again when it was judged by other rules, while it serves", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "prodtracker-start-" });
  const daemon = await startDaemon(["--no-track"], { dataDir });
  await daemon.fetch("/import", { method: "POST", body: LINE }).then((r) => r.json());
  await daemon.stop();
  const db = new DatabaseSync(join(dataDir, "prodtracker.db"));
  db.exec(`UPDATE subject SET rules = 'of an older version', class = 'neutral' WHERE id > 0;
    UPDATE rollup_class SET neutral_ms = signal_ms, signal_ms = 0`);
  db.close();

  const again = await startDaemon(["--no-track"], { dataDir });
  const day = await waitFor(async () => {
    const day = await again.get<{ signal_seconds: number }>("/activity/day?date=2026-01-31");
    return day.signal_seconds > 0 ? day : undefined;
  });
  assert.equal(day.signal_seconds, 600);
  await again.stop();
  await Deno.remove(dataDir, { recursive: true });
});
