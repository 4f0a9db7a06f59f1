/** What the loop costs: a look on a million events, and CPU while somebody works, and while noise goes on. */
import { join } from "node:path";
import type { WireLoop } from "../../daemon/api/loop.ts";
import { createClassifier } from "../../daemon/core/classify.ts";
import { localZone } from "../../daemon/core/day.ts";
import { decide } from "../../daemon/core/loop.ts";
import { DEFAULT_LOOP, type LoopConfig } from "../../daemon/core/loop_config.ts";
import { type LoopState, NO_LOOP_STATE } from "../../daemon/core/loop_state.ts";
import { EvidenceReader } from "../../daemon/loop_evidence.ts";
import { rulesVersion } from "../../daemon/rules_service.ts";
import { Store } from "../../daemon/store/mod.ts";
import { startDaemon } from "../daemon_process.ts";
import { startXSession } from "../x_session.ts";
import { bundled, processFigures, quantile, report, sleep } from "./measure.ts";
import { makeDatabase } from "./million.ts";

const SECONDS = Deno.args.includes("--quick") ? 30 : 120;
const SETTLE_MS = 75_000;

{
  const dir = Deno.makeTempDirSync({ prefix: "prodtracker-bench-" });
  const path = join(dir, "prodtracker.db");
  const endMs = Date.now();
  await makeDatabase(path, 1_000_000, endMs);
  const { classify, explain } = await createClassifier([]);
  const store = new Store({
    ...{ path, judge: { version: await rulesVersion([]), classify } },
    ...{ offsetMinAt: () => 0, nowMs: () => Date.now(), copies: () => [] },
  });
  const window = { app: "firefox", title: "Cats - YouTube" };
  const reader = new EvidenceReader({
    ...{ store, explain, zone: localZone, dayStartMin: 240 },
    recorderState: () => ({ window, windowSinceMs: endMs, afk: false }),
  });
  const withBlock = structuredClone(DEFAULT_LOOP) as unknown as LoopConfig;
  Object.assign(withBlock.rules.noise.steps, { block: true });
  const readMs: number[] = [], decideMs: number[] = [];
  let state: LoopState = NO_LOOP_STATE;
  for (let i = 0; i < 2_000; i++) {
    // Some seconds after the last event, as a look in the daemon would find it.
    const nowMs = endMs + i % 10_000;
    const beganMs = performance.now();
    const evidence = reader.read(withBlock, nowMs);
    const hadMs = performance.now();
    state = decide(withBlock, state, evidence, { nowMs, upMs: i, localMs: nowMs }).state;
    readMs.push(hadMs - beganMs);
    decideMs.push(performance.now() - hadMs);
  }
  report("evidence of the last hour, first read, 1 M events", readMs[0], "ms");
  report("evidence of the last hour, median, 1 M events", quantile(readMs, 0.5), "ms", 1);
  report("the same, p99", quantile(readMs, 0.99), "ms");
  report("decision, median", quantile(decideMs, 0.5), "ms", 0.1);
  await store.close();
  Deno.removeSync(dir, { recursive: true });
}

for (
  const [what, isOn, title] of [
    ["work in front, the loop off", false, "main.ts - Code"],
    ["work in front, the loop on", true, "main.ts - Code"],
    ["noise in front, the loop on", true, "Cats - YouTube — Mozilla Firefox"],
  ] as const
) {
  await using session = await startXSession();
  const daemon = await startDaemon([], {
    entry: await bundled(),
    env: { DISPLAY: session.display, PRODTRACKER_AFK_SECONDS: "3600" },
  });
  const { config } = await daemon.get<WireLoop>("/loop");
  const response = await daemon.fetch("/loop", {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...config, on: isOn }),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`The loop could not be set: ${response.status}`);
  session.run("xterm", "-class", "firefox", "-T", title);
  await sleep(SETTLE_MS);
  const before = processFigures(daemon.pid);
  await sleep(SECONDS * 1000);
  const after = processFigures(daemon.pid);
  report(`CPU, ${what}, over ${SECONDS} s`, (after.cpuS - before.cpuS) * 3600 / SECONDS, "s/h", 1);
  report(`wake-ups, ${what}`, (after.wakeUps - before.wakeUps) / SECONDS, "1/s");
  report(`resident memory, ${what}`, after.residentMb, "MB");
  await daemon.stop();
  Deno.removeSync(daemon.dataDir, { recursive: true });
}
