/**
 * Erasing a tenth of a million events, by time and by text, with writes beside it; the migration that made it
 * possible; and what secure_delete costs whoever records.
 */
import { join } from "node:path";
import type { WireErasure, WireErasures } from "../../daemon/api/erasure.ts";
import { openWriter } from "../../daemon/store/database.ts";
import { temporaryStore } from "../../daemon/store/testing.ts";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";
import { processFigures, quantile, report, sleep } from "./measure.ts";
import { makeDatabase } from "./million.ts";

const COUNT = 1_000_000;
const LENGTH_MS = 25_000;
const OLD_VERSION = 5;
const COPY = "prodtracker-2026-03-01T10-00-00-000Z.db";

const dataDir = Deno.makeTempDirSync({ prefix: "prodtracker-bench-" });
const database = join(dataDir, "prodtracker.db");
const endMs = Date.now();
await makeDatabase(database, COUNT, endMs, OLD_VERSION);
Deno.mkdirSync(join(dataDir, "backups"));
Deno.copyFileSync(database, join(dataDir, "backups", COPY));
{
  const startMs = performance.now();
  openWriter(database).close();
  report("migration of 1 M events to the newest schema", performance.now() - startMs, "ms");
}

let written = 0;
const daemon = await startDaemon(["--no-track"], { dataDir });
const idle = await writes(daemon, 400);
report("write p99, idle, 1 M events", quantile(idle, 0.99), "ms");
const tenthMs = endMs - COUNT * LENGTH_MS * 0.9;
await erased("a tenth by time, first time", { to: new Date(tenthMs).toISOString() });
// Every eleventh subject, of all times.
await erased("a tenth by title", { title: "number [0-9]*[37]$", regex: true });
await erased("nothing", { title: "is not there" });
report("resident memory afterwards", processFigures(daemon.pid).residentMb, "MB");
await daemon.stop();
Deno.removeSync(dataDir, { recursive: true });
await secureDelete();

/** Erases, writing all the while; says how long each part took, and what writes felt. */
async function erased(name: string, wish: unknown): Promise<void> {
  let isDone = false;
  const samples = (async () => {
    const all: number[] = [];
    while (!isDone) all.push(...await writes(daemon, 10));
    return all;
  })();
  const startMs = performance.now();
  const response = await daemon.fetch("/erasures", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(wish),
  });
  const { id }: WireErasure = await response.json();
  let databaseMs = 0;
  while (true) {
    const { running, erasures } = await daemon.get<WireErasures>("/erasures");
    if (running?.phase !== "database" && databaseMs === 0) databaseMs = performance.now() - startMs;
    if (running?.id !== id) {
      const { events, pending } = erasures.find((each) => each.id === id)!;
      report(`${name}: events erased`, events, "events");
      if (pending.length > 0) throw new Error(JSON.stringify(pending));
      break;
    }
    await sleep(20);
  }
  report(`${name}: database`, databaseMs, "ms");
  report(`${name}: with one copy of all`, performance.now() - startMs, "ms");
  isDone = true;
  const felt = await samples;
  report(`${name}: write median meanwhile`, quantile(felt, 0.5), "ms");
  report(`${name}: write p99 meanwhile`, quantile(felt, 0.99), "ms");
  report(`${name}: slowest write meanwhile`, quantile(felt, 1), "ms");
}

/** Milliseconds from request to acknowledgement of one-event writes. */
async function writes(daemon: DaemonProcess, count: number): Promise<number[]> {
  const samples: number[] = [];
  for (let i = 0; i < count; i++) {
    const startMs = Date.parse("2001-01-01") + written++ * 60_000;
    const body = JSON.stringify({
      start: new Date(startMs).toISOString(),
      end: new Date(startMs + 1_000).toISOString(),
      ...{ source: "window", app: "bench", title: "write" },
    });
    const beganMs = performance.now();
    const response = await daemon.fetch("/import?format=jsonl", { method: "POST", body });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`A write was answered with ${response.status}`);
    samples.push(performance.now() - beganMs);
    await sleep(2);
  }
  return samples;
}

/** Recording with and without: growing events, and new ones of new subjects. */
async function secureDelete(): Promise<void> {
  const EVENTS = 20_000, AT_ONCE = 100;
  for (const setting of ["OFF", "ON", "OFF", "ON"]) {
    await using t = temporaryStore();
    await t.store.write((db) => db.exec(`PRAGMA secure_delete = ${setting}`));
    const startMs = performance.now();
    for (let at = 0; at < EVENTS; at += AT_ONCE) {
      await t.store.record(Array.from({ length: AT_ONCE }, (_, i) => {
        const beginMs = endMs + (at + i) * 10_000;
        const subject = { app: `app${i % 9}`, title: `title ${at + i} ${"x".repeat(i % 90)}` };
        return { source: "window" as const, subject, startMs: beginMs, endMs: beginMs + 9_000 };
      }));
    }
    const eachUs = (performance.now() - startMs) * 1_000 / EVENTS;
    report(`recording an event, secure_delete ${setting}`, eachUs, "us");
  }
}
