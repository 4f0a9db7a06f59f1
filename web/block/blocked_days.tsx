import { useMemo } from "preact/hooks";
import { localZone } from "../../daemon/core/day.ts";
import type { Api } from "../api.ts";
import { Columns, type ColumnSeries } from "../charts/columns.tsx";
import { Panel } from "../components/panel.tsx";
import { formatDuration, LOCALE } from "../format.ts";
import { day, nowMs } from "../state.ts";
import { useRead } from "../use_read.ts";
import { blockedByDay, dayStartOf } from "./blocked_by_day.ts";
import type { WireBlock } from "./wire.ts";

const DAYS = 14;
const SERIES: readonly ColumnSeries[] = [
  { key: "blocked", name: "Blocked", colour: "accent", fill: "solid" },
];
const shortDay = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const longDay = new Intl.DateTimeFormat(LOCALE, {
  weekday: "long",
  day: "numeric",
  month: "long",
});

/** How long sites were blocked on each of the last days. */
export function BlockedDays({ api }: { api: Api }) {
  const { data = [] } = useRead<WireBlock[]>(api, "/blocker/history?limit=1000", { on: ["block"] });
  // By the minute is often enough for what runs.
  const minute = Math.floor(nowMs.value / 60_000);
  const dayStartMin = dayStartOf(day.value?.from);
  const days = useMemo(
    () => blockedByDay(data, { nowMs: minute * 60_000, count: DAYS, zone: localZone, dayStartMin }),
    [data, minute, dayStartMin],
  );
  const columns = useMemo(() =>
    days.map(({ startMs, seconds }) => ({
      name: shortDay.format(startMs),
      spoken: longDay.format(startMs),
      seconds: { blocked: seconds },
    })), [days]);
  const total = days.reduce((sum, { seconds }) => sum + seconds, 0);
  return (
    <Panel
      heading={`Last ${DAYS} days`}
      aside={<span class="quiet">{formatDuration(total)} blocked</span>}
    >
      <Columns
        label={`Blocked time, last ${DAYS} days`}
        columns={columns}
        series={SERIES}
        current={DAYS - 1}
        heightPx={120}
      />
    </Panel>
  );
}
