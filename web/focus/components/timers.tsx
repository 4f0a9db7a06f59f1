import { focusPercent } from "../../../daemon/core/focus.ts";
import { FocusGlyph } from "../../components/focus_glyph.tsx";
import { FOCUS_WORDS } from "../../words.ts";
import { totals } from "../state.ts";
import { formatPercent, formatTimer, STATES } from "../words.ts";

/** Time by state, and what it amounts to. */
export function Timers() {
  const now = totals.value;
  const ms = {
    focused: now.focusedMs,
    unfocused: now.unfocusedMs,
    no_face: now.noFaceMs,
    uncertain: now.uncertainMs,
  };
  return (
    <>
      <dl class="timers">
        {STATES.map((state) => (
          <div key={state} class={`focus-${state}`}>
            <dt>
              <FocusGlyph state={state} />
              {FOCUS_WORDS[state]}
            </dt>
            <dd>{formatTimer(ms[state])}</dd>
          </div>
        ))}
      </dl>
      <dl class="figures">
        <Figure name="focused" value={formatPercent(focusPercent(now))} />
        <Figure name="longest streak" value={formatTimer(now.longestStreakMs)} />
        <Figure name={now.breaks === 1 ? "break" : "breaks"} value={String(now.breaks)} />
      </dl>
    </>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
