/** Edits on a database of a million events: how long each takes, and holds up everything else. */
import { join } from "node:path";
import type { WireEdit } from "../../daemon/api/edits_wire.ts";
import { startDaemon } from "../daemon_process.ts";
import { quantile, report } from "./measure.ts";
import { makeDatabase } from "./million.ts";

const HOUR_MS = 3_600_000;
const RUNS = 15;

const dataDir = Deno.makeTempDirSync({ prefix: "prodtracker-bench-" });
await makeDatabase(join(dataDir, "prodtracker.db"), 1_000_000, Date.now());
const daemon = await startDaemon(["--no-track"], { dataDir });
const endMs = Date.now() - 24 * HOUR_MS;

/** Milliseconds from request to answer, and the edit. */
async function edit(path: string, body: unknown): Promise<{ ms: number; edit: WireEdit }> {
  const startedMs = performance.now();
  const response = await daemon.fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const reply = await response.json();
  if (!response.ok) throw new Error(`${path} was answered with ${JSON.stringify(reply)}`);
  return { ms: performance.now() - startedMs, edit: reply.edit };
}

const cases: [name: string, path: string, hours: number, more: Record<string, unknown>][] = [
  ["an entry of an hour", "/edits/entries", 1, { title: "Meeting", class: "signal" }],
  ["a change of an hour", "/edits/changes", 1, { class: "signal" }],
  ["a change of a day", "/edits/changes", 24, { class: "signal" }],
  ["a deletion of an hour", "/edits/deletions", 1, {}],
  ["a deletion of a day", "/edits/deletions", 24, {}],
];
for (const [name, path, hours, more] of cases) {
  const make: number[] = [], undo: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    // Another day each time.
    const toMs = endMs - run * 48 * HOUR_MS;
    const span = {
      from: new Date(toMs - hours * HOUR_MS).toISOString(),
      to: new Date(toMs).toISOString(),
    };
    const made = await edit(path, { ...span, ...more });
    make.push(made.ms);
    undo.push((await edit(`/edits/${made.edit.id}/undo`, {})).ms);
  }
  report(`${name}, median`, quantile(make, 0.5), "ms");
  report(`${name}, undone, median`, quantile(undo, 0.5), "ms");
}
await daemon.stop();
Deno.removeSync(dataDir, { recursive: true });
