import { useSignal } from "@preact/signals";
import type { TimelineClass } from "../../daemon/core/types.ts";
import { walkColumns } from "../column_walk.ts";
import { formatClock, formatDuration } from "../format.ts";
import { nowMs } from "../state.ts";
import { CLASS_WORDS } from "../words.ts";
import type { WireHour } from "../wire.ts";

/** From the base line up. */
const KINDS: readonly TimelineClass[] = ["signal", "noise", "neutral", "afk"];
const HOUR_MS = 3_600_000;

/**
 * One column an hour, its height the minutes of that hour. The columns are one stop of the Tab key;
 * arrow keys walk along them, and each says its numbers.
 */
export function HourBars({ hours }: { hours: readonly WireHour[] }) {
  const selected = useSignal<number | undefined>(undefined);
  const current = hours.findIndex((hour) => Date.parse(hour.start) + HOUR_MS > nowMs.value);
  const stop = selected.value ?? Math.max(0, current);
  const shown = hours[selected.value ?? -1] ?? hours[current];

  return (
    <section class="hours" aria-labelledby="hours-heading">
      <h2 id="hours-heading">Hour by hour</h2>
      <p class="hours-readout quiet" aria-hidden="true">
        {shown === undefined ? "" : describe(shown)}
      </p>
      <ol
        class="hours-columns"
        onKeyDown={(event: KeyboardEvent) => walkColumns(event, stop)}
        onMouseLeave={() => selected.value = undefined}
      >
        {hours.map((hour, index) => (
          <li key={hour.start}>
            <button
              type="button"
              class={index === stop && selected.value !== undefined ? "hour is-selected" : "hour"}
              tabIndex={index === stop ? 0 : -1}
              aria-current={index === current ? "time" : undefined}
              aria-label={describe(hour)}
              onFocus={() => selected.value = index}
              onBlur={() => selected.value = undefined}
              onMouseEnter={() => selected.value = index}
            >
              {KINDS.filter((kind) => hour[`${kind}_seconds`] > 0).map((kind) => (
                <span
                  key={kind}
                  class={`fill fill-${kind}`}
                  style={{ height: `${Math.min(100, hour[`${kind}_seconds`] / 36)}%` }}
                />
              ))}
            </button>
            <span class="hour-name" aria-hidden="true">{formatClock(hour.start)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function describe(hour: WireHour): string {
  const end = new Date(Date.parse(hour.start) + HOUR_MS).toISOString();
  const parts = KINDS.filter((kind) => hour[`${kind}_seconds`] > 0)
    .map((kind) => `${CLASS_WORDS[kind].toLowerCase()} ${formatDuration(hour[`${kind}_seconds`])}`);
  return `${formatClock(hour.start)} – ${formatClock(end)}: ${parts.join(", ") || "nothing yet"}`;
}
