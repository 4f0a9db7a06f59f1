import assert from "node:assert/strict";
import { displayWidth, withoutColours } from "../text.ts";
import type { Status, WireFocusSession } from "../wire.ts";
import { view } from "./status.ts";

const totals = {
  signal_seconds: 11_520,
  noise_seconds: 5_400,
  neutral_seconds: 1_320,
  afk_seconds: 3_900,
  snr: 2.133,
  signal_share: 0.681,
};
const topApps = [
  { name: "Code", class: "signal" as const, seconds: 9_600 },
  { name: "日本語のとても長い名前\x1b[2Jのプログラム", class: "noise" as const, seconds: 5_400 },
  { name: null, class: "neutral" as const, seconds: 60 },
];
const status: Status = {
  now: {
    app: "Code",
    title: `evil \x1b]0;title\x07 ${"long ".repeat(40)}`,
    class: "signal",
    category: "development",
    since: "2026-01-15T12:00:00.000Z",
  },
  afk: false,
  afk_since: null,
  tracking: true,
  paused: false,
  paused_until: null,
  today: { ...totals, date: "2026-01-15", from: "2026-01-15T04:00:00.000Z" },
  top_apps: topApps,
  block: null,
  focus: null,
  loop: { nudge: null, snoozed_until: null, held_by: null },
  phones: [],
  health: "ok",
};
const options = { nowMs: Date.parse("2026-01-15T12:12:00Z"), width: 80, running: true };

function check(lines: readonly string[], width: number): string[] {
  return lines.map((line) => {
    const text = withoutColours(line);
    assert.ok(!text.includes("\x1b"), "nothing steers the terminal");
    assert.ok(displayWidth(text) <= width, `${displayWidth(text)}: ${text}`);
    return text;
  });
}

Deno.test("status fits its terminal, says all without colour, and cannot steer it", () => {
  for (const width of [60, 80, 120]) {
    const text = check(view(status, { ...options, width }), width).join("\n");
    assert.match(text, /^Now {4}█ signal, for 12 min: Code — evil \ufffd\]0;title\ufffd long /);
    assert.match(text, /signal {3}3 h 12 min {2}█+\n {2}noise {4}1 h 30 min {2}▓+\n/);
    assert.match(text, /68 % signal, SNR 2\.1/);
    assert.match(text, /\(no name\)/);
  }
});

Deno.test("status says when nothing records, nobody is there, or nothing has the focus", () => {
  const first = (change: Partial<Status>, running = true) =>
    withoutColours(view({ ...status, ...change }, { ...options, running })[0]);
  assert.match(first({}, false), /nothing records; prodtracker serve does$/);
  assert.match(first({ tracking: false }), /runs without tracking$/);
  assert.match(first({ now: null }), /nothing has the focus$/);
  const afk = { afk: true, afk_since: "2026-01-15T12:02:00.000Z" };
  assert.match(first(afk), /away for 10 min$/);
  const lines = view({ ...status, health: "degraded" }, options);
  assert.match(lines.at(-1)!, /prodtracker doctor/);
});

Deno.test("status shows the phones and when they were heard of last, whatever they are called", () => {
  const phones = [
    { name: "pixel\x1b[2J ".repeat(12), last_seen: "2026-01-15T12:10:00.000Z" },
    { name: "old one", last_seen: null },
  ];
  const lines = check(view({ ...status, phones }, options), 80);
  assert.match(lines[2], /^Phone {2}pixel\ufffd/);
  assert.equal(lines[3], "Phone  old one, has told nothing yet");
});

Deno.test("status shows what is blocked, and for how long", () => {
  const block = {
    end: "2026-01-15T13:00:00.000Z",
    remaining_seconds: 2_880,
    strict: true,
    lists: ["social", "video"],
    domains: ["evil\x1b[2J.example", ...Array(20).fill("long.example")],
    name_count: 400,
  };
  const lines = (change: Partial<typeof block> | { end: null; remaining_seconds: null }) =>
    check(view({ ...status, block: { ...block, ...change } }, options), 80);
  assert.match(lines({})[2], /^Block {2}until \d\d:\d\d, 48 min left, strict: social, video, evil/);
  const unknown = { end: null, remaining_seconds: null, strict: false, lists: [], domains: [] };
  assert.equal(lines(unknown)[2], "Block  until block off");
  assert.equal(check(view(status, options), 80)[2], "");
});

Deno.test("status shows a pause and its end, with and without a daemon", () => {
  const paused_until = "2026-01-15T12:42:00.000Z";
  const paused = { ...status, now: null, paused: true, paused_until };
  const lines = check(view(paused, options), 80);
  assert.match(lines[0], /^Now {4}nothing is recorded$/);
  assert.match(lines[2], /^Pause {2}until \d\d:\d\d, 30 min left; prodtracker pause off ends it$/);
  const told = check(view({ ...paused, paused_until: null }, { ...options, running: false }), 80);
  assert.match(told[0], /nothing records; prodtracker serve does$/);
  assert.match(told[2], /^Pause {2}until pause off; /);
});

Deno.test("status shows a nudge that is up, and quiet that was asked for", () => {
  const nudge = {
    ...{ id: 1, at: "2026-01-15T12:10:00.000Z", rule: "noise", step: "nudge" } as const,
    ...{ explanation: "10 of 15 minutes on evil\x1b[2J", snooze_minutes: 5, can_block: true },
  };
  const loop = { nudge, snoozed_until: "2026-01-15T12:30:00.000Z", held_by: null };
  const lines = check(view({ ...status, loop }, options), 80);
  assert.match(lines[2], /^Nudge {2}10 of 15 minutes on evil\ufffd/);
  assert.match(lines[3], /^Nudge {2}quiet until \d\d:\d\d$/);
});

const noFocus = {
  total_seconds: 0,
  focused_seconds: 0,
  unfocused_seconds: 0,
  no_face_seconds: 0,
  uncertain_seconds: 0,
};
const session: WireFocusSession = {
  ...{ id: 1, source: "browser", camera: null, start: "2026-01-15T12:00:00.000Z", end: null },
  ...{ ...noFocus, how: "running", planned_minutes: 25, breaks: 0, longest_streak_seconds: 0 },
  focus_percent: null,
};

Deno.test("status shows the focus session that runs", () => {
  const line = (change: Partial<WireFocusSession>) =>
    check(view({ ...status, focus: { ...session, ...change } }, options), 80)[2];
  assert.equal(line({}), "Focus  has just begun");
  const times = { total_seconds: 600, focused_seconds: 480, focus_percent: 83.3 };
  assert.equal(line(times), "Focus  8 min focused of 10 min (83 %), 15 min to go");
  assert.equal(
    line({ ...times, planned_minutes: null, breaks: 2 }),
    "Focus  8 min focused of 10 min (83 %), 2 breaks",
  );
});
