/** Focus sessions against the real daemon: what is taken, what is refused, and what becomes of it. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { FocusAdded, FocusBegun, Summary } from "../../cli/wire.ts";
import type { WireFocusAnalytics, WireFocusDetail, WireFocusSession } from "../../cli/wire.ts";
import { type DaemonProcess, startDaemon, waitFor } from "../daemon_process.ts";

const TIMES = {
  total_seconds: 0,
  focused_seconds: 0,
  unfocused_seconds: 0,
  no_face_seconds: 0,
  uncertain_seconds: 0,
};

async function withDaemon(
  act: (daemon: DaemonProcess) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  // The day is far from its end: nothing of a test is split.
  const hour = (new Date().getHours() + 12) % 24;
  const dayStart = `${String(hour).padStart(2, "0")}:00`;
  const daemon = await startDaemon(["--no-track"], {
    env: { PRODTRACKER_DAY_START: dayStart, ...env },
  });
  try {
    await act(daemon);
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
}

async function send<T>(daemon: DaemonProcess, path: string, body: unknown, method = "POST") {
  const response = await daemon.fetch(path, {
    method,
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  return { status: response.status, body: await response.json() as T };
}

async function statusOf(daemon: DaemonProcess, path: string, init?: RequestInit) {
  const response = await daemon.fetch(path, init);
  await response.body?.cancel();
  return response.status;
}

async function begin(daemon: DaemonProcess, more: Record<string, unknown> = {}) {
  const { status, body } = await send<FocusBegun>(daemon, "/focus/sessions", {
    source: "browser",
    ...more,
  });
  assert.equal(status, 200, JSON.stringify(body));
  return { ...body, startMs: Date.parse(body.start) };
}

/** A session whose start lies in the past, as if it had run for a while. */
function movedBack(daemon: DaemonProcess, id: number, ms: number): void {
  using db = new DatabaseSync(`${daemon.dataDir}/prodtracker.db`);
  db.exec("PRAGMA busy_timeout = 2000");
  db.prepare(
    "UPDATE focus_session SET start_ms = start_ms - :ms, end_ms = end_ms - :ms WHERE id = :id",
  ).run({ ms, id });
}

Deno.test("a session from its begin to its end, and wherever it is told of", () =>
  withDaemon(async (daemon) => {
    const { id, startMs, calibration } = await begin(daemon, {
      camera: "Integrated Camera",
      planned_minutes: 25,
    });
    assert.equal(calibration, null);
    const empty: WireFocusSession = {
      ...{ id, source: "browser", camera: "Integrated Camera", end: null, how: "running" },
      ...{ start: new Date(startMs).toISOString(), planned_minutes: 25, ...TIMES },
      ...{ breaks: 0, longest_streak_seconds: 0, focus_percent: null },
    };
    const status = async () =>
      (await daemon.get<{ focus: WireFocusSession | null }>("/status")).focus;
    assert.deepEqual(await status(), empty);
    movedBack(daemon, id, 400_000);
    const t = startMs - 400_000;
    const added = await send<FocusAdded>(daemon, `/focus/sessions/${id}/samples`, {
      sequence: 1,
      start: new Date(t).toISOString(),
      spans: [
        { state: "focused", seconds: 100.25 },
        { state: "unfocused", seconds: 20 },
        { state: "no_face", seconds: 70 },
        { state: "uncertain", seconds: 5 },
        { state: "focused", seconds: 104.75 },
      ],
    });
    const session: WireFocusSession = {
      ...empty,
      ...{ start: new Date(t).toISOString(), total_seconds: 300, focused_seconds: 205 },
      ...{ unfocused_seconds: 20, no_face_seconds: 70, uncertain_seconds: 5 },
      ...{ breaks: 1, longest_streak_seconds: 104.75, focus_percent: 69.5 },
    };
    assert.deepEqual(added, { status: 200, body: { sequence: 1, session } });
    const ended = await send<{ session: WireFocusSession }>(
      daemon,
      `/focus/sessions/${id}/end`,
      "",
    );
    const over = { ...session, how: "ended", end: new Date(t + 300_000).toISOString() };
    assert.deepEqual(ended.body, { session: over });
    assert.deepEqual((await send(daemon, `/focus/sessions/${id}/end`, {})).body, ended.body);
    assert.equal(await status(), null);
    assert.deepEqual(await daemon.get("/focus/sessions"), [over]);
    const to = new Date(t).toISOString();
    assert.deepEqual(await daemon.get(`/focus/sessions?to=${to}`), []);
    const detail = await daemon.get<WireFocusDetail>(`/focus/sessions/${id}`);
    const sum = (key: "focused_seconds" | "no_face_seconds") =>
      Math.round(detail.minutes.reduce((all, minute) => all + minute[key] * 1000, 0)) / 1000;
    assert.deepEqual([sum("focused_seconds"), sum("no_face_seconds")], [205, 70]);
    assert.ok(detail.minutes.every(({ start }) => Date.parse(start) % 60_000 === 0));
    assert.deepEqual(detail.focused_on, [], "nothing was tracked");

    const analytics = await daemon.get<WireFocusAnalytics>("/focus/analytics?days=2");
    assert.deepEqual(analytics.days.map(({ total_seconds }) => total_seconds).toSorted(), [0, 300]);
    assert.deepEqual([analytics.total.breaks, analytics.total.sessions], [1, 1]);
    assert.equal(analytics.hours.length, 24);
    assert.deepEqual(analytics.streaks, {
      ...{ current_days: 0, longest_days: 0, day_counts_from_seconds: 300 },
    });
    const summary = await daemon.get<Summary>("/summary?period=month");
    const { focus } = summary;
    assert.deepEqual([focus.focused_seconds, focus.focus_percent], [205, 69.5]);
    const metrics = await (await daemon.fetch("/metrics")).text();
    assert.match(metrics, /^prodtracker_focus_seconds\{state="no_face"\} 70$/m);
    assert.match(metrics, /^prodtracker_focus_running 0$/m);
  }));

