import type { TimelineClass } from "../../daemon/core/types.ts";
import type { Api } from "../api.ts";
import { ClassGlyph } from "../components/class_mark.tsx";
import { Panel } from "../components/panel.tsx";
import { formatDuration, formatRatio, formatShare } from "../format.ts";
import type { WireDay } from "../wire.ts";
import { CLASS_WORDS } from "../words.ts";
import { Compared } from "./compared.tsx";
import { ShareBar } from "./share_bar.tsx";

const KINDS: readonly TimelineClass[] = ["signal", "noise", "neutral", "afk"];

interface DayFiguresProps {
  readonly api: Api;
  readonly day: WireDay;
  readonly isToday: boolean;
  /** Another day is on its way. */
  readonly isBusy: boolean;
}

/** The day in one number, beside other days, one bar, and the four durations behind them. */
export function DayFigures({ api, day, isToday, isBusy }: DayFiguresProps) {
  const { signal_share: share, snr } = day;
  const isEmpty = isToday ? "No signal or noise yet" : "No signal or noise on this day";
  return (
    <Panel class={isToday ? "day" : "day whole"} heading="Signal and noise" isBusy={isBusy}>
      <div class="day-figures">
        {share === null ? <p class="figure figure-name">{isEmpty}</p> : (
          <>
            <p class="figure">
              <span class="figure-value">{formatShare(share)}</span>
              <span class="figure-name">signal share</span>
            </p>
            <p class="figure figure-small">
              {snr !== null && <span class="figure-value">{formatRatio(snr)}</span>}
              <span class="figure-name">{snr === null ? "no noise" : "signal to noise"}</span>
            </p>
          </>
        )}
      </div>
      <Compared api={api} day={day} isToday={isToday} />
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
    </Panel>
  );
}
