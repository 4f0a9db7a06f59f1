/** What watching the desktop session costs: with nothing there, with buses and a silent sound server, with a film. */
import { startDaemon, waitFor } from "../daemon_process.ts";
import { startSoundSession } from "../desktop/sound_session.ts";
import { startBus, startLogind } from "../session/buses.ts";
import { startXSession } from "../x_session.ts";
import { bundled, processFigures, report, sleep } from "./measure.ts";

const SECONDS = Deno.args.includes("--quick") ? 30 : 120;
/** The start, the full check and the first daily copy are over by then. */
const SETTLE_MS = 75_000;

await using x = await startXSession();
await using sound = await startSoundSession();
await using bus = await startBus();
using _logind = await startLogind(bus.address);
x.run("xterm", "-T", "still");
const entry = await bundled();
const desktop = {
  ...sound.env,
  DBUS_SYSTEM_BUS_ADDRESS: bus.address,
  DBUS_SESSION_BUS_ADDRESS: bus.address,
};
const start = async (env: Record<string, string>) => {
  const daemon = await startDaemon([], {
    entry,
    env: { DISPLAY: x.display, PRODTRACKER_AFK_SECONDS: "3600", ...env },
  });
  await sleep(2_000);
  return daemon;
};

for (const what of ["no bus, no sound server", "buses, a silent server", "a film plays"]) {
  const daemon = await start(what.startsWith("no") ? { XDG_RUNTIME_DIR: "/nonexistent" } : desktop);
  report(
    `resident memory 2 s after the start, ${what}`,
    processFigures(daemon.pid).residentMb,
    "MB",
    60,
  );
  if (what === "a film plays") await sound.play("Film");
  await waitFor(() => true);
  await sleep(SETTLE_MS);
  const before = processFigures(daemon.pid), childrenBefore = childrenCpuS(daemon.pid);
  await sleep(SECONDS * 1000);
  const after = processFigures(daemon.pid);
  const perHour = 3600 / SECONDS;
  report(`CPU, ${what}`, (after.cpuS - before.cpuS) * perHour, "s/h", 1);
  report(
    `CPU of its programs, ${what}`,
    (childrenCpuS(daemon.pid) - childrenBefore) * perHour,
    "s/h",
  );
  report(`wake-ups, ${what}`, (after.wakeUps - before.wakeUps) / SECONDS, "1/s");
  report(`resident memory, ${what}`, after.residentMb, "MB", 60);
  await daemon.stop();
  Deno.removeSync(daemon.dataDir, { recursive: true });
}

/** What the programs that a process started have used, those that ended included. */
function childrenCpuS(pid: number): number {
  const [, text] = Deno.readTextFileSync(`/proc/${pid}/stat`).split(") ");
  const fields = text.split(" ").map(Number);
  const TICKS_PER_S = 100;
  const ended = (fields[13] + fields[14]) / TICKS_PER_S;
  const children = Deno.readTextFileSync(`/proc/${pid}/task/${pid}/children`).trim();
  return children.split(" ").filter((child) => child !== "").reduce(
    (sum, child) => sum + processFigures(Number(child)).cpuS,
    ended,
  );
}
