import assert from "node:assert/strict";
import { temporaryStore } from "./store/testing.ts";
import type { Watcher, WatcherContext } from "./core/ports.ts";
import { HealthBoard } from "./core/health.ts";
import { Hub } from "./core/hub.ts";
import { Live } from "./live.ts";
import { TrackerPart } from "./tracker_part.ts";

const T0 = 1_800_000_000_000;
const MIN = 60_000;

/** How long the run lasts: the first word that somebody is away is held back for a moment. */
const RUN_MS = 4_000;

/** A run of the daemon that ends at a minute, in which nobody has touched anything since another one. */
async function runAt(
  store: ReturnType<typeof temporaryStore>["store"],
  { atMin, idleSinceMin, pauseEndMs = -Infinity }: {
    atMin: number;
    idleSinceMin?: number;
    pauseEndMs?: number;
  },
): Promise<void> {
  const beginMs = T0 + atMin * MIN - RUN_MS;
  const scripted = (watches: "window" | "idle", begin: (context: WatcherContext) => void) => ({
    name: `${watches}_scripted`,
    watches,
    run(context: WatcherContext) {
      begin(context);
      return new Promise<void>((resolve) =>
        context.signal.addEventListener("abort", () => resolve())
      );
    },
  });
  const watchers: Watcher[] = [
    scripted(
      "window",
      ({ emit }) => emit({ kind: "window", atMs: beginMs, window: { app: "nFilm" } }),
    ),
    scripted("idle", ({ emit }) => {
      if (idleSinceMin === undefined) return emit({ kind: "not-afk", atMs: beginMs });
      emit({ kind: "afk", atMs: T0 + idleSinceMin * MIN });
    }),
  ];
  const hub = new Hub();
  const live = new Live(hub, (ids) => store.events(ids), () => ({}));
  const stop = new AbortController();
  let monoMs = 0;
  const part = new TrackerPart({
    ...{ store, hub, live, watchers },
    clock: { nowMs: () => beginMs + monoMs, monoMs: () => monoMs },
    afkLimitMs: 3 * MIN,
    env: () => undefined,
    health: new HealthBoard(() => {}),
    classify: () => ({ class: "noise" }),
    privacy: (window) => window,
    recordingSinceMs: () => pauseEndMs,
    onState: () => {},
  });
  const running = part.run(stop.signal);
  monoMs = RUN_MS;
  // Evidence that shows nothing, upon which it is looked again.
  part.present(NaN, NaN);
  stop.abort();
  await running;
  live.close();
}

const spans = (store: ReturnType<typeof temporaryStore>["store"], source: string) =>
  store.recent(10).filter((event) => event.source === source && event.endMs > event.startMs)
    .map(({ startMs, endMs }) => [(startMs - T0) / MIN, (endMs - T0) / MIN]).toReversed();

Deno.test("TrackerPart dates AFK not back over a film that an earlier run has recorded", async () => {
  await using t = temporaryStore();
  const film = { source: "window" as const, subject: { app: "nFilm" } };
  await t.store.record([{ ...film, startMs: T0, endMs: T0 + 120 * MIN }]);
  await runAt(t.store, { atMin: 130, idleSinceMin: 1 });
  assert.deepEqual(spans(t.store, "afk"), [[120, 130]]);
});

Deno.test("TrackerPart dates AFK back to the last input when the earlier run knew it to be AFK", async () => {
  await using t = temporaryStore();
  const film = { source: "window" as const, subject: { app: "nFilm" } };
  await t.store.record([
    { ...film, startMs: T0, endMs: T0 + 13 * MIN },
    { source: "afk", subject: {}, startMs: T0 + 10 * MIN, endMs: T0 + 13 * MIN },
  ]);
  await runAt(t.store, { atMin: 130, idleSinceMin: 10 });
  assert.deepEqual(spans(t.store, "afk"), [[10, 130]]);
});

Deno.test("TrackerPart leaves a pause of before its start empty", async () => {
  await using t = temporaryStore();
  const film = { source: "window" as const, subject: { app: "nFilm" } };
  await t.store.record([{ ...film, startMs: T0, endMs: T0 + 10 * MIN }]);
  await runAt(t.store, { atMin: 130, idleSinceMin: 5, pauseEndMs: T0 + 100 * MIN });
  assert.deepEqual(spans(t.store, "afk"), [[100, 130]]);

  await using short = temporaryStore();
  await short.store.record([{ ...film, startMs: T0 - 5_000, endMs: T0 }]);
  await runAt(short.store, { atMin: 0.15, pauseEndMs: T0 + 5_000 });
  assert.deepEqual(spans(short.store, "window"), [[-5_000 / MIN, 0], [
    5_000 / MIN,
    9_000 / MIN,
  ]]);
});
