import type { TimelineClass } from "../../daemon/core/types.ts";
import { formatDay, formatDuration, formatRatio, formatShare } from "../format.ts";
import { CLASS_WORDS } from "../words.ts";
import type { WireDay } from "../wire.ts";
import { ClassGlyph } from "./class_mark.tsx";
import { ShareBar } from "./share_bar.tsx";

const KINDS: readonly TimelineClass[] = ["signal", "noise", "neutral", "afk"];

/** The day in one number, one bar, and the four durations behind them. */
export function DayTotals({ day }: { day: WireDay }) {
  return (
    <section class="day" aria-labelledby="day-heading">
      <h2 id="day-heading">
        Today <span class="quiet">{formatDay(day.from)}</span>
      </h2>
      <div class="day-figures">
        {day.signal_share === null ? <p class="figure figure-name">No signal or noise yet</p> : (
          <>
            <p class="figure">
              <span class="figure-value">{formatShare(day.signal_share)}</span>
              <span class="figure-name">signal share</span>
            </p>
            <p class="figure figure-small">
              {day.snr !== null && <span class="figure-value">{formatRatio(day.snr)}</span>}
              <span class="figure-name">
                {day.snr === null ? "no noise yet" : "signal to noise"}
              </span>
            </p>
          </>
        )}
      </div>
      <ShareBar totals={day} />
      <dl class="legend">
        {KINDS.map((kind) => (
          <div key={kind} class={`mark-${kind}`}>
            <dt>
              <ClassGlyph kind={kind} />
              {CLASS_WORDS[kind]}
            </dt>
            <dd>{formatDuration(day[`${kind}_seconds`])}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