Deno.test("the stream tells every change of a session", () =>
  withDaemon(async (daemon) => {
    const response = await daemon.fetch("/stream");
    const updates: { session: WireFocusSession | null; state: string | null }[] = [];
    const reading = (async () => {
      let rest = "";
      for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
        const messages = (rest + text).split("\n\n");
        rest = messages.pop()!;
        for (const message of messages) {
          const found = /^event: focus\ndata: (.*)$/.exec(message);
          if (found) updates.push(JSON.parse(found[1]));
        }
      }
    })();
    await waitFor(() => updates.length > 0);
    const { id, start } = await begin(daemon);
    const spans = [{ state: "focused", seconds: 1 }, { state: "unfocused", seconds: 1 }];
    await send(daemon, `/focus/sessions/${id}/samples`, { sequence: 1, start, spans });
    await begin(daemon, { source: "terminal" });
    await waitFor(() => updates.length >= 5);
    assert.deepEqual(
      updates.map(({ session, state }) => [session?.id, session?.how, state]),
      [
        [undefined, undefined, null],
        [1, "running", null],
        [1, "running", "unfocused"],
        [1, "ended", null],
        [2, "running", null],
      ],
    );
    await daemon.stop();
    await reading;
  }));

Deno.test("what was in front is joined to the millisecond, whichever came first", () =>
  withDaemon(async (daemon) => {
    const { id, startMs } = await begin(daemon);
    movedBack(daemon, id, 200_000);
    const t = startMs - 200_000;
    const at = (seconds: number) => new Date(t + seconds * 1000).toISOString();
    const show = async (app: string, from: number, to: number, source = "window") => {
      const event = { start: at(from), end: at(to), source, ...(app && { app }) };
      const reply = await send<{ added: number }>(
        daemon,
        "/import?format=jsonl",
        JSON.stringify(event),
      );
      assert.equal(reply.body.added, 1);
    };
    await show("Code", -50, 40.123);
    const samples = await send(daemon, `/focus/sessions/${id}/samples`, {
      ...{ sequence: 1, start: at(0) },
      spans: [
        { state: "focused", seconds: 60 },
        { state: "unfocused", seconds: 30 },
        { state: "focused", seconds: 60.5 },
      ],
    });
    assert.equal(samples.status, 200);
    await show("steam", 40.123, 170);
    await show("", 100, 110, "afk");
    const { focused_on, focused_classes } = await daemon.get<WireFocusDetail>(
      `/focus/sessions/${id}`,
    );
    const expected = [
      { name: "steam", class: "noise", seconds: 70.377, unfocused_seconds: 30 },
      { name: "Code", class: "signal", seconds: 40.123, unfocused_seconds: 0 },
    ];
    assert.deepEqual(focused_on, expected);
    assert.deepEqual(focused_classes, {
      ...{ signal_seconds: 40.123, noise_seconds: 70.377, neutral_seconds: 0 },
    });
    const analytics = await daemon.get<WireFocusAnalytics>("/focus/analytics?days=2");
    assert.deepEqual(analytics.focused_on, expected);
    // Judged anew, it changes sides.
    await send(daemon, "/rules", [{ match: "app", exact: "steam", class: "signal" }], "PUT");
    await waitFor(async () => {
      const later = await daemon.get<WireFocusDetail>(`/focus/sessions/${id}`);
      return later.focused_classes.signal_seconds === 110.5;
    });
  }));

const SAMPLES = "/focus/sessions/1/samples";
type Case = [name: string, path: string, body: unknown, status: number, method?: string];

