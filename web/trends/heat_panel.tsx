import { Panel } from "../components/panel.tsx";
import { setQuery } from "../router.ts";
import { HEAT_KINDS, HEAT_LEVELS, type HeatKind, heatOf } from "./heat.ts";
import { HeatGrid } from "./heat_grid.tsx";
import type { WireTrends } from "./wire.ts";

const NAMES: Record<HeatKind, string> = { signal: "Signal", noise: "Noise", all: "All activity" };

/** The week by hours: when there was how much of what. */
export function HeatPanel({ trends, kind }: { trends: WireTrends; kind: HeatKind }) {
  const heat = heatOf(trends, kind, trends.recorded_since ?? trends.first_date);
  return (
    <Panel
      heading={heat.isAverage ? "Weekdays and hours, on average" : "Weekdays and hours"}
      class={`whole trend-heat heat-of-${kind}`}
      aside={
        <div class="tabs" role="group" aria-label="Shown by weekday and hour">
          {HEAT_KINDS.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === kind}
              onClick={() => setQuery({ heat: each === "signal" ? undefined : each }, "replace")}
            >
              {NAMES[each]}
            </button>
          ))}
        </div>
      }
    >
      <HeatGrid heat={heat} name={NAMES[kind]} />
      <p class="heat-legend quiet">
        <span aria-hidden="true">
          {Array.from({ length: HEAT_LEVELS }, (_, index) => (
            <span key={index} class="heat-field">
              <span class={`heat-fill heat-${index + 1}`} />
            </span>
          ))}
        </span>
        {heat.mostSeconds > 0
          ? `Up to ${Math.ceil(heat.mostSeconds / 60)} min of an hour`
          : `No ${NAMES[kind].toLowerCase()} in this time`}
      </p>
    </Panel>
  );
}
