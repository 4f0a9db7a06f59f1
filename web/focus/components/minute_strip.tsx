import { useSignal } from "@preact/signals";
import type { FocusMinute } from "../../../daemon/core/focus.ts";
import { walkColumns } from "../../column_walk.ts";
import { formatClock, formatDuration } from "../../format.ts";
import { FOCUS_WORDS } from "../../words.ts";
import { STATES } from "../words.ts";

const FIELDS = {
  focused: "focusedMs",
  unfocused: "unfocusedMs",
  no_face: "noFaceMs",
  uncertain: "uncertainMs",
} as const;

/**
 * One column a minute, from the base line up: focused, unfocused, away, uncertain. The columns are one stop of the
 * Tab key; arrow keys walk along them, and each says its numbers.
 */
export function MinuteStrip({ minutes }: { minutes: readonly FocusMinute[] }) {
  const selected = useSignal<number | undefined>(undefined);
  if (minutes.length === 0) return null;
  const last = minutes.length - 1;
  const stop = Math.min(selected.value ?? last, last);
  return (
    <section class="minutes" aria-labelledby="minutes-heading">
      <h3 id="minutes-heading">Minute by minute</h3>
      <p class="minutes-readout quiet" aria-hidden="true">{describe(minutes[stop])}</p>
      <ol
        class="minutes-columns"
        onKeyDown={(event: KeyboardEvent) => walkColumns(event, stop)}
        onMouseLeave={() => selected.value = undefined}
      >
        {minutes.map((minute, index) => (
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
                  style={{ height: `${Math.min(100, minute[FIELDS[state]] / 600)}%` }}
                />
              ))}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function describe(minute: FocusMinute): string {
  const parts = STATES.filter((state) => minute[FIELDS[state]] >= 1_000).map((state) =>
    `${FOCUS_WORDS[state].toLowerCase()} ${formatDuration(minute[FIELDS[state]] / 1_000)}`
  );
  const clock = formatClock(new Date(minute.startMs).toISOString());
  return `${clock}: ${parts.join(", ") || "nothing"}`;
}
