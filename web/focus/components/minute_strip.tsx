import { useSignal } from "@preact/signals";
import type { FocusMinute } from "../../../daemon/core/focus.ts";
import { walkColumns } from "../../column_walk.ts";
import { formatClock, formatDuration } from "../../format.ts";
import { FOCUS_WORDS } from "../../words.ts";
import { groupMinutes, type MinuteGroup } from "../minute_groups.ts";
import { STATES } from "../words.ts";

const FIELDS = {
  focused: "focusedMs",
  unfocused: "unfocusedMs",
  no_face: "noFaceMs",
  uncertain: "uncertainMs",
} as const;

/** More would be too narrow to point at. */
const MAX_COLUMNS = 120;

/**
 * One column a minute, or a few minutes when there are many, from the base line up: focused, unfocused, away,
 * uncertain. The columns are one stop of the Tab key; arrow keys walk along them, and each says its numbers.
 */
export function MinuteStrip({ minutes }: { minutes: readonly FocusMinute[] }) {
  const selected = useSignal<number | undefined>(undefined);
  if (minutes.length === 0) return null;
  const groups = groupMinutes(minutes, MAX_COLUMNS);
  const last = groups.length - 1;
  const stop = Math.min(selected.value ?? last, last);
  return (
    <section class="minutes" aria-label="Minute by minute">
      <h3 aria-hidden="true">Minute by minute</h3>
      <p class="minutes-readout quiet" aria-hidden="true">{describe(groups[stop])}</p>
      <ol
        class="minutes-columns"
        onKeyDown={(event: KeyboardEvent) => walkColumns(event, stop)}
        onMouseLeave={() => selected.value = undefined}
      >
        {groups.map((minute, index) => (
          <li key={minute.startMs}>
            <button
              type="button"
              class={index === selected.value ? "minute is-selected" : "minute"}
              tabIndex={index === stop ? 0 : -1}
              aria-label={describe(minute)}
              onFocus={() => selected.value = index}
              onBlur={() => selected.value = undefined}
              onMouseEnter={() => selected.value = index}
            >
              {STATES.filter((state) => minute[FIELDS[state]] > 0).map((state) => (
                <span
                  key={state}
                  class={`focus-fill focus-fill-${state}`}
                  style={{
                    height: `${Math.min(100, 100 * minute[FIELDS[state]] / minute.lengthMs)}%`,
                  }}
                />
              ))}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function describe(minute: MinuteGroup): string {
  const parts = STATES.filter((state) => minute[FIELDS[state]] >= 1_000).map((state) =>
    `${FOCUS_WORDS[state].toLowerCase()} ${formatDuration(minute[FIELDS[state]] / 1_000)}`
  );
  const clock = formatClock(new Date(minute.startMs).toISOString());
  return `${clock}: ${parts.join(", ") || "nothing"}`;
}
