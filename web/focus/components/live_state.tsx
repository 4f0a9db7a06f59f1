import { FocusGlyph } from "../../components/focus_glyph.tsx";
import { FOCUS_WORDS } from "../../words.ts";
import { phase, reason, state } from "../state.ts";
import { reasonWords } from "../words.ts";

/** How it is now, in a word, and why; screen readers hear it change. */
export function LiveState() {
  const isPaused = phase.value === "paused";
  const now = isPaused ? "paused" : state.value;
  return (
    <div class="live-state" role="status" aria-live="polite">
      <p class={`state-word focus-${now}`}>
        <FocusGlyph state={now} /> {FOCUS_WORDS[now]}
      </p>
      <p class="quiet">
        {isPaused ? "The camera is off" : reasonWords(state.value, reason.value)}
      </p>
    </div>
  );
}
