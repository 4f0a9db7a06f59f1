import { ClassColumns } from "../charts/class_columns.tsx";
import { Panel } from "../components/panel.tsx";
import { formatClock, formatDay } from "../format.ts";
import type { WireDay } from "../wire.ts";
import { type Selection, untilNow } from "./selection.ts";

interface HourPickerProps {
  readonly day: WireDay;
  readonly onPick: (hour: Selection) => void;
}

/** The day by hours: a press on one chooses it, as far as it has been. */
export function HourPicker({ day, onPick }: HourPickerProps) {
  const endOf = (index: number) => day.hours[index + 1]?.start ?? day.to;
  return (
    <Panel heading={formatDay(day.from)}>
      <ClassColumns
        label="Hours of the day; Enter chooses one"
        maxSeconds={3600}
        heightPx={112}
        columns={day.hours.map((hour, index) => ({
          name: formatClock(hour.start),
          spoken: `${formatClock(hour.start)} to ${formatClock(endOf(index))}`,
          seconds: {
            signal: hour.signal_seconds,
            noise: hour.noise_seconds,
            neutral: hour.neutral_seconds,
            afk: hour.afk_seconds,
          },
        }))}
        onPick={(index) => {
          const startMs = Date.parse(day.hours[index].start), endMs = Date.parse(endOf(index));
          const hour = untilNow({ startMs, endMs }, Date.now());
          if (hour) onPick(hour);
        }}
      />
    </Panel>
  );
}
