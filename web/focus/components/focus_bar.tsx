import type { FocusTotals } from "../../../daemon/core/focus.ts";
import { FocusGlyph } from "../../components/focus_glyph.tsx";
import { formatDuration } from "../../format.ts";
import { FOCUS_WORDS } from "../../words.ts";
import { STATES } from "../words.ts";

/** The four states as one bar, and the durations that it is made of. */
export function FocusBar({ totals }: { totals: FocusTotals }) {
  const ms = {
    focused: totals.focusedMs,
    unfocused: totals.unfocusedMs,
    no_face: totals.noFaceMs,
    uncertain: totals.uncertainMs,
  };
  return (
    <>
      <div class="share-bar" aria-hidden="true">
        {STATES.filter((state) => ms[state] > 0).map((state) => (
          <span
            key={state}
            class={`focus-fill focus-fill-${state}`}
            style={{ width: `${100 * ms[state] / totals.totalMs}%` }}
          />
        ))}
      </div>
      <dl class="legend">
        {STATES.map((state) => (
          <div key={state} class={`focus-${state}`}>
            <dt>
              <FocusGlyph state={state} />
              {FOCUS_WORDS[state]}
            </dt>
            <dd>{formatDuration(ms[state] / 1_000)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
