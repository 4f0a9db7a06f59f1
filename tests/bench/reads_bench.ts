/** The quick answers on a million events and on ten times as many, and writes beside an export. */
import { join } from "node:path";
import { startDaemon } from "../daemon_process.ts";
import { quantile, report } from "./measure.ts";
import { makeDatabase } from "./million.ts";

const counts = Deno.args.includes("--quick") ? [1_000_000] : [1_000_000, 10_000_000];

/** Events written so far: each is one of its own. */
let written = 0;

for (const count of counts) {
  const dataDir = Deno.makeTempDirSync({ prefix: "prodtracker-bench-" });
  await makeDatabase(join(dataDir, "prodtracker.db"), count, Date.now());
  const daemon = await startDaemon(["--no-track"], { dataDir });
  const million = `${count / 1_000_000} M events`;
  for (const path of ["/metrics/snr", "/activity/day", "/events/recent"]) {
    const samples = (await readSamples(daemon, path, 300)).slice(50);
    report(`${path} over HTTP, median, ${million}`, quantile(samples, 0.5), "ms", 5);
  }
  for (const path of ["/summary", "/summary?period=month", "/summary/page"]) {
    const samples = (await readSamples(daemon, path, 60)).slice(10);
    report(`${path} over HTTP, median, ${million}`, quantile(samples, 0.5), "ms");
  }
  const idle = await writeSamples(daemon, 400);
  const exporting = exportAll(daemon);
  const busy = await writeSamples(daemon, 400);
  report(`write p99, idle, ${million}`, quantile(idle, 0.99), "ms");
  report(
    `write p99, export streaming, ${million}`,
    quantile(busy, 0.99),
    "ms",
    2 * quantile(idle, 0.99),
  );
  exporting.stop();
  const { bytes, seconds } = await exporting.done;
  report(`export, ${million}`, bytes / seconds / 1e6, "MB/s");
  await daemon.stop();
  Deno.removeSync(dataDir, { recursive: true });
}

type Daemon = Awaited<ReturnType<typeof startDaemon>>;

/** Milliseconds from request to the last byte of the reply. */
async function readSamples(daemon: Daemon, path: string, count: number): Promise<number[]> {
  const samples: number[] = [];
  for (let i = 0; i < count; i++) {
    const startMs = performance.now();
    const response = await daemon.fetch(path);
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
    samples.push(performance.now() - startMs);
  }
  return samples;
}

/** Milliseconds from request to acknowledgement of one-event writes. */
async function writeSamples(daemon: Daemon, count: number): Promise<number[]> {
  const samples: number[] = [];
  for (let i = 0; i < count; i++) {
    const startMs = Date.parse("2001-01-01") + written++ * 60_000;
    const body = JSON.stringify({
      start: new Date(startMs).toISOString(),
      end: new Date(startMs + 1_000).toISOString(),
      source: "window",
      app: "bench",
      title: "write",
    });
    const beganMs = performance.now();
    const response = await daemon.fetch("/import?format=jsonl", { method: "POST", body });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`A write was answered with ${response.status}`);
    samples.push(performance.now() - beganMs);
  }
  return samples;
}

/** Reads exports one after another until told to stop. */
function exportAll(daemon: Daemon) {
  let go = true;
  const done = (async () => {
    let bytes = 0;
    const startMs = performance.now();
    while (go) {
      const response = await daemon.fetch("/export?format=jsonl");
      for await (const chunk of response.body!) {
        bytes += chunk.length;
        if (!go) break;
      }
    }
    return { bytes, seconds: (performance.now() - startMs) / 1000 };
  })();
  return { done, stop: () => go = false };
}
