import assert from "node:assert/strict";
import { summaryView } from "./summary_view.ts";
import { displayWidth, withoutColours } from "./text.ts";
import type { Summary } from "./wire.ts";

const totals = {
  signal_seconds: 11_520,
  noise_seconds: 5_400,
  neutral_seconds: 1_320,
  afk_seconds: 3_900,
  snr: 2.133,
  signal_share: 0.681,
};

function check(lines: readonly string[], width: number): string[] {
  return lines.map((line) => {
    const text = withoutColours(line);
    assert.ok(!text.includes("\x1b"), "nothing steers the terminal");
    assert.ok(displayWidth(text) <= width, `${displayWidth(text)}: ${text}`);
    return text;
  });
}

const summary: Summary = {
  ...totals,
  period: "week",
  from: "2026-01-12T04:00:00.000Z",
  to: "2026-01-19T04:00:00.000Z",
  mean_signal_share: 0.5,
  focus: {
    sessions: 0,
    total_seconds: 0,
    focused_seconds: 0,
    unfocused_seconds: 0,
    no_face_seconds: 0,
    uncertain_seconds: 0,
    focus_percent: null,
  },
  top_apps: [
    { name: "Code", class: "signal", seconds: 9_600 },
    { name: "日本語のとても長い名前\x1b[2Jのプログラム", class: "noise", seconds: 5_400 },
    { name: null, class: "neutral", seconds: 60 },
  ],
  top_categories: [{ name: "development", class: "signal", seconds: 9_600 }],
  hours: [],
  days: [
    { ...totals, date: "2026-01-12" },
    { ...totals, date: "2026-01-13", signal_seconds: 0, noise_seconds: 0, signal_share: null },
  ],
  first_date: "2026-01-12",
  last_date: "2026-01-18",
  is_over: true,
  phones: [],
  blocks: { count: 0, blocked_seconds: 0 },
  goals: [],
  sentence: "3 h 12 min of signal.",
};

Deno.test("summary shows the days of a week with their shares, within its terminal", () => {
  for (const width of [60, 80, 120]) {
    const text = check(summaryView(summary, width), width).join("\n");
    assert.match(
      text,
      /^Week from Monday 12 January 2026 to Sunday 18 January 2026\n3 h 12 min of/,
    );
    assert.match(text, /68 % signal, SNR 2\.1; 50 % in the 28 days before/);
    assert.match(text, /Mon 12 Jan {2}3 h 12 min {2}1 h 30 min {3}68 % {2}█+▓+▒+░+\n/);
    assert.match(text, /Tue 13 Jan +0 s +0 s +– /);
    assert.match(text, /Top categories\n {2}development/);
  }
});

Deno.test("summary shows what focus sessions came to, when there were any", () => {
  const lines = (focus: Partial<Summary["focus"]>) =>
    check(summaryView({ ...summary, focus: { ...summary.focus, ...focus } }, 80), 80);
  assert.ok(!lines({}).some((line) => line.startsWith("Focus")));
  const times = { total_seconds: 7_800, focused_seconds: 6_600, focus_percent: 86.8 };
  const found = (sessions: number) =>
    lines({ ...times, sessions }).find((line) => line.startsWith("Focus"));
  assert.equal(found(5), "Focus  1 h 50 min focused of 2 h 10 min (87 %) in 5 sessions");
  assert.equal(found(0), "Focus  1 h 50 min focused of 2 h 10 min (87 %)");
});

Deno.test("summary of a day shows its hours, two columns each", () => {
  const hours = Array.from({ length: 24 }, (_, i) => ({
    start: new Date(Date.UTC(2026, 0, 15, i)).toISOString(),
    signal_seconds: i === 1 ? 3_600 : 0,
    noise_seconds: i === 2 ? 1_800 : 0,
    neutral_seconds: 0,
    afk_seconds: 0,
  }));
  const lines = check(summaryView({ ...summary, period: "day", hours, days: [] }, 80), 80);
  const at = lines.indexOf("By hour");
  assert.deepEqual(lines.slice(at + 1, at + 3), ["  signal    ██", "  noise       ▄▄"]);
  assert.ok(!lines.includes("By day"));
});

Deno.test("summary shows phones with the part that was noise, and what was blocked", () => {
  for (const width of [50, 60, 80, 120]) {
    const lines = check(
      summaryView({
        ...summary,
        phones: [
          { device: "Pixel \x1b[2J7 ".repeat(9), seconds: 5_400, noise_seconds: 2_700 },
          { device: "old", seconds: 300, noise_seconds: 0 },
          { device: "new", seconds: 60, noise_seconds: 60 },
        ],
        blocks: { count: 2, blocked_seconds: 4_200 },
      }, width),
      width,
    );
    const text = lines.join("\n");
    assert.match(text, /Phone\n {2}Pixel \ufffd.* 1 h 30 min {2}45 min of it noise( {2}▓+)?\n/);
    assert.equal(/of it noise {2}▓/.test(text), width >= 60);
    assert.match(text, /\n {2}old +5 min {2}no noise\n {2}new +1 min {2}all of it noise/);
    assert.match(text, /\nBlocks {2}2 blocks, 1 h 10 min in all\n/);
  }
});

Deno.test("summary says by sign and by word which goals were met", () => {
  const goal = { kind: "at_least", class: "signal", minutes: 240 } as const;
  const other = { kind: "at_most", class: "noise", minutes: 30 } as const;
  const goals = (change: Partial<Summary>, width = 80) => {
    const lines = check(summaryView({ ...summary, ...change }, width), width);
    const at = lines.indexOf("Goals");
    return lines.slice(at + 1, at + 1 + (change.goals?.length ?? 0));
  };
  const counts = (met_days: number, counted_days: number, streak_days: number) => ({
    ...{ met_days, counted_days, streak_days },
  });
  assert.deepEqual(
    goals({
      period: "day",
      is_over: false,
      goals: [
        { ...goal, ...counts(1, 1, 12) },
        { ...other, ...counts(0, 1, 0) },
        { ...other, minutes: 90, ...counts(0, 0, 3) },
      ],
    }),
    [
      "  ✓ at least 4 h of signal       met     12 days in a row",
      "  ✗ at most 30 min of noise      missed",
      "  · at most 1 h 30 min of noise  open    3 days in a row",
    ],
  );
  for (const width of [80, 120]) {
    const [kept, broken, none] = goals({
      goals: [
        { ...goal, ...counts(5, 5, 9) },
        { ...other, ...counts(1, 5, 1) },
        { ...other, minutes: 60, ...counts(0, 0, 0) },
      ],
    }, width);
    assert.match(kept, /^ {2}✓ at least 4.* met on 5 of 5 days {2}9 days in a row {2}█+$/);
    assert.match(broken, /^ {2}✗ at most 30.* met on 1 of 5 days {2,}█+$/);
    assert.match(none, /^ {2}· at most 1 h.* nothing to count$/);
  }
  const narrow = goals({ goals: [{ ...goal, ...counts(5, 5, 9) }] }, 50);
  assert.deepEqual(narrow, ["  ✓ at least 4 h of signal: met on 5 of 5 days,"]);
});
