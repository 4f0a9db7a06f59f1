/** From process start to the first 200, from the bundle; and commands that people wait for. */
import { startDaemon } from "../daemon_process.ts";
import { bundled, quantile, report } from "./measure.ts";

const entry = await bundled();
const dataDir = Deno.makeTempDirSync({ prefix: "prodtracker-bench-" });
const samples: number[] = [];
for (let i = 0; i < 15; i++) {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const startMs = performance.now();
  const starting = startDaemon(["--no-track", "--port", String(port)], { entry, dataDir });
  while (true) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/health`);
      await response.arrayBuffer();
      if (response.status === 200) break;
    } catch { /* not yet */ }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  samples.push(performance.now() - startMs);
  await (await starting).stop();
}
// The first start of a bundle has no code cache yet; it is reported apart.
report("first 200 from process start, the very first", samples[0], "ms");
report("first 200 from process start, median", quantile(samples.slice(1), 0.5), "ms", 90);
Deno.removeSync(dataDir, { recursive: true });
