/** What a screenshot of 1920 x 1080 costs: CPU of the whole process, time, memory, and what the API feels of it. */
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";
import { XWindows } from "../screenshots/x_windows.ts";
import { startXSession } from "../x_session.ts";
import { bundled, processFigures, quantile, report, sleep } from "./measure.ts";

const SHOTS = Deno.args.includes("--quick") ? 10 : 30;
/** `getconf CLK_TCK`: what /proc/PID/stat counts in; threads that have ended are in it. */
const TICKS_A_SECOND = 100;
const SCREEN = { widthPx: 1920, heightPx: 1080 };

/** What the screen may show: a desktop with text, and the worst case, a photograph with its noise. */
const SCREENS: Readonly<Record<string, (x: number, y: number) => number>> = {
  text: (x, y) => {
    const isInk = y % 20 < 12 && x % 10 < 7 && (x * 7919 + y * 104_729) % 11 < 4;
    return isInk ? ((x ^ y) & 0x3f) * 0x010101 : y < 40 ? 0x2d3748 : 0xf7fafc;
  },
  photograph: (x, y) => {
    const noise = () => Math.floor(Math.random() * 8);
    const red = 120 + 60 * Math.sin(x / 150) + 50 * Math.cos(y / 90);
    const green = 110 + 70 * Math.sin((x + y) / 210);
    return (red + noise()) << 16 | (green + noise()) << 8 | (90 + noise() + (y >> 4));
  },
};

await using session = await startXSession({ serverArgs: ["-screen", "0", "1920x1080x24"] });
await using windows = await XWindows.open(session);
const window = await windows.add({ ...SCREEN, x: 0, y: 0, app: "Editor", colour: 0 });
const daemon = await startDaemon([], { entry: await bundled(), env: { DISPLAY: session.display } });
await sleep(5_000);
report("resident memory before the first", processFigures(daemon.pid).residentMb, "MB");
const idle = await latencies(daemon, sleep(5_000));
for (const [name, colourAt] of Object.entries(SCREENS)) {
  await windows.paint(window, SCREEN, colourAt);
  await shoot(daemon);
  const cpuBefore = cpuMs(daemon.pid);
  const walls: number[] = [];
  let bytes = 0;
  for (let i = 0; i < SHOTS; i++) {
    const startMs = performance.now();
    bytes = await shoot(daemon);
    walls.push(performance.now() - startMs);
  }
  const cpu = (cpuMs(daemon.pid) - cpuBefore) / SHOTS;
  report(`${name}: CPU of one`, cpu, "ms", 250);
  report(`${name}: from asking to the answer, median`, quantile(walls, 0.5), "ms");
  report(`${name}: size`, bytes / 1e6, "MB");
  const work = (async () => {
    for (let i = 0; i < SHOTS; i++) await shoot(daemon);
  })();
  const meanwhile = await latencies(daemon, work);
  for (const share of [0.5, 0.99]) {
    const percentile = `p${share * 100}`;
    report(`/metrics/snr, ${percentile}, nothing else`, quantile(idle, share), "ms");
    report(`/metrics/snr, ${percentile}, while they are taken`, quantile(meanwhile, share), "ms");
  }
}
await sleep(3_000);
report("resident memory 3 s after the last", processFigures(daemon.pid).residentMb, "MB");
await daemon.stop();
Deno.removeSync(daemon.dataDir, { recursive: true });

/** Takes one; returns its size. */
async function shoot(daemon: DaemonProcess): Promise<number> {
  const response = await daemon.fetch("/screenshots", { method: "POST" });
  const body = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(body));
  return body.screenshots[0].bytes;
}

/** How long each of many calls takes, one every 10 ms, until `work` is done. */
async function latencies(daemon: DaemonProcess, work: Promise<void>): Promise<number[]> {
  const samples: number[] = [];
  let isDone = false;
  work.finally(() => isDone = true);
  while (!isDone) {
    const startMs = performance.now();
    await daemon.get("/metrics/snr");
    samples.push(performance.now() - startMs);
    await sleep(10);
  }
  await work;
  return samples;
}

/** CPU that a process and all of its threads have used. */
function cpuMs(pid: number): number {
  const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 1000 / TICKS_A_SECOND;
}
