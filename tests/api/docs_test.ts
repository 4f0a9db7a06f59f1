/** What docs/api.md says of the routes, beside what the daemon has. */
import assert from "node:assert/strict";
import { startDaemon } from "../daemon_process.ts";

Deno.test("docs/api.md names every route that there is", async () => {
  const text = await Deno.readTextFile(new URL("../../docs/api.md", import.meta.url));
  const daemon = await startDaemon(["--no-track"]);
  try {
    const { paths } = await daemon.get<{ paths: Record<string, unknown> }>("/openapi.json");
    const words = new Set(text.match(/\/[\w./{}]*/g));
    assert.deepEqual(Object.keys(paths).filter((path) => !words.has(path)), []);
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
});
