import { useSignal } from "@preact/signals";
import { FocusGlyph } from "../../components/focus_glyph.tsx";
import { formatClock, formatDuration } from "../../format.ts";
import { focusUpdate } from "../../state.ts";
import type { WireFocusSession } from "../../wire.ts";
import { FOCUS_WORDS } from "../../words.ts";
import { countOf, formatPercent } from "../words.ts";

/** A session that runs in another tab, or in a terminal; its numbers come with the daemon's stream. */
export function ElsewherePanel({ session }: { session: WireFocusSession }) {
  const isLooking = useSignal(false);
  const state = focusUpdate.value?.state ?? "uncertain";
  const where = session.source === "terminal" ? "in a terminal" : "in another tab or window";
  return (
    <section class="elsewhere" aria-labelledby="elsewhere-heading">
      <h2 id="elsewhere-heading" class="headline">A session runs {where}</h2>
      <p class="lead">
        Since {formatClock(session.start)}. One session at a time: two would count you twice.
      </p>
      {isLooking.value
        ? (
          <>
            <p class={`state-word focus-${state}`}>
              <FocusGlyph state={state} /> {FOCUS_WORDS[state]}
            </p>
            <p>
              {formatPercent(session.focus_percent)} focused of{" "}
              {formatDuration(session.total_seconds)},{" "}
              {countOf(session.breaks, "break")}, longest streak{" "}
              {formatDuration(session.longest_streak_seconds)}
            </p>
          </>
        )
        : <button type="button" onClick={() => isLooking.value = true}>Look at it here</button>}
    </section>
  );
}
