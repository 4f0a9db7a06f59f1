import type { WireTotals } from "../wire.ts";

const KINDS = ["signal", "noise", "neutral"] as const;

/** The time at the desk as one bar; for the eye only, the numbers stand beside it. */
export function ClassBar({ totals }: { totals: WireTotals }) {
  const whole = KINDS.reduce((sum, kind) => sum + totals[`${kind}_seconds`], 0);
  return (
    <div class="trend-bar" aria-hidden="true">
      {KINDS.filter((kind) => totals[`${kind}_seconds`] > 0).map((kind) => (
        <span
          key={kind}
          class={`fill fill-${kind}`}
          style={{ width: `${100 * totals[`${kind}_seconds`] / whole}%` }}
        />
      ))}
    </div>
  );
}
