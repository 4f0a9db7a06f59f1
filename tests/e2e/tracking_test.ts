/** The daemon on a real desktop: what it stores is what was done, to the second. */
import assert from "node:assert/strict";
import { type DaemonProcess, startDaemon, waitFor } from "../daemon_process.ts";
import { needs } from "../programs.ts";
import { startXSession, X_SESSION_NEEDS, type XSession } from "../x_session.ts";

interface Event {
  readonly start: string;
  readonly end: string;
  readonly duration_seconds: number;
  readonly source: string;
  readonly app: string | null;
  readonly title: string | null;
}

const { ignore, suffix } = X_SESSION_NEEDS;
const TOLERANCE_MS = 1_000;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function withDesktop(
  env: Record<string, string>,
  work: (session: XSession, daemon: DaemonProcess) => Promise<void>,
): Promise<void> {
  await using session = await startXSession();
  const daemon = await startDaemon([], { env: { DISPLAY: session.display, ...env } });
  try {
    await work(session, daemon);
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
}

/** Waits until the daemon says that a window with this title is in front. */
async function inFront(daemon: DaemonProcess, title: string | null): Promise<number> {
  await waitFor(async () => {
    const { now } = await daemon.get<{ now: { title: string } | null }>("/status");
    return (now?.title ?? null) === title || undefined;
  });
  return Date.now();
}

function windows(events: Event[]): Event[] {
  return events.filter((event) => event.source === "window").toReversed();
}

function near(actual: string, expectedMs: number, what: string): void {
  const offMs = Math.abs(Date.parse(actual) - expectedMs);
  assert.ok(offMs <= TOLERANCE_MS, `${what} is off by ${offMs} ms`);
}

Deno.test({
  name: `serve stores switches of focus, titles and a killed window to the second${suffix}`,
  ignore,
  fn: () =>
    withDesktop({}, async (session, daemon) => {
      const moments: [title: string, fromMs: number][] = [];
      const first = session.run("xterm", "-T", "one = first");
      moments.push(["one = first", await inFront(daemon, "one = first")]);
      await sleep(2_500);
      session.run("xmessage", "-title", "zwei: Zürich 東京 🦕", "hello");
      moments.push(["zwei: Zürich 東京 🦕", await inFront(daemon, "zwei: Zürich 東京 🦕")]);
      await sleep(2_500);
      const [id] = (await session.xdotool("search", "--name", "one = first")).split("\n");
      await session.xdotool("windowactivate", "--sync", id);
      moments.push(["one = first", await inFront(daemon, "one = first")]);
      await sleep(1_500);
      await session.xdotool("set_window", "--name", "renamed", id);
      moments.push(["renamed", await inFront(daemon, "renamed")]);
      await sleep(2_500);
      const killedMs = Date.now();
      first.kill("SIGKILL");
      moments.push(["zwei: Zürich 東京 🦕", await inFront(daemon, "zwei: Zürich 東京 🦕")]);
      await sleep(2_000);
      const stoppedMs = Date.now();
      await daemon.stop();

      const again = await startDaemon(["--no-track"], { dataDir: daemon.dataDir });
      const stored = windows(await again.get<Event[]>("/events/recent?limit=100"))
        .filter((event) => event.title !== "Openbox" && event.duration_seconds > 0.3);
      await again.stop();
      assert.deepEqual(stored.map((event) => event.title), moments.map(([title]) => title));
      stored.forEach((event, i) => {
        const [title, fromMs] = moments[i];
        near(event.start, fromMs, `the start of "${title}"`);
        near(event.end, moments[i + 1]?.[1] ?? stoppedMs, `the end of "${title}"`);
      });
      near(stored[3].end, killedMs, "the end of the killed window");
      assert.equal(stored[0].app, "XTerm");
      assert.equal(stored[1].app, "Xmessage");
    }),
});

Deno.test({
  name: `serve dates AFK back to the last input and ends it on return${suffix}`,
  ignore,
  fn: () =>
    withDesktop({ PRODTRACKER_AFK_SECONDS: "5" }, async (session, daemon) => {
      session.run("xterm", "-T", "work");
      await inFront(daemon, "work");
      await session.xdotool("mousemove", "100", "100");
      await session.xdotool("key", "a");
      const lastInputMs = Date.now();
      const afk = async () => (await daemon.get<{ afk: boolean | null }>("/status")).afk;
      await waitFor(async () => await afk() === true || undefined);
      const noticedMs = Date.now() - lastInputMs;
      assert.ok(noticedMs > 4_000 && noticedMs < 8_000, `noticed after ${noticedMs} ms`);
      await sleep(2_000);
      await session.xdotool("key", "b");
      const backMs = Date.now();
      await waitFor(async () => await afk() === false || undefined);
      await sleep(500);
      const events = await daemon.get<Event[]>("/events/recent");
      const away = events.find((event) => event.source === "afk");
      assert.ok(away);
      near(away.start, lastInputMs, "the start of AFK");
      near(away.end, backMs, "the end of AFK");
      const day = await daemon.get<{ afk_seconds: number; signal_seconds: number }>(
        "/activity/day",
      );
      assert.ok(Math.abs(day.afk_seconds - (backMs - lastInputMs) / 1000) <= 1);
      assert.ok(day.signal_seconds > 0, "a terminal in front is signal");
    }),
});

Deno.test({
  name: `serve survives an X server that is killed and comes back, and says so meanwhile${suffix}`,
  ignore,
  fn: () =>
    withDesktop({}, async (session, daemon) => {
      const part = async (name: string) => {
        const { parts } = await daemon.get<{
          parts: { name: string; status: string; detail: string }[];
        }>("/health");
        return parts.find((each) => each.name === name)!;
      };
      session.run("xterm", "-T", "before");
      await inFront(daemon, "before");
      await sleep(1_500);
      const killedMs = Date.now();
      await session.kill();
      await waitFor(async () => (await part("window")).status === "degraded" || undefined);
      assert.match((await part("window")).detail, /X display/);
      await sleep(1_500);
      await session.restart();
      session.run("xterm", "-T", "after");
      await inFront(daemon, "after");
      assert.equal((await part("window")).status, "ok");
      const stored = windows(await daemon.get<Event[]>("/events/recent"));
      const before = stored.find((event) => event.title === "before")!;
      near(before.end, killedMs, "the end of what was open when the server died");
    }),
});

const browser = needs("chromium");
Deno.test({
  name: `serve sees a real browser's page titles${suffix || browser.suffix}`,
  ignore: ignore || browser.ignore,
  fn: () =>
    withDesktop({}, async (session, daemon) => {
      const profile = await Deno.makeTempDir({ prefix: "chromium-" });
      const page = "data:text/html;charset=utf-8,<title>Cats - YouTube</title>cats";
      session.run(
        "chromium",
        ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
        ...[
          "--disable-background-networking",
          "--disable-component-update",
          `--user-data-dir=${profile}`,
        ],
        page,
      );
      const now = await waitFor(async () => {
        const { now } = await daemon.get<{ now: { title: string; class: string } | null }>(
          "/status",
        );
        return now?.title.startsWith("Cats - YouTube") ? now : undefined;
      }, 40_000);
      assert.equal(now.class, "noise");
    }),
});

for (
  const [name, env, reason] of [
    ["no DISPLAY", {}, /DISPLAY/],
    ["a DISPLAY that nobody serves", { DISPLAY: ":59876" }, /:59876/],
    ["a DISPLAY that is nonsense", { DISPLAY: "not a display" }, /not a display/],
  ] as [string, Record<string, string>, RegExp][]
) {
  Deno.test(`serve goes on with ${name}, and says why nothing is tracked`, async () => {
    const daemon = await startDaemon([], { env });
    try {
      const window = await waitFor(async () => {
        const { parts } = await daemon.get<{
          parts: { name: string; status: string; detail: string }[];
        }>("/health");
        const part = parts.find((each) => each.name === "window");
        return part && part.status !== "starting" ? part : undefined;
      });
      assert.ok(window.status === "off" || window.status === "degraded");
      assert.match(window.detail, reason);
    } finally {
      await daemon.stop();
      await Deno.remove(daemon.dataDir, { recursive: true });
    }
  });
}
