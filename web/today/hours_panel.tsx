import { useMemo } from "preact/hooks";
import { ClassColumns } from "../charts/class_columns.tsx";
import { Panel } from "../components/panel.tsx";
import { formatClock } from "../format.ts";
import { setQuery } from "../router.ts";
import { nowMs } from "../state.ts";
import type { WireDay } from "../wire.ts";
import { formatShown } from "./timeline_range.ts";

const HOUR_MS = 3_600_000;

interface HoursPanelProps {
  readonly day: WireDay;
  readonly isToday: boolean;
  /** Another day is on its way. */
  readonly isBusy: boolean;
}

/** The day by hours; one that is picked is shown by the timeline. */
export function HoursPanel({ day, isToday, isBusy }: HoursPanelProps) {
  const { hours } = day;
  const columns = useMemo(() =>
    hours.map((hour) => {
      const start = formatClock(hour.start);
      const end = formatClock(new Date(Date.parse(hour.start) + HOUR_MS).toISOString());
      return {
        name: start,
        spoken: `${start} – ${end}`,
        seconds: {
          signal: hour.signal_seconds,
          noise: hour.noise_seconds,
          neutral: hour.neutral_seconds,
          afk: hour.afk_seconds,
        },
      };
    }), [hours]);
  const current = isToday
    ? hours.findIndex((hour) => Date.parse(hour.start) + HOUR_MS > nowMs.value)
    : -1;
  const showHour = (index: number) => {
    const from = (Date.parse(hours[index].start) - Date.parse(day.from)) / 1000;
    setQuery({ zoom: formatShown({ from, to: from + HOUR_MS / 1000 }) });
  };
  return (
    <Panel class="hours whole" heading="Hour by hour" isBusy={isBusy}>
      <ClassColumns
        label="Hour by hour. Enter shows the hour in the timeline"
        columns={columns}
        maxSeconds={HOUR_MS / 1000}
        current={current < 0 ? undefined : current}
        onPick={showHour}
      />
    </Panel>
  );
}