/** What is wrong with a batch that would be right as `{sequence: 1, start, spans: [focused 1 s]}`. */
function badBatches(start: string): Case[] {
  const batch = { sequence: 1, start, spans: [{ state: "focused", seconds: 1 }] };
  const seconds = (text: string) =>
    JSON.stringify(batch).replace('"seconds":1', `"seconds":${text}`);
  const shifted = (ms: number) => new Date(Date.parse(start) + ms).toISOString();
  return [
    ["negative seconds", SAMPLES, seconds("-1"), 422],
    ["NaN", SAMPLES, seconds("NaN"), 400],
    ["endless seconds", SAMPLES, seconds("1e999"), 400],
    ["seconds as a text", SAMPLES, seconds('"1"'), 400],
    ["more than a day", SAMPLES, seconds("86401"), 422],
    ["no spans", SAMPLES, { ...batch, spans: [] }, 422],
    ["too many spans", SAMPLES, { ...batch, spans: Array(1_001).fill(batch.spans[0]) }, 422],
    ["a megabyte", SAMPLES, { ...batch, spans: Array(30_000).fill(batch.spans[0]) }, 413],
    ["a state of its own", SAMPLES, { ...batch, spans: [{ state: "asleep", seconds: 1 }] }, 422],
    ["a span with a picture", SAMPLES, {
      ...batch,
      spans: [{ ...batch.spans[0], frame: "aGVsbG8=" }],
    }, 400],
    ["landmarks", SAMPLES, { ...batch, landmarks: [1, 2, 3] }, 400],
    ["the future", SAMPLES, { ...batch, start: shifted(120_000) }, 422],
    ["a span that reaches there", SAMPLES, seconds("7200"), 422],
    ["before the session", SAMPLES, { ...batch, start: shifted(-1_500) }, 422],
    ["no time", SAMPLES, { ...batch, start: "yesterday" }, 422],
    ["a time without a zone", SAMPLES, { ...batch, start: start.replace("Z", "") }, 422],
    ["a number as time", SAMPLES, { ...batch, start: 5 }, 400],
    ["sequence 0", SAMPLES, { ...batch, sequence: 0 }, 422],
    ["half a sequence", SAMPLES, { ...batch, sequence: 1.5 }, 400],
    ["a gap in the sequence", SAMPLES, { ...batch, sequence: 3 }, 409],
    ["no sequence", SAMPLES, { start, spans: batch.spans }, 400],
    ["another session", "/focus/sessions/99/samples", batch, 404],
    ["a session without a number", "/focus/sessions/one/samples", batch, 404],
    ["a session beyond all numbers", `/focus/sessions/${"9".repeat(30)}/samples`, batch, 404],
    ["an end of nothing", "/focus/sessions/99/end", {}, 404],
    ["an end with something", "/focus/sessions/1/end", { at: start }, 400],
    ["a list", SAMPLES, [batch], 400],
    ["half a body", SAMPLES, '{"sequence":1,', 400],
  ];
}

const CALIBRATION = {
  ...{ camera: "cam", neutral_yaw_deg: -4.5, neutral_pitch_deg: 7, open_level: 0.93 },
  zones: [{ yaw_from_deg: 20, yaw_to_deg: 55, pitch_from_deg: -15, pitch_to_deg: 10 }],
};
const ZONE = CALIBRATION.zones[0];
const OTHER_CASES: Case[] = [
  ["no source", "/focus/sessions", {}, 400],
  ["a source of its own", "/focus/sessions", { source: "phone" }, 422],
  ["a long camera", "/focus/sessions", { source: "browser", camera: "x".repeat(201) }, 422],
  ["a plan of nothing", "/focus/sessions", { source: "browser", planned_minutes: 0 }, 422],
  ["a plan of a week", "/focus/sessions", { source: "browser", planned_minutes: 10_080 }, 422],
  [
    "a yaw behind the head",
    "/focus/calibration",
    {
      ...CALIBRATION,
      neutral_yaw_deg: 120,
    },
    422,
    "PUT",
  ],
  ["eyes more than open", "/focus/calibration", { ...CALIBRATION, open_level: 1.1 }, 422, "PUT"],
  [
    "a zone the wrong way round",
    "/focus/calibration",
    {
      ...CALIBRATION,
      zones: [{ ...ZONE, yaw_from_deg: 60 }],
    },
    422,
    "PUT",
  ],
  ["many zones", "/focus/calibration", { ...CALIBRATION, zones: Array(9).fill(ZONE) }, 422, "PUT"],
  ["a zone of its own", "/focus/calibration", { ...CALIBRATION, zones: [{}] }, 400, "PUT"],
];

