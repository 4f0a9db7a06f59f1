// deno-lint-ignore-file no-console -- benchmarks print their figures
/**
 * The dashboard in Chromium on a million events: first paint, each view from the click until it is drawn, the answers
 * to keys and pointer as the browser's own event timing has them.
 *
 * `--minutes 10` measures instead how its memory grows while the focus goes from window to window about four times a
 * second: 100 times as often as in a year of a million events, which is one in 31 s.
 */
import { join } from "node:path";
import { type CDPSession, chromium, type Page } from "playwright-core";
import { VIEWS } from "../../daemon/core/views.ts";
import { VIEW_WORDS } from "../../web/words.ts";
import { startDaemon, waitFor } from "../daemon_process.ts";
import { settled, UNDER_WAY } from "../e2e/settled.ts";
import { startXSession, type XSession } from "../x_session.ts";
import { bundled, processFigures, quantile, report } from "./measure.ts";
import { makeDatabase } from "./million.ts";

const LOADS = 15;
const ROUNDS = 5;
/** Windows that take the focus from each other. */
const WINDOWS = 4;
const SWITCH_EVERY_MS = 250;

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
  ],
});
const minutesAt = Deno.args.indexOf("--minutes");
if (minutesAt < 0) await measureSpeed();
else await measureMemory(Number(Deno.args[minutesAt + 1] ?? 10));
await browser.close();

async function measureSpeed(): Promise<void> {
  const dataDir = Deno.makeTempDirSync({ prefix: "prodtracker-bench-" });
  await makeDatabase(join(dataDir, "prodtracker.db"), 1_000_000, Date.now());
  const daemon = await startDaemon(["--no-track"], { dataDir, entry: await bundled() });
  try {
    const cold = await paints(daemon.url, daemon.token, "cold");
    const warm = await paints(daemon.url, daemon.token, "warm");
    report("first contentful paint, nothing cached, median", quantile(cold, 0.5), "ms", 300);
    report("first contentful paint, nothing cached, worst", quantile(cold, 1), "ms", 300);
    report("first contentful paint, loaded again, median", quantile(warm, 0.5), "ms", 300);
    await interactions(daemon.url, daemon.token);
  } finally {
    await daemon.stop();
    Deno.removeSync(dataDir, { recursive: true });
  }
}

async function newPage(token: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addInitScript(`localStorage["prodtracker.token"] = ${JSON.stringify(token)}`);
  // The browser's own timing of events, from the press to the frame that shows what came of it.
  await context.addInitScript(`self.slowest = []; new PerformanceObserver((list) => {
    for (const { name, duration, interactionId } of list.getEntries()) if (interactionId) slowest.push([name, duration]);
  }).observe({ type: "event", durationThreshold: 16, buffered: true })`);
  return await context.newPage();
}

/** Milliseconds from asking for the page to its first text, over some loads. */
async function paints(url: string, token: string, cache: "cold" | "warm"): Promise<number[]> {
  const found: number[] = [];
  let page = await newPage(token);
  for (let load = 0; load < LOADS; load++) {
    if (cache === "cold") {
      await page.context().close();
      page = await newPage(token);
    }
    await page.goto(url);
    await settled(page);
    found.push(
      await page.evaluate(`performance.getEntriesByName("first-contentful-paint")[0].startTime`),
    );
  }
  await page.context().close();
  return found;
}

/** Every view by its link, again and again, with keys and pointer on what it shows. */
async function interactions(url: string, token: string): Promise<void> {
  const page = await newPage(token);
  await page.goto(url);
  await settled(page);
  const drawn = new Map<string, number[]>();
  const timed = async (name: string, act: () => Promise<unknown>) => {
    const startMs = performance.now();
    await act();
    await settled(page);
    drawn.set(name, [...drawn.get(name) ?? [], performance.now() - startMs]);
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [view, path] of Object.entries(VIEWS)) {
      const words = VIEW_WORDS[view as keyof typeof VIEWS];
      const link = page.getByRole("navigation", { name: "Views" })
        .getByRole("link", { name: words, exact: true });
      await timed(`${path}, link to drawn`, () => link.click());
    }
    for (const period of ["week", "month", "year"]) {
      await page.goto(`${url}/trends?period=day`);
      await settled(page);
      const name = `/trends, ${period}, press to drawn in the page`;
      drawn.set(name, [...drawn.get(name) ?? [], await page.evaluate(pressPeriod(period))]);
    }
    await page.goto(url);
    await settled(page);
    for (const stop of await page.getByRole("slider").all()) {
      await stop.focus();
      for (const key of ["Home", "ArrowRight", "ArrowRight", "PageUp", "End", "+", "-"]) {
        await page.keyboard.press(key);
      }
    }
    await timed(
      "/, day before, press to drawn",
      () => page.getByRole("button", { name: "Day before" }).first().click(),
    );
    await page.goBack();
  }
  for (const [name, samples] of drawn) {
    const limit = name.includes("year") ? 200 : undefined;
    report(`${name}, median`, quantile(samples, 0.5), "ms", limit);
  }
  const slowest = await page.evaluate("slowest") as [string, number][];
  const durations = slowest.map(([, durationMs]) => durationMs);
  report(
    `answer to a key or a press, the slowest of ${durations.length} over 16 ms`,
    durations.length === 0 ? 16 : Math.max(...durations),
    "ms",
    100,
  );
  await page.context().close();
}

