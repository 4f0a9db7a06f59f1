import type { WireCompared } from "../../daemon/api/timeline.ts";
import type { Api } from "../api.ts";
import { formatRatio, formatShare } from "../format.ts";
import { useRead } from "../use_read.ts";
import type { WireDay } from "../wire.ts";
import { changeWords } from "./day_words.ts";
import { PAST_CHANGES } from "./signs.ts";

interface ComparedProps {
  readonly api: Api;
  readonly day: WireDay;
  readonly isToday: boolean;
}

/** The day before and the mean of seven days, beside the day's own share. */
export function Compared({ api, day, isToday }: ComparedProps) {
  const { data } = useRead<WireCompared>(api, `/activity/compared?date=${day.date}`, {
    on: PAST_CHANGES,
  });
  const known = data?.date === day.date ? data : undefined;
  const rows = [
    { name: isToday ? "Yesterday" : "Day before", totals: known?.day_before },
    { name: "7-day mean", totals: known?.week_before },
  ];
  return (
    <dl class="compared">
      {rows.map(({ name, totals }) => {
        const change = changeWords(day.signal_share, totals?.signal_share);
        return (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {totals === undefined ? "…" : totals.signal_share === null ? "nothing to compare" : (
                <>
                  <span class="compared-share">{formatShare(totals.signal_share)}</span>
                  {totals.snr !== null && (
                    <>
                      {" "}
                      <span class="quiet">{formatRatio(totals.snr)} to 1</span>
                    </>
                  )}
                  {change && (
                    <>
                      {" "}
                      <span class="compared-change">{change}</span>
                    </>
                  )}
                </>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
