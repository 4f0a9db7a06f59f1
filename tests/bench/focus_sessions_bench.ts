/** A year of focus sessions (six a day, 60 spans each) on a year of events: what is read, and a batch stored. */
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { temporaryStore } from "../../daemon/store/testing.ts";
import { startDaemon } from "../daemon_process.ts";
import { bundled, quantile, report } from "./measure.ts";
import { makeDatabase } from "./million.ts";

const DAYS = 365, SESSIONS = 6, SPANS = 60, SPAN_MS = 25_000;
const DAY_MS = 86_400_000;
const JSON_TYPE = { "content-type": "application/json" };

const dataDir = Deno.makeTempDirSync({ prefix: "prodtracker-bench-" });
const path = join(dataDir, "prodtracker.db");
const nowMs = Date.now();
await makeDatabase(path, DAYS * DAY_MS / SPAN_MS, nowMs);
{
  using db = new DatabaseSync(path);
  db.exec("PRAGMA synchronous = OFF; BEGIN");
  db.exec(
    `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${
      DAYS * SESSIONS
    })
     INSERT INTO focus_session SELECT i + 1, 'browser', '', start_ms, start_ms + ${
      SPANS * SPAN_MS
    }, 25,
       'ended', 1, ${SPANS * SPAN_MS}, ${SPANS / 2 * SPAN_MS}, ${SPANS / 4 * SPAN_MS}, 0,
       ${SPANS / 4 * SPAN_MS}, 1, ${SPAN_MS}, '{}'
     FROM (SELECT i, ${nowMs} - ${DAYS * DAY_MS} + i / ${SESSIONS} * ${DAY_MS}
       + i % ${SESSIONS} * 5400000 + 3600000 AS start_ms FROM n)`,
  );
  db.exec(
    `WITH RECURSIVE n (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM n WHERE k + 1 < ${SPANS})
     INSERT INTO focus_span SELECT id, start_ms + k * ${SPAN_MS}, start_ms + (k + 1) * ${SPAN_MS},
       CASE k % 4 WHEN 1 THEN 'unfocused' WHEN 3 THEN 'uncertain' ELSE 'focused' END
     FROM focus_session, n`,
  );
  db.exec("COMMIT");
}
{
  await using temporary = temporaryStore({ path });
  const startMs = performance.now();
  await temporary.store.focus.recount();
  report("counting all of it anew, as a salvage does", performance.now() - startMs, "ms");
}
{
  using db = new DatabaseSync(path, { readOnly: true });
  const rows = (table: string) =>
    (db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;
  for (const table of ["focus_span", "rollup_focus", "rollup_focus_subject"]) {
    report(`rows of ${table}`, rows(table), "");
  }
}

const daemon = await startDaemon(["--no-track"], { dataDir, entry: await bundled() });
const paths: [string, number | undefined][] = [
  ["/focus/analytics?days=28", 50],
  ["/focus/analytics?days=365", 50],
  ["/focus/sessions?limit=50", undefined],
  [`/focus/sessions/${DAYS * SESSIONS}`, undefined],
  ["/status", undefined],
  ["/summary?period=month", undefined],
];
for (const [route, limit] of paths) {
  const samples: number[] = [];
  for (let i = 0; i < 30; i++) {
    const startMs = performance.now();
    await (await daemon.fetch(route)).arrayBuffer();
    samples.push(performance.now() - startMs);
  }
  report(`${route}, median`, quantile(samples.slice(5), 0.5), "ms", limit);
}

const begun = await daemon.fetch("/focus/sessions", {
  method: "POST",
  body: JSON.stringify({ source: "browser" }),
  headers: JSON_TYPE,
});
if (!begun.ok) throw new Error(await begun.text());
const { id, start } = await begun.json();
const samples: number[] = [];
for (let sequence = 1; sequence <= 300; sequence++) {
  const body = JSON.stringify({
    sequence,
    start: new Date(Date.parse(start) + (sequence - 1) * 100).toISOString(),
    spans: Array.from({ length: 5 }, (_, i) => ({
      state: i % 2 ? "focused" : "unfocused",
      seconds: 0.02,
    })),
  });
  const startMs = performance.now();
  const response = await daemon.fetch(`/focus/sessions/${id}/samples`, {
    method: "POST",
    body,
    headers: JSON_TYPE,
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`A batch was answered with ${response.status}`);
  samples.push(performance.now() - startMs);
}
report("a batch of five spans stored, median", quantile(samples.slice(50), 0.5), "ms");
report("the same, p99", quantile(samples.slice(50), 0.99), "ms");
await daemon.stop();
Deno.removeSync(dataDir, { recursive: true });
