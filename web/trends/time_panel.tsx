import { useMemo } from "preact/hooks";
import { ClassColumns } from "../charts/class_columns.tsx";
import { Panel } from "../components/panel.tsx";
import { formatShare } from "../format.ts";
import { nowMs } from "../state.ts";
import { show } from "../router.ts";
import { columnNames } from "./dates.ts";
import type { WireTrends } from "./wire.ts";

const HEADINGS = { hour: "Hour by hour", day: "Day by day", month: "Month by month" } as const;
const PICKS = {
  hour: "",
  day: "Press a column to see the day.",
  month: "Press one for the month.",
};

/** The time by class, column by column; a column leads to the day or month that it is. */
export function TimePanel({ trends }: { trends: WireTrends }) {
  const { unit, columns } = trends;
  const shown = useMemo(() =>
    columns.map((column) => ({
      ...columnNames(unit, trends.period, column),
      seconds: {
        signal: column.signal_seconds,
        noise: column.noise_seconds,
        neutral: column.neutral_seconds,
        // Nights would dwarf the days.
        afk: unit === "hour" ? column.afk_seconds : 0,
      },
    })), [trends]);
  const current = columns.findIndex(({ start, end }) =>
    Date.parse(start) <= nowMs.value && nowMs.value < Date.parse(end)
  );
  const pick = (index: number) => {
    const { date } = columns[index];
    if (date > trends.today) return;
    show("trends", { period: unit === "day" ? "day" : "month", date });
  };
  return (
    <Panel
      heading={HEADINGS[unit]}
      aside={PICKS[unit] && <span class="quiet hint trend-hint">{PICKS[unit]}</span>}
    >
      <ClassColumns
        label={`${HEADINGS[unit]}, by class`}
        columns={shown}
        maxSeconds={unit === "hour" ? 3600 : undefined}
        current={current < 0 ? undefined : current}
        onPick={unit === "hour" ? undefined : pick}
        heightPx={240}
        note={(index) => {
          const share = columns[index]?.signal_share ?? null;
          return share === null ? undefined : `${formatShare(share)} signal`;
        }}
      />
    </Panel>
  );
}
