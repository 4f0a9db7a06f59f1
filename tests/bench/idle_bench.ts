/** What tracking costs while nothing happens: CPU, wake-ups, memory; with a window in front, and away. */
import { startXSession } from "../x_session.ts";
import { startDaemon } from "../daemon_process.ts";
import { bundled, processFigures, report, sleep } from "./measure.ts";

const SECONDS = Deno.args.includes("--quick") ? 30 : 120;
/** The start, the full check (30 s) and the first daily copy (60 s), each done once, are over by then. */
const SETTLE_MS = 75_000;

// The very first start of a bundle, apart: V8 and Deno may not have seen its files before.
{
  await using session = await startXSession();
  session.run("xterm");
  const daemon = await startDaemon([], {
    entry: await bundled(),
    env: { DISPLAY: session.display },
  });
  report("resident memory 2 s after the very first start", await later(daemon.pid), "MB", 60);
  await daemon.stop();
  Deno.removeSync(daemon.dataDir, { recursive: true });
}

for (const away of [false, true]) {
  await using session = await startXSession();
  const daemon = await startDaemon([], {
    entry: await bundled(),
    env: { DISPLAY: session.display, PRODTRACKER_AFK_SECONDS: away ? "5" : "3600" },
  });
  session.run("xterm", "-T", "still");
  await sleep(1_000);
  const state = away ? "away" : "a still window in front";
  if (!away) report("resident memory 2 s after the start", await later(daemon.pid), "MB", 60);
  await sleep(SETTLE_MS);
  if (!away) {
    await daemon.get("/summary");
    report(
      "resident memory with the reader worker up",
      processFigures(daemon.pid).residentMb,
      "MB",
      75,
    );
    await sleep(12_000);
  }
  const before = processFigures(daemon.pid);
  await sleep(SECONDS * 1000);
  const after = processFigures(daemon.pid);
  const recent = await daemon.get<{ source: string }[]>("/events/recent");
  if (recent.some(({ source }) => source === "afk") !== away) {
    throw new Error(`The daemon did not notice: ${JSON.stringify(recent)}`);
  }
  report(`CPU, ${state}, over ${SECONDS} s`, (after.cpuS - before.cpuS) * 3600 / SECONDS, "s/h", 1);
  report(`wake-ups, ${state}`, (after.wakeUps - before.wakeUps) / SECONDS, "1/s");
  report(`resident memory, ${state}`, after.residentMb, "MB", 60);
  await daemon.stop();
  Deno.removeSync(daemon.dataDir, { recursive: true });
}

/** Resident memory two seconds from now, in MB. */
async function later(pid: number): Promise<number> {
  await sleep(2_000);
  return processFigures(pid).residentMb;
}
