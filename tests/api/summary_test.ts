/** Summaries and goals against the real daemon: that all ways of asking say the same, and what is refused. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { Summary } from "../../cli/wire.ts";
import type { WireGoal } from "../../daemon/api/goals.ts";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";

const HOUR_MS = 3_600_000;
/** Far from the day's end in every zone that a test runs in. */
const ENV = { TZ: "UTC", PRODTRACKER_DAY_START: "04:00" };

async function withDaemon(act: (daemon: DaemonProcess) => Promise<void>): Promise<void> {
  const daemon = await startDaemon(["--no-track"], { env: ENV });
  try {
    await act(daemon);
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
}

type Piece = readonly [time: string, minutes: number, event: Readonly<Record<string, string>>];
const CODE = { source: "window", app: "Code", title: "main.ts" };
const VIDEO = { source: "window", app: "mpv", title: "A film - YouTube" };
const PHONE = { source: "phone", app: "com.instagram.android", device: "pixel" };

/** Imports pieces of a day, and makes sure that all of them are new. */
async function record(
  daemon: DaemonProcess,
  date: string,
  pieces: readonly Piece[],
): Promise<void> {
  const body = pieces.map(([time, minutes, event]) => {
    const startMs = Date.parse(`${date}T${time}:00Z`);
    const [start, end] = [startMs, startMs + minutes * 60_000].map((ms) =>
      new Date(ms).toISOString()
    );
    return JSON.stringify({ start, end, ...event });
  }).join("\n");
  const response = await daemon.fetch("/import", { method: "POST", body });
  const { added } = await response.json();
  assert.equal(added, pieces.length);
}

async function putGoals(daemon: DaemonProcess, goals: readonly unknown[]) {
  const response = await daemon.fetch("/goals", {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(goals),
  });
  return { status: response.status, body: await response.json() };
}

const AT_LEAST: WireGoal = { kind: "at_least", class: "signal", minutes: 120 };
const AT_MOST: WireGoal = { kind: "at_most", class: "noise", minutes: 30 };

Deno.test("a summary has all parts of its period, and the page says the same", () =>
  withDaemon(async (daemon) => {
    for (const date of ["2026-01-12", "2026-01-14", "2026-01-15"]) {
      const away = { source: "afk" };
      await record(daemon, date, [["09:00", 150, CODE], ["11:30", 45, VIDEO], ["12:15", 30, away]]);
    }
    await record(daemon, "2026-01-13", [["09:00", 30, CODE]]);
    await record(daemon, "2026-01-15", [["20:00", 60, PHONE]]);
    addBlock(daemon, "2026-01-15T03:00:00Z", "2026-01-15T04:30:00Z", "time");
    addBlock(daemon, "2026-01-15T10:00:00Z", "2026-01-15T10:15:00Z", "user");
    addBlock(daemon, "2026-01-15T13:00:00Z", "2026-01-15T14:00:00Z", "failed");
    assert.equal((await putGoals(daemon, [AT_LEAST, AT_MOST])).status, 200);

    const day = await daemon.get<Summary>("/summary?date=2026-01-15");
    assert.deepEqual([day.first_date, day.last_date, day.is_over], [
      ...["2026-01-15", "2026-01-15", true],
    ]);
    assert.equal(day.signal_seconds, 150 * 60);
    assert.deepEqual(day.phones.map(({ device, seconds }) => [device, seconds]), [["pixel", 3600]]);
    assert.deepEqual(day.blocks, { count: 2, blocked_seconds: 45 * 60 });
    assert.deepEqual(day.goals, [
      { ...AT_LEAST, met_days: 1, counted_days: 1, streak_days: 2 },
      { ...AT_MOST, met_days: 0, counted_days: 1, streak_days: 0 },
    ]);
    assert.equal(day.hours.length, 24);

    const week = await daemon.get<Summary>("/summary?period=week&date=2026-01-15");
    assert.deepEqual([week.first_date, week.last_date], ["2026-01-12", "2026-01-18"]);
    assert.deepEqual(
      week.goals.map(({ met_days, counted_days, streak_days }) => [
        ...[met_days, counted_days, streak_days],
      ]),
      [[3, 4, 2], [1, 4, 0]],
    );
    // Half of its last day: goals count whole days.
    const range = await daemon.get<Summary>(
      "/summary?from=2026-01-14T04:00:00Z&to=2026-01-15T10:00:00Z",
    );
    assert.deepEqual([range.period, range.first_date, range.last_date], [
      ...["range", "2026-01-14", "2026-01-15"],
    ]);
    assert.equal(range.signal_seconds, 210 * 60);
    assert.equal(range.goals[0].met_days, 2);

    const response = await daemon.fetch("/summary/page?date=2026-01-15");
    assert.match(response.headers.get("content-type")!, /^text\/html/);
    assert.match(response.headers.get("content-security-policy")!, /default-src 'none'/);
    const page = await response.text();
    for (const said of [day.sentence, "2 h 30 min", "pixel", "at least 2 h of signal"]) {
      assert.ok(page.includes(said), said);
    }
  }));

Deno.test("a period without anything says so; one in the future is refused in one line", () =>
  withDaemon(async (daemon) => {
    const empty = await daemon.get<Summary>("/summary?period=month&date=2001-02-03");
    assert.equal(empty.sentence, "Nothing was recorded in this period.");
    assert.deepEqual([empty.signal_share, empty.snr, empty.mean_signal_share], [null, null, null]);
    assert.deepEqual([empty.phones, empty.goals], [[], []]);
    const page = await (await daemon.fetch("/summary/page?date=2001-02-03")).text();
    assert.match(page, /Nothing was recorded in this period\./);
    const refusals: [string, RegExp][] = [
      ["date=2090-01-01", /^Cannot summarize 2090-01-01: it lies in the future$/],
      ["period=week&date=2090-01-04", /^Cannot summarize the week of 2090-01-0\d: it lies/],
      ["period=month&date=2090-01-04", /^Cannot summarize 2090-01: it lies/],
      [
        "from=2090-01-01T00:00:00Z&to=2090-01-02T00:00:00Z",
        /^Cannot summarize the range from 2090/,
      ],
      ["from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", /"to" must be after "from"/],
    ];
    for (const path of ["/summary", "/summary/page"]) {
      for (const [query, message] of refusals) {
        const response = await daemon.fetch(`${path}?${query}`);
        assert.equal(response.status, 422, query);
        assert.match((await response.json()).error.message, message);
      }
    }
  }));

Deno.test("a day in progress counts for a goal as soon as that is settled", () =>
  withDaemon(async (daemon) => {
    const { from } = await daemon.get<{ from: string }>("/activity/day");
    const nowMs = Date.now();
    // At least a minute of the day is over in every run but the first minute after 04:00.
    const startMs = Math.max(Date.parse(from), nowMs - 2 * HOUR_MS);
    const lengthMs = Math.floor((nowMs - startMs) / 2);
    const body = [0, 1].map((i) =>
      JSON.stringify({
        start: new Date(startMs + i * lengthMs).toISOString(),
        end: new Date(startMs + (i + 1) * lengthMs).toISOString(),
        ...i === 0 ? CODE : VIDEO,
      })
    ).join("\n");
    await (await daemon.fetch("/import", { method: "POST", body })).json();
    await putGoals(daemon, [
      { ...AT_LEAST, minutes: 1 },
      { ...AT_LEAST, minutes: 1_440 },
      { ...AT_MOST, minutes: 1_440 },
      { ...AT_MOST, minutes: 0 },
    ]);
    const { goals, is_over } = await daemon.get<Summary>("/summary");
    assert.equal(is_over, false);
    const enough = lengthMs >= 60_000;
    assert.deepEqual(goals.map(({ met_days, counted_days }) => [met_days, counted_days]), [
      ...[enough ? [1, 1] : [0, 0], [0, 0], [0, 0], [0, 1]],
    ]);
  }));

Deno.test("goals are kept with the admin token only, at most ten, each one possible", () =>
  withDaemon(async (daemon) => {
    for (const init of [{}, { method: "PUT", body: "[]" }]) {
      const response = await fetch(`${daemon.url}/goals`, init);
      await response.body?.cancel();
      assert.equal(response.status, 401);
    }
    assert.deepEqual(await putGoals(daemon, [AT_MOST, AT_LEAST]), {
      ...{ status: 200, body: [AT_MOST, AT_LEAST] },
    });
    const refused: unknown[][] = [
      Array.from({ length: 11 }, (_, i) => ({ ...AT_LEAST, minutes: i + 1 })),
      [AT_LEAST, AT_LEAST],
      [{ ...AT_LEAST, minutes: 0 }],
      [{ ...AT_LEAST, minutes: 1.5 }],
      [{ ...AT_LEAST, minutes: 1_441 }],
      [{ ...AT_LEAST, class: "afk" }],
      [{ ...AT_LEAST, more: true }],
      [{ kind: "at_least" }],
    ];
    for (const goals of refused) {
      const { status, body } = await putGoals(daemon, goals);
      assert.ok(status === 400 || status === 422, JSON.stringify(goals));
      assert.match(body.error.message, /^Cannot (set|use) /);
    }
    assert.deepEqual(await daemon.get("/goals"), [AT_MOST, AT_LEAST]);
  }));

/** A block of the past, as if it had run. */
function addBlock(daemon: DaemonProcess, start: string, end: string, how: string): void {
  using db = new DatabaseSync(`${daemon.dataDir}/prodtracker.db`);
  db.exec("PRAGMA busy_timeout = 2000");
  const startMs = Date.parse(start), endMs = Date.parse(end);
  db.prepare(
    `INSERT INTO block (actor, start_ms, end_ms, strict, lists, domains, name_count, length_ms, elapsed_ms,
       seen_wall_ms, seen_up_ms, ended_ms, ended) VALUES ('user', ?, ?, 0, '[]', '[]', 1, ?, 0, ?, 0, ?, ?)`,
  ).run(startMs, endMs, endMs - startMs, endMs, endMs, how);
}
