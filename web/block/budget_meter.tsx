import { formatDuration } from "../format.ts";

interface BudgetMeterProps {
  readonly usedS: number;
  readonly budgetS: number;
}

/** How much of the budget is used, as a bar and in words. */
export function BudgetMeter({ usedS, budgetS }: BudgetMeterProps) {
  const share = usedS / budgetS;
  const words = `${formatDuration(usedS)} of ${formatDuration(budgetS)}`;
  const left = share >= 1
    ? `used up, ${formatDuration(usedS - budgetS)} over`
    : `${formatDuration(budgetS - usedS)} left today`;
  return (
    <>
      <p>
        <strong>{words}</strong>, {left}
      </p>
      <div
        class="budget-bar"
        role="meter"
        aria-label="Noise of the day's budget"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.min(100, Math.round(share * 100))}
        aria-valuetext={words}
      >
        <span class="fill fill-noise" style={{ width: `${Math.min(1, share) * 100}%` }} />
      </div>
    </>
  );
}