Deno.test("bad sessions, batches and calibrations are refused each in its way, and change nothing", async (t) => {
  await withDaemon(async (daemon) => {
    const { id, start } = await begin(daemon);
    assert.equal(id, 1);
    const everything = async () => {
      const metrics = await daemon.fetch("/metrics", { headers: { accept: "application/json" } });
      return [await daemon.get("/focus/sessions"), (await metrics.json()).failed_commits];
    };
    const before = await everything();
    for (const [name, path, body, wanted, method] of [...badBatches(start), ...OTHER_CASES]) {
      await t.step(`${name}: ${wanted}`, async () => {
        const { status, body: answer } = await send<{ error: { code: string; message: string } }>(
          ...[daemon, path, body] as const,
          method,
        );
        assert.equal(status, wanted, JSON.stringify(answer));
        assert.match(answer.error.code, /^[a-z_]+$/);
        assert.ok(answer.error.message.length > 0 && answer.error.message.length < 300);
      });
    }
    for (const query of ["days=0", "days=3661", "days=1e2", "weeks=2"]) {
      const wanted = query.startsWith("weeks") ? 400 : 422;
      assert.equal(await statusOf(daemon, `/focus/analytics?${query}`), wanted, query);
    }
    assert.equal(await statusOf(daemon, "/focus/sessions/7"), 404);
    assert.equal(await statusOf(daemon, "/focus/calibration?camera=cam"), 404);
    assert.deepEqual(await everything(), before);
  });
});

Deno.test("a batch counts once, however often and however late it comes", () =>
  withDaemon(async (daemon) => {
    const { start, startMs } = await begin(daemon);
    const batch = { sequence: 1, start, spans: [{ state: "focused", seconds: 3 }] };
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => send<FocusAdded>(daemon, SAMPLES, batch)),
    );
    for (const { status, body } of replies) {
      assert.equal(status, 200);
      assert.deepEqual(body, replies[0].body);
    }
    const later = { ...batch, sequence: 2, start: new Date(startMs + 2_500).toISOString() };
    const clipped = await send<FocusAdded>(daemon, SAMPLES, later);
    assert.equal(clipped.body.session.total_seconds, 5.5);
    await send(daemon, "/focus/sessions/1/end", {});
    const replay = await send<FocusAdded>(daemon, SAMPLES, later);
    assert.deepEqual([replay.status, replay.body.session.total_seconds], [200, 5.5]);
    assert.equal((await send(daemon, SAMPLES, { ...later, sequence: 3 })).status, 409);
  }));

Deno.test("a camera's calibration is kept and told to its next session", () =>
  withDaemon(async (daemon) => {
    const put = await send(daemon, "/focus/calibration", CALIBRATION, "PUT");
    assert.deepEqual(put, { status: 200, body: CALIBRATION });
    assert.deepEqual(await daemon.get("/focus/calibration?camera=cam"), CALIBRATION);
    assert.deepEqual((await begin(daemon, { camera: "cam" })).calibration, CALIBRATION);
    assert.equal((await begin(daemon)).calibration, null);
  }));

Deno.test("sessions are written by programs on this computer until a token is set, and by no page of others", () =>
  withDaemon(async (daemon) => {
    const post = (url: string, headers: Record<string, string>, method = "POST") =>
      fetch(`${daemon.url}${url}`, {
        method,
        headers: { "content-type": "application/json", ...headers },
        body: method === "GET" ? undefined : JSON.stringify({ source: "browser" }),
      }).then(async (response) => {
        await response.body?.cancel();
        return response.status;
      });
    assert.equal(await post("/focus/sessions", {}), 200);
    assert.equal(await post("/focus/sessions", { "sec-fetch-site": "same-origin" }), 200);
    const foreign = ["http://evil.example", "http://127.0.0.1:1", "null"];
    for (const origin of foreign) assert.equal(await post("/focus/sessions", { origin }), 403);
    for (const site of ["cross-site", "same-site"]) {
      assert.equal(await post("/focus/sessions", { "sec-fetch-site": site }), 403);
    }
    for (const path of ["/focus/sessions", "/focus/sessions/1", "/focus/analytics"]) {
      assert.equal(await post(path, {}, "GET"), 401, path);
      assert.equal(await post(path, { "x-admin-token": "x".repeat(43) }, "GET"), 401, path);
      assert.equal(await post(path, { "x-admin-token": daemon.token }, "GET"), 200, path);
    }
  }));

Deno.test("with a token configured nobody writes sessions without it", () =>
  withDaemon(async (daemon) => {
    for (const path of ["/focus/sessions", "/focus/sessions/1/samples", "/focus/sessions/1/end"]) {
      for (const token of ["", "y".repeat(24)]) {
        const status = await statusOf(daemon, path, {
          method: "POST",
          body: JSON.stringify({ source: "browser" }),
          headers: { "x-admin-token": token },
        });
        assert.equal(status, 401, path);
      }
    }
    await begin(daemon);
  }, { DASHBOARD_ADMIN_TOKEN: "a-token-of-the-tests-24" }));
