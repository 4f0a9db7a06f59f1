import { Panel } from "../components/panel.tsx";
import { formatDuration, formatShare } from "../format.ts";
import { ClassBar } from "./class_bar.tsx";
import { TotalsTable } from "./totals_table.tsx";
import type { WireTrends } from "./wire.ts";

/** What the time came to, beside the time before. */
export function TotalsPanel({ trends }: { trends: WireTrends }) {
  const { signal_share, active_days, period } = trends;
  return (
    <Panel heading="In all" class="trend-totals">
      <p class="figure">
        <span class="figure-value">{signal_share === null ? "–" : formatShare(signal_share)}</span>
        {" "}
        <span class="figure-name">
          {signal_share === null ? "no signal or noise" : "signal share"}
        </span>
      </p>
      <ClassBar totals={trends} />
      <TotalsTable trends={trends} />
      {period !== "day" && active_days > 1 && (
        <p class="quiet">
          {formatDuration(trends.signal_seconds / active_days)} of signal a day, on the{" "}
          {active_days} days with activity
        </p>
      )}
    </Panel>
  );
}
