import type { ReadonlySignal } from "@preact/signals";
import { formatDuration } from "../../format.ts";
import type { WireFocusAnalytics } from "../../wire.ts";
import type { History } from "../history.ts";
import { countOf, formatDate, formatPercent, formatPoints } from "../words.ts";
import { Columns } from "./columns.tsx";
import { FocusedItems } from "./focused_items.tsx";

/** Four weeks of sessions: how much, when, on what, and whether it gets better. */
export function AnalyticsPanel({ history }: { history: ReadonlySignal<History> }) {
  const now = history.value;
  if (now.is !== "read" || now.analytics.total.total_seconds === 0) return null;
  const { total, days, hours, streaks, focused_on } = now.analytics;
  return (
    <section class="analytics" aria-labelledby="analytics-heading">
      <h2 id="analytics-heading">The last {days.length} days</h2>
      <p class="analytics-line">
        <strong>{formatDuration(total.focused_seconds)}</strong> focused,{" "}
        <strong>{formatPercent(total.focus_percent)}</strong> of the time at the camera, in{" "}
        {countOf(total.sessions, "session")}. <Trend {...now.analytics} />
      </p>
      <Streaks {...streaks} />
      <div class="analytics-charts">
        <Columns
          title="By day"
          columns={days.map(({ date, focused_seconds, focus_percent }) => ({
            name: formatDate(date),
            seconds: focused_seconds,
            percent: focus_percent,
          }))}
        />
        <Columns
          title="By hour of the day"
          columns={hours.map(({ hour, focused_seconds, focus_percent }) => ({
            name: `${hour}:00`,
            seconds: focused_seconds,
            percent: focus_percent,
          }))}
        />
      </div>
      {focused_on.length > 0 && <FocusedItems items={focused_on} />}
    </section>
  );
}

function Streaks(
  { current_days: current, longest_days: longest, day_counts_from_seconds: seconds }:
    WireFocusAnalytics["streaks"],
) {
  if (longest === 0) return null;
  const enough = `at least ${formatDuration(seconds)} focused`;
  return (
    <p class="quiet">
      {current > 0
        ? `${countOf(current, "day")} in a row with ${enough}; the most was ${longest}.`
        : `The most days in a row with ${enough}: ${longest}.`}
    </p>
  );
}

function Trend({ trend, days }: WireFocusAnalytics) {
  if (trend.before.total_seconds === 0) return null;
  const more = trend.focused_seconds_change >= 0 ? "more" : "less";
  const { focus_percent_change: change } = trend;
  return (
    <>
      That is {formatDuration(Math.abs(trend.focused_seconds_change))} {more}
      {change !== null && ` and ${formatPoints(change)} points`} against the {days.length}{" "}
      days before.
    </>
  );
}
