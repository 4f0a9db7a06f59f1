import { useMemo } from "preact/hooks";
import { Columns } from "../../charts/columns.tsx";
import { formatDuration } from "../../format.ts";
import type { WireFocusAnalytics } from "../../wire.ts";
import { groupDays } from "../day_columns.ts";
import { FOCUSED_ON_SERIES, FOCUSED_SERIES } from "../focus_series.ts";
import type { WireFocusedDay } from "../wire.ts";
import { countOf, formatDate, formatPercent, formatPoints } from "../words.ts";
import { FocusedOnTable } from "./focused_on_table.tsx";

/** More would be too narrow to point at. */
const MAX_COLUMNS = 92;

interface AnalyticsProps {
  readonly analytics: WireFocusAnalytics;
  readonly days: readonly WireFocusedDay[];
}

/** Some weeks of sessions: how much, when, on what, and whether it gets better. */
export function Analytics({ analytics, days }: AnalyticsProps) {
  const { total, hours, streaks } = analytics;
  const groups = useMemo(() => groupDays(days, MAX_COLUMNS), [days]);
  const dayColumns = useMemo(() =>
    groups.map(({ from, to, signal, noise, neutral, unknown }) => ({
      name: formatDate(from),
      spoken: from === to ? formatDate(from) : `${formatDate(from)} to ${formatDate(to)}`,
      seconds: { signal, noise, neutral, unknown },
    })), [groups]);
  const hourColumns = useMemo(() =>
    hours.map(({ hour, focused_seconds }) => ({
      name: `${hour}:00`,
      spoken: `${hour}:00 to ${hour + 1}:00`,
      seconds: { focused: focused_seconds },
    })), [hours]);
  return (
    <div class="analytics">
      <p class="lead">
        <strong>{formatDuration(total.focused_seconds)}</strong> focused,{" "}
        <strong>{formatPercent(total.focus_percent)}</strong> of the time at the camera, in{" "}
        {countOf(total.sessions, "session")}. <Trend {...analytics} />
      </p>
      <Streaks {...streaks} />
      <div class="analytics-charts">
        <section aria-labelledby="focus-by-day">
          <h3 id="focus-by-day">
            Focused on, by {groups.length === days.length ? "day" : "week"}
          </h3>
          <Columns
            label="Focused time, by what was in front"
            columns={dayColumns}
            series={FOCUSED_ON_SERIES}
            current={Math.max(0, dayColumns.length - 1)}
            note={(index) => percentNote(groups[index]?.percent)}
          />
        </section>
        <section aria-labelledby="focus-by-hour">
          <h3 id="focus-by-hour">By hour of the day</h3>
          <Columns
            label="Focused time by hour of the day"
            columns={hourColumns}
            series={FOCUSED_SERIES}
            note={(index) => percentNote(hours[index]?.focus_percent)}
          />
        </section>
      </div>
      <FocusedOnTable on={analytics} />
    </div>
  );
}

function percentNote(percent: number | null | undefined): string | undefined {
  return percent === null || percent === undefined
    ? undefined
    : `${formatPercent(percent)} of the time at the camera`;
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
