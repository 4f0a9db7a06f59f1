/** Privacy rules on a real desktop: what they hide of a window is in nothing that the daemon wrote or said. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { UnavailableError } from "../../daemon/core/errors.ts";
import { HealthBoard } from "../../daemon/core/health.ts";
import type { Heartbeat } from "../../daemon/core/heartbeat.ts";
import { Hub } from "../../daemon/core/hub.ts";
import { compilePrivacy } from "../../daemon/core/privacy_filter.ts";
import type { FocusedWindow } from "../../daemon/core/types.ts";
import { Live } from "../../daemon/live.ts";
import { systemClock } from "../../daemon/os/clock.ts";
import type { Store } from "../../daemon/store/mod.ts";
import { TrackerPart } from "../../daemon/tracker_part.ts";
import { type DaemonProcess, startDaemon, waitFor } from "../daemon_process.ts";
import { startXSession, X_SESSION_NEEDS, type XSession } from "../x_session.ts";
import { captureStream, type Traces, traces } from "./canaries.ts";

const { ignore, suffix } = X_SESSION_NEEDS;

interface Scene {
  readonly desk: XSession;
  readonly daemon: DaemonProcess;
  readonly all: Traces;
  /** Replaces the rules. */
  put(rules: unknown[]): Promise<void>;
  /** Opens a terminal with this title in front, and returns its window. */
  open(title: string): Promise<string>;
  /** What is in front, as the daemon tells. */
  now(): Promise<{ app: string | null; title: string | null } | null>;
}

