import { ViewLink } from "../components/view_link.tsx";
import { formatDuration } from "../format.ts";
import { budgetOf, otherBlockers } from "./budget.ts";
import { BudgetMeter } from "./budget_meter.tsx";
import { lengthWords } from "./length.ts";
import { inARow } from "./schedule_words.ts";
import type { WireLoop } from "./wire.ts";

/** What is used of the budget, and what happens when it is used up. */
export function BudgetWords({ loop }: { loop: WireLoop }) {
  const budget = budgetOf(loop.config);
  const { noise_today_seconds: noiseS, blocks_today: blocks } = loop.evidence;
  const others = otherBlockers(loop.config);
  if (!budget.isOn) {
    return (
      <p class="quiet">
        There is none. {formatDuration(noiseS)} of noise today.
      </p>
    );
  }
  return (
    <>
      <BudgetMeter usedS={noiseS} budgetS={budget.minutes * 60} />
      <p class="quiet">
        {budget.blocks
          ? `When it is used up you are nudged; if it goes on, sites are blocked for ${
            lengthWords(budget.blockMinutes)
          }.`
          : "When it is used up you are nudged. Nothing is blocked."}
        {!loop.config.on && " Nudges are switched off, so nothing happens now."}
      </p>
      {(budget.blocks || others.length > 0) && (
        <p class="quiet">
          Blocks by rule today: {blocks} of at most {budget.mostADay}
          {others.length > 0 && ` (also for ${inARow(others)})`}.
        </p>
      )}
      <p>
        <ViewLink to="settings" query={{ section: "nudges" }}>All nudges</ViewLink>
      </p>
    </>
  );
}
