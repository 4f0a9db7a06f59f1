import { rangeDays, RANGES, showRange } from "../range.ts";

/** How much of the past is shown. */
export function RangeChoice() {
  const shown = rangeDays();
  return (
    <div class="tabs" role="group" aria-label="Time shown">
      {RANGES.map(({ days, name }) => (
        <button
          key={days}
          type="button"
          aria-pressed={days === shown}
          onClick={() => showRange(days)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
