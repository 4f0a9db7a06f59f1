import { activeSeconds } from "../model.ts";
import type { WireTotals } from "../wire.ts";

const KINDS = ["signal", "noise", "neutral"] as const;

/**
 * The time at the desk as one bar; time away is left out, a night would dwarf the rest.
 * Decoration for the eye only: the same numbers stand beside it as text.
 */
export function ShareBar({ totals }: { totals: WireTotals }) {
  const whole = activeSeconds(totals);
  return (
    <div class="share-bar" aria-hidden="true">
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
