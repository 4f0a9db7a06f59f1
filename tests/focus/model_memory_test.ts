/** The models go out to many who ask at once, or read slowly, without filling the memory. */
import assert from "node:assert/strict";
import { RUNTIME } from "../../vision/models.ts";
import { startDaemon } from "../daemon_process.ts";

const CLIENTS = 30;
const MIB = 1024 * 1024;

/** The most memory that a process ever had, in bytes. */
async function peakBytes(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)![1]) * 1024;
}

Deno.test({
  name: "serve holds a model once, however many ask for it",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const daemon = await startDaemon(["--no-track"]);
    try {
      const before = await peakBytes(daemon.pid);
      const ask = () => fetch(`${daemon.url}/models/${RUNTIME.file}`);
      const responses = await Promise.all(Array.from({ length: CLIENTS }, ask));
      const grown = await peakBytes(daemon.pid) - before;
      assert.ok(grown < 150 * MIB, `${Math.round(grown / MIB)} MiB for ${CLIENTS} readers`);
      for (const response of responses) {
        assert.equal(response.headers.get("content-length"), String(RUNTIME.bytes));
        const bytes = await response.bytes();
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
        assert.equal(digest, RUNTIME.sha256);
      }
    } finally {
      await daemon.stop();
      await Deno.remove(daemon.dataDir, { recursive: true });
    }
  },
});