async function withScene(work: (scene: Scene) => Promise<void>): Promise<void> {
  await using desk = await startXSession();
  const all = traces();
  const daemon = await startDaemon([], { env: { DISPLAY: desk.display } });
  const endStream = await captureStream(daemon, (text) => all.say("stream", text));
  all.folder(daemon.dataDir);
  try {
    await work({
      ...{ desk, daemon, all },
      async put(rules) {
        const reply = await daemon.fetch("/privacy", {
          method: "PUT",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(rules),
        });
        assert.equal(reply.status, 200, await reply.text());
      },
      async open(title) {
        desk.run("xterm", "-T", title, "-e", "sleep", "600");
        const id = await desk.xdotool("search", "--sync", "--onlyvisible", "--name", title);
        await desk.xdotool("windowactivate", "--sync", id);
        return id;
      },
      now: async () =>
        (await daemon.get<{ now: Awaited<ReturnType<Scene["now"]>> }>("/status")).now,
    });
  } finally {
    await daemon.stop();
    await endStream();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
}

/** Titles on record, in order. */
function titles({ dataDir }: DaemonProcess): string[] {
  using db = new DatabaseSync(`${dataDir}/prodtracker.db`, { readOnly: true });
  const rows = db.prepare(
    "SELECT s.title FROM event e JOIN subject s ON s.id = e.subject_id WHERE e.source = 'window' ORDER BY e.start_ms, e.id",
  ).all() as { title: string }[];
  return rows.map(({ title }) => title);
}

Deno.test({
  name: `a title that a rule hides reaches nothing, however fast it changes${suffix}`,
  ignore,
  fn: () =>
    withScene(async ({ desk, daemon, all, put, open, now }) => {
      await put([
        { match: "title", regex: "quaxdro[p]", action: "drop_title" },
        { match: "title", regex: "quaxhas[h]", action: "hash_title" },
        { match: "title", regex: "quaxeven[t]", action: "drop_event" },
      ]);
      const id = await open("plain");
      await waitFor(async () => (await now())?.title === "plain" || undefined);
      for (let i = 0; i < 60; i++) {
        const word = ["quaxdrop", "quaxhash", "quaxevent", "plain"][i % 4];
        await desk.xdotool("set_window", "--name", `${word} ${i}`, id);
      }
      await desk.xdotool("set_window", "--name", "a quaxhash title", id);
      const hashed = await waitFor(async () => {
        const title = (await now())?.title;
        return title?.startsWith("#") ? title : undefined;
      });
      await desk.xdotool("set_window", "--name", "a quaxevent title", id);
      await waitFor(async () => await now() === null || undefined);
      await desk.xdotool("set_window", "--name", "a quaxdrop title", id);
      await waitFor(async () => (await now())?.app === "XTerm" || undefined);
      assert.deepEqual(await now().then((window) => window?.title), null);
      await desk.xdotool("set_window", "--name", "a quaxhash title", id);
      await waitFor(async () => (await now())?.title === hashed || undefined);
      for (const path of ["/health", "/status", "/metrics", "/loop"]) {
        all.say(path, await (await daemon.fetch(path)).text());
      }
      await daemon.stop();
      all.say("what it printed", daemon.stderr());
      for (const word of ["quaxdrop", "quaxhash", "quaxevent"]) {
        assert.deepEqual(all.find(word), []);
      }
      assert.ok(titles(daemon).filter((title) => title === hashed).length >= 2);
      assert.equal(titles(daemon)[0], "plain");
    }),
});

Deno.test({
  name:
    `after PUT /privacy has answered nothing is stored that it hides, also of the window in front${suffix}`,
  ignore,
  fn: () =>
    withScene(async ({ desk, daemon, put, open, now }) => {
      const id = await open("quaxrun 0");
      await waitFor(async () => (await now())?.title === "quaxrun 0" || undefined);
      let shown = 0;
      const stop = new AbortController();
      const running = (async () => {
        while (!stop.signal.aborted) {
          await desk.xdotool("set_window", "--name", `quaxrun ${shown + 1}`, id);
          shown++;
        }
      })();
      await waitFor(() => shown > 30 || undefined);
      await put([{ match: "title", regex: "quaxru[n]", action: "drop_title" }]);
      const last = shown;
      const then = await now();
      assert.deepEqual([then?.app, then?.title], ["XTerm", null]);
      const before = titles(daemon);
      await waitFor(() => shown > last + 60 || undefined);
      stop.abort();
      await running;
      // Another proof of the window in front comes every five seconds at most.
      await waitFor(async () => {
        const [newest] = await daemon.get<{ title: string | null; end: string; start: string }[]>(
          "/events/recent?limit=1",
        );
        return newest.title === null && newest.end > newest.start || undefined;
      });
      const known = (all: string[]) => all.filter((title) => title !== "");
      assert.deepEqual(known(titles(daemon)), known(before));
      assert.ok(known(before).length > 0);
    }),
});

Deno.test({
  name:
    `what waits for a database that cannot save goes through the rules that came meanwhile${suffix}`,
  ignore,
  async fn() {
    await using desk = await startXSession();
    desk.run("xterm", "-T", "quaxwait 1", "-e", "sleep", "600");
    const id = await desk.xdotool("search", "--sync", "--onlyvisible", "--name", "quaxwait 1");
    await desk.xdotool("windowactivate", "--sync", id);
    let isUp = false, filter = await compilePrivacy([]);
    const saved: Heartbeat[] = [];
    const tried: string[] = [];
    const record = (beats: readonly Heartbeat[]) => {
      if (isUp) saved.push(...beats);
      else tried.push(...beats.map(({ subject }) => subject.title ?? ""));
      return isUp ? Promise.resolve([]) : Promise.reject(new UnavailableError("it is locked"));
    };
    const hub = new Hub();
    const live = new Live(hub, () => [], () => ({}));
    const part = new TrackerPart({
      store: { record, lastThereMs: () => undefined } as unknown as Store,
      clock: systemClock,
      afkLimitMs: 600_000,
      env: (name) => name === "DISPLAY" ? desk.display : undefined,
      health: new HealthBoard(() => {}),
      ...{ hub, live },
      classify: () => ({ class: "neutral" }),
      privacy: (window: FocusedWindow) => filter.apply(window),
      recordingSinceMs: () => -Infinity,
      onState: () => {},
    });
    const stop = new AbortController();
    const running = part.run(stop.signal);
    for (const title of ["quaxwait 1", "quaxwait 2", "quaxwait 3"]) {
      await desk.xdotool("set_window", "--name", title, id);
      await waitFor(() => tried.includes(title) || undefined);
    }
    filter = await compilePrivacy([{ match: "title", exact: "quaxwait 2", action: "drop_event" }, {
      match: "title",
      regex: "quaxwait",
      action: "drop_title",
    }]);
    isUp = true;
    part.refresh();
    await waitFor(() => saved.length > 0 || undefined);
    stop.abort();
    await running;
    live.close();
    const windows = saved.filter(({ source }) => source === "window");
    assert.ok(windows.length > 1);
    assert.ok(
      windows.every(({ subject }) => subject.app === "XTerm" && subject.title === undefined),
    );
  },
});
