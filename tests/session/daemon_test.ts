/** The daemon in a whole desktop session: who listens is there, who locks the screen is not, and nobody in a sleep. */
import assert from "node:assert/strict";
import { type DaemonProcess, startDaemon, waitFor } from "../daemon_process.ts";
import { SOUND_NEEDS, startSoundSession } from "../desktop/sound_session.ts";
import { startXSession, X_SESSION_NEEDS, type XSession } from "../x_session.ts";
import { BUS_NEEDS, startBus, startLogind, startSaver } from "./buses.ts";

interface Event {
  readonly start: string;
  readonly end: string;
  readonly source: string;
}

interface Part {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
}

const needs = [X_SESSION_NEEDS, SOUND_NEEDS, BUS_NEEDS];
const ignore = needs.some((need) => need.ignore);
const suffix = needs.map((need) => need.suffix).find((suffix) => suffix !== "") ?? "";

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const events = async (daemon: DaemonProcess, source: string) =>
  (await daemon.get<Event[]>("/events/recent")).filter((event) => event.source === source)
    .toReversed();

const isAway = async (daemon: DaemonProcess) =>
  (await daemon.get<{ afk: boolean | null }>("/status")).afk === true;

const becomesAway = (daemon: DaemonProcess, expected: boolean, limitMs = 20_000) =>
  waitFor(async () => await isAway(daemon) === expected || undefined, limitMs);

const partIs = (daemon: DaemonProcess, name: string, status: string, detail: RegExp) =>
  waitFor(async () => {
    const { parts } = await daemon.get<{ parts: Part[] }>("/health");
    const part = parts.find((part) => part.name === name);
    return part?.status === status && detail.test(part.detail) || undefined;
  });

/** Both name the same moment. */
function near(time: string, ms: number, what: string, toleranceMs = 2_500): void {
  const offMs = Date.parse(time) - ms;
  assert.ok(Math.abs(offMs) <= toleranceMs, `${what} is ${offMs} ms off`);
}

async function openPaper(daemon: DaemonProcess, session: XSession): Promise<void> {
  session.run("xterm", "-T", "paper");
  await waitFor(async () => {
    const { now } = await daemon.get<{ now: { title: string } | null }>("/status");
    return now?.title === "paper" || undefined;
  });
  await session.xdotool("key", "a");
}

Deno.test({
  name: `who watches a film is not AFK, and is when it has ended, from its end on${suffix}`,
  ignore,
  async fn() {
    await using session = await startXSession();
    await using sound = await startSoundSession();
    const daemon = await startDaemon([], {
      env: { DISPLAY: session.display, PRODTRACKER_AFK_SECONDS: "5", ...sound.env },
    });
    try {
      await partIs(daemon, "sound", "ok", /pactl/);
      await partIs(daemon, "session", "off", /^no D-Bus answers/);
      const end = await sound.play("Film", "--stream-name=secret title");
      await openPaper(daemon, session);
      // It is no notification by the time of the last input.
      for (let second = 0; second < 4; second++) {
        await sleep(1_000);
        await session.xdotool("key", "a");
      }
      for (let second = 0; second < 11; second++) {
        await sleep(1_000);
        assert.equal(await isAway(daemon), false, `${second} s after the last input`);
      }
      assert.deepEqual(await events(daemon, "afk"), []);
      await end();
      const endMs = Date.now();
      await becomesAway(daemon, true, 30_000);
      const [away] = await events(daemon, "afk");
      near(away.start, endMs, "AFK's beginning");
      assert.doesNotMatch(daemon.stderr(), /secret title|Film/);
    } finally {
      await daemon.stop();
      await Deno.remove(daemon.dataDir, { recursive: true });
    }
  },
});

Deno.test({
  name: `a locked screen is AFK, a sleep is nothing, and the buses may go and come${suffix}`,
  ignore,
  async fn() {
    await using session = await startXSession();
    await using system = await startBus();
    await using desktop = await startBus();
    const logind = await startLogind(system.address);
    const daemon = await startDaemon([], {
      env: {
        DISPLAY: session.display,
        PRODTRACKER_AFK_SECONDS: "600",
        DBUS_SYSTEM_BUS_ADDRESS: system.address,
        DBUS_SESSION_BUS_ADDRESS: desktop.address,
      },
    });
    try {
      await partIs(daemon, "session", "ok", /lock of the screen is told by logind/);
      await partIs(daemon, "sound", "off", /./);
      await openPaper(daemon, session);
      await sleep(1_500);

      const lockMs = Date.now();
      logind.hint(true);
      await becomesAway(daemon, true);
      const [before] = (await events(daemon, "window")).slice(-1);
      near(before.end, lockMs, "the end of what was in front", 500);
      await sleep(1_000);
      // The password.
      await session.xdotool("key", "a");
      assert.equal(await isAway(daemon), true);
      const unlockMs = Date.now();
      logind.hint(false);
      await becomesAway(daemon, false);
      const [locked] = await events(daemon, "afk");
      near(locked.start, lockMs, "the lock", 500);
      near(locked.end, unlockMs, "the end of the lock", 500);

      await sleep(500);
      const asleepMs = Date.now();
      logind.sleep(true);
      await sleep(2_000);
      const awakeMs = Date.now();
      logind.sleep(false);
      await sleep(200);
      const [last, next] = (await events(daemon, "window")).slice(-2);
      near(last.end, asleepMs, "the end before the sleep", 500);
      near(next.start, awakeMs, "the beginning after it", 500);
      assert.equal((await events(daemon, "afk")).length, 1);

      await system.kill();
      await partIs(daemon, "session", "degraded", /^the D-Bus system went away .*next try in/);
      await desktop.kill();
      await partIs(daemon, "session", "degraded", /session went away/);
      assert.equal(await isAway(daemon), false);
      await system.start();
      await desktop.start();
      logind[Symbol.dispose]();
      using again = await startLogind(system.address);
      using saver = await startSaver(desktop.address, "cinnamon");
      await partIs(daemon, "session", "ok", /told by logind, org.cinnamon.ScreenSaver/);
      saver.cover(true);
      again.hint(true);
      await becomesAway(daemon, true);
      again.hint(false);
      saver.cover(false);
      await becomesAway(daemon, false);
    } finally {
      await daemon.stop();
      logind[Symbol.dispose]();
      await Deno.remove(daemon.dataDir, { recursive: true });
    }
  },
});
