import { ForeignText } from "../../components/foreign_text.tsx";
import type { WireLoopEvidence } from "../settings_wire.ts";

/** How a rule stands now: how much of its time is up, and of what. */
export function Evidence({ of: evidence }: { of: WireLoopEvidence }) {
  const { seconds, wanted_seconds: wanted, holds, explanation } = evidence;
  const share = wanted > 0 ? Math.min(1, seconds / wanted) : 0;
  if (seconds <= 0) return <p class="evidence quiet">Now: nothing.</p>;
  return (
    <div class="evidence">
      <span class="evidence-track" aria-hidden="true">
        <span
          class={holds ? "evidence-bar is-held" : "evidence-bar"}
          style={{ inlineSize: `${share * 100}%` }}
        />
      </span>
      <p>
        Now: <ForeignText text={explanation} />
      </p>
    </div>
  );
}
