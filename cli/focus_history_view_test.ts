import assert from "node:assert/strict";
import { historyView } from "./focus_history_view.ts";
import { displayWidth, withoutColours } from "./text.ts";
import type { WireFocusAnalytics, WireFocusSession } from "./wire.ts";

const TIMES = {
  focused_seconds: 1_200,
  unfocused_seconds: 200,
  no_face_seconds: 100,
  uncertain_seconds: 0,
};
const SESSION: WireFocusSession = {
  ...TIMES,
  id: 1,
  source: "terminal",
  camera: "Integrated\x1b[2J Camera",
  start: "2026-11-26T12:00:00.000Z",
  end: "2026-11-26T12:25:00.000Z",
  how: "ended",
  planned_minutes: 25,
  total_seconds: 1_500,
  breaks: 1,
  longest_streak_seconds: 700,
  focus_percent: 80,
};
const PERIOD = {
  ...{ from: "2026-11-25T04:00:00.000Z", to: "2026-11-27T04:00:00.000Z", ...TIMES },
  ...{
    sessions: 1,
    total_seconds: 1_500,
    focus_percent: 80,
    breaks: 1,
    longest_streak_seconds: 700,
  },
};
const DAY = { ...PERIOD, date: "2026-11-26" };
const NONE = {
  ...{ focused_seconds: 0, unfocused_seconds: 0, no_face_seconds: 0, uncertain_seconds: 0 },
  ...{ sessions: 0, total_seconds: 0, focus_percent: null },
};
const ANALYTICS: WireFocusAnalytics = {
  from: PERIOD.from,
  to: PERIOD.to,
  total: PERIOD,
  days: [{ ...DAY, ...NONE, date: "2026-11-25" }, DAY],
  hours: [],
  streaks: { current_days: 2, longest_days: 5, day_counts_from_seconds: 600 },
  trend: {
    before: { ...PERIOD, focused_seconds: 1_800, focus_percent: 77.5 },
    focused_seconds_change: -600,
    focus_percent_change: 2.5,
  },
  focused_on: [],
  focused_categories: [],
  focused_classes: { signal_seconds: 0, noise_seconds: 0, neutral_seconds: 0 },
};

Deno.test("historyView() lists sessions, days with bars, and the trend, in the width there is", () => {
  for (const width of [70, 80, 120]) {
    const lines = historyView([SESSION], ANALYTICS, width);
    for (const line of lines) assert.ok(displayWidth(line) <= width, line);
  }
  const text = historyView([SESSION], ANALYTICS, 80).map(withoutColours).join("\n");
  assert.match(text, /25 min +80 % +12 min +1 +Integrated.*Camera\n/);
  assert.ok(!text.includes("\x1b"), "nothing steers the terminal");
  assert.match(text, /Wed 25 Nov +– +–\n/);
  assert.match(text, /Thu 26 Nov +20 min +80 % +█+▓+░+\n/);
  assert.match(text, /10 min less, 2\.5 points more than in the 2 days before/);
  assert.match(text, /2 days in a row, 5 at most$/);
  const films = historyView([SESSION], { ...ANALYTICS, total: { ...PERIOD, ...NONE } }, 80);
  assert.equal(films.length, 3, "sessions of films alone have no days");
});