/**
 * Milliseconds from the press on a period until its answer is there, nothing is under way any more, and the frame that
 * shows it is over; by the page's own clock.
 */
function pressPeriod(period: string): string {
  return `new Promise((done) => {
    const link = [...document.querySelectorAll("main a, main button")]
      .find((each) => each.textContent.trim().toLowerCase() === "${period}");
    const fromMs = performance.now();
    link.click();
    const isAnswered = () => performance.getEntriesByType("resource").some(({ name, startTime }) =>
      startTime >= fromMs && name.includes("/activity/trends") && name.includes("period=${period}"));
    const look = () => !isAnswered() || document.querySelector(${JSON.stringify(UNDER_WAY)})
      ? requestAnimationFrame(look)
      : requestAnimationFrame(() => setTimeout(() => done(performance.now() - fromMs)));
    requestAnimationFrame(look);
  })`;
}

async function measureMemory(minutes: number): Promise<void> {
  await using session = await startXSession();
  const daemon = await startDaemon([], {
    env: { DISPLAY: session.display },
    entry: await bundled(),
  });
  await using _churn = await startChurn(session);
  const page = await newPage(daemon.token);
  await page.goto(daemon.url);
  await settled(page);
  const debug = await page.context().newCDPSession(page);
  await debug.send("Performance.enable");
  // What a page loads later and keeps is there before the first look.
  await page.waitForTimeout(60_000);
  const first = await heapOf(debug);
  console.log(`after 1 min: ${told(first)}, daemon ${told(daemon.pid)}`);
  let last = first;
  for (let minute = 2; minute <= minutes + 1; minute++) {
    await page.waitForTimeout(60_000);
    last = await heapOf(debug);
    console.log(`after ${minute} min: ${told(last)}, daemon ${told(daemon.pid)}`);
  }
  report(`the page's memory grew in ${minutes} min`, last.mb - first.mb, "MB", 1);
  report(`its nodes`, last.nodes - first.nodes, "", 200);
  const [{ id }] = await daemon.get<{ id: number }[]>("/events/recent?limit=1");
  report("events a second meanwhile", id / (60 * (minutes + 1)), "");
  await page.context().close();
  await daemon.stop();
  Deno.removeSync(daemon.dataDir, { recursive: true });
}

/** Windows that take the focus from each other, and a pointer that moves, until it is disposed of. */
async function startChurn(session: XSession): Promise<AsyncDisposable> {
  for (let window = 0; window < WINDOWS; window++) session.run("xterm", "-T", `churn ${window}`);
  const find = () => session.xdotool("search", "--name", "^churn ").catch(() => "");
  const ids = await waitFor(async () => {
    const found = (await find()).split("\n").filter(Boolean);
    return found.length === WINDOWS ? found : undefined;
  });
  let isOver = false;
  const running = (async () => {
    for (let turn = 0; !isOver; turn++) {
      const pauseUntilMs = performance.now() + SWITCH_EVERY_MS;
      const id = ids[turn % ids.length];
      await session.xdotool("set_window", "--name", `churn, turn ${turn}`, id);
      await session.xdotool("windowactivate", id, "mousemove", String(100 + turn % 200), "100");
      const leftMs = pauseUntilMs - performance.now();
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, leftMs)));
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      isOver = true;
      await running;
    },
  };
}

interface Heap {
  readonly mb: number;
  readonly nodes: number;
  readonly listeners: number;
}

async function heapOf(debug: CDPSession): Promise<Heap> {
  await debug.send("HeapProfiler.collectGarbage");
  const { metrics } = await debug.send("Performance.getMetrics");
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return {
    mb: value("JSHeapUsedSize") / 1_048_576,
    nodes: value("Nodes"),
    listeners: value("JSEventListeners"),
  };
}

function told(of: Heap | number): string {
  if (typeof of === "number") return `${processFigures(of).residentMb.toFixed(1)} MB`;
  return `${of.mb.toFixed(2)} MB, ${of.nodes} nodes, ${of.listeners} listeners`;
}
