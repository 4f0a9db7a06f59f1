import { useMemo } from "preact/hooks";
import type { FocusMinute } from "../../../daemon/core/focus.ts";
import { Columns } from "../../charts/columns.tsx";
import { formatClock } from "../../format.ts";
import { STATE_SERIES } from "../focus_series.ts";
import { groupMinutes, type MinuteGroup } from "../minute_groups.ts";

/** More would be too narrow to point at. */
const MAX_COLUMNS = 120;

interface MinuteStripProps {
  readonly minutes: readonly FocusMinute[];
  /** Which of several it is, for who hears the page. */
  readonly when?: string;
}

/** One column a minute, or a few minutes when there are many: focused, unfocused, away, uncertain. */
export function MinuteStrip({ minutes, when }: MinuteStripProps) {
  const groups = useMemo(() => groupMinutes(minutes, MAX_COLUMNS), [minutes]);
  const columns = useMemo(() => groups.map(columnOf), [groups]);
  if (groups.length === 0) return null;
  return (
    <section
      class="minutes"
      aria-label={when ? `Minute by minute, ${when}` : "Minute by minute"}
    >
      <h3 aria-hidden="true">Minute by minute</h3>
      <Columns
        label="Minute by minute"
        columns={columns}
        series={STATE_SERIES}
        maxSeconds={groups[0].lengthMs / 1_000}
        current={columns.length - 1}
        heightPx={112}
      />
    </section>
  );
}

function columnOf(group: MinuteGroup) {
  const clock = formatClock(new Date(group.startMs).toISOString());
  // What lasted for less would be called nothing.
  const seconds = (ms: number) => ms >= 1_000 ? ms / 1_000 : 0;
  return {
    name: clock,
    spoken: clock,
    seconds: {
      focused: seconds(group.focusedMs),
      unfocused: seconds(group.unfocusedMs),
      no_face: seconds(group.noFaceMs),
      uncertain: seconds(group.uncertainMs),
    },
  };
}
