import { useMemo } from "preact/hooks";
import { Panel } from "../components/panel.tsx";
import { formatShare } from "../format.ts";
import { columnNames } from "./dates.ts";
import { ShareLine } from "./share_line.tsx";
import type { WireTrends } from "./wire.ts";

/** How the signal share went, beside what it was on the whole. */
export function SharePanel({ trends }: { trends: WireTrends }) {
  const { unit, period, columns } = trends;
  const points = useMemo(() =>
    columns.map((column) => ({
      ...columnNames(unit, period, column),
      share: column.signal_share,
    })), [trends]);
  const known = points.filter((point): point is typeof point & { share: number } =>
    point.share !== null
  );
  if (known.length < 2) return null;
  const best = known.reduce((a, b) => b.share > a.share ? b : a);
  const least = known.reduce((a, b) => b.share < a.share ? b : a);
  return (
    <Panel heading="Signal share">
      <ShareLine label="Signal share" points={points} mean={trends.signal_share} />
      {formatShare(best.share) !== formatShare(least.share) && (
        <p class="quiet trend-extremes">
          Highest {best.spoken}, {formatShare(best.share)}; lowest {least.spoken},{" "}
          {formatShare(least.share)}
        </p>
      )}
    </Panel>
  );
}
