/** Somebody who looks at the screen without touching anything is not away; on a real X server. */
import assert from "node:assert/strict";
import type { FocusAdded, FocusBegun, WireFocusDetail } from "../../cli/wire.ts";
import { type DaemonProcess, startDaemon, waitFor } from "../daemon_process.ts";
import { startXSession, X_SESSION_NEEDS } from "../x_session.ts";

interface Event {
  readonly start: string;
  readonly end: string;
  readonly source: string;
}

const { ignore, suffix } = X_SESSION_NEEDS;
const TOLERANCE_MS = 1_500;
const WATCHED_S = 9;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function post<T>(daemon: DaemonProcess, path: string, body: unknown): Promise<T> {
  const response = await daemon.fetch(path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  assert.equal(response.status, 200);
  return await response.json();
}

const afkEvents = async (daemon: DaemonProcess) =>
  (await daemon.get<Event[]>("/events/recent")).filter(({ source }) => source === "afk");

Deno.test({
  name:
    `a focused session without input is not AFK, and AFK begins where it was seen last${suffix}`,
  ignore,
  async fn() {
    await using session = await startXSession();
    const daemon = await startDaemon([], {
      env: { DISPLAY: session.display, PRODTRACKER_AFK_SECONDS: "5" },
    });
    try {
      session.run("xterm", "-T", "paper");
      await waitFor(async () => {
        const { now } = await daemon.get<{ now: { title: string } | null }>("/status");
        return now?.title === "paper" || undefined;
      });
      await session.xdotool("key", "a");
      const { id, start } = await post<FocusBegun>(daemon, "/focus/sessions", {
        source: "terminal",
      });
      // Second by second, as it is seen; the last input is soon longer ago than the limit.
      let seenMs = Date.parse(start);
      for (let sequence = 1; sequence <= WATCHED_S; sequence++) {
        await sleep(Math.max(0, seenMs + 1_000 - Date.now()));
        await post<FocusAdded>(daemon, `/focus/sessions/${id}/samples`, {
          ...{ sequence, start: new Date(seenMs).toISOString() },
          spans: [{ state: "focused", seconds: 1 }],
        });
        seenMs += 1_000;
        assert.notEqual((await daemon.get<{ afk: boolean | null }>("/status")).afk, true);
      }
      assert.deepEqual(await afkEvents(daemon), []);
      const { focused_on } = await daemon.get<WireFocusDetail>(`/focus/sessions/${id}`);
      assert.equal(focused_on[0].name, "XTerm");
      assert.ok(focused_on[0].seconds >= WATCHED_S - 6, `${focused_on[0].seconds} s`);
      await post(daemon, `/focus/sessions/${id}/end`, {});

      // Nobody looks any more.
      await waitFor(async () => {
        const { afk } = await daemon.get<{ afk: boolean | null }>("/status");
        return afk === true || undefined;
      }, 40_000);
      const away = await waitFor(async () => (await afkEvents(daemon))[0]);
      const offMs = Math.abs(Date.parse(away.start) - seenMs);
      assert.ok(offMs <= TOLERANCE_MS, `AFK begins ${offMs} ms off`);
    } finally {
      await daemon.stop();
      await Deno.remove(daemon.dataDir, { recursive: true });
    }
  },
});
