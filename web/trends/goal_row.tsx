import { sayDate } from "./dates.ts";
import type { WireRun, WireTrends } from "./wire.ts";

interface GoalRowProps {
  /** "at least 4 h of signal" */
  readonly text: string;
  readonly run: WireRun;
  readonly unit: WireTrends["unit"];
  /** Of each column; shown where columns are days. */
  readonly days?: readonly {
    readonly date: string;
    readonly met_days: number;
    readonly counted_days: number;
  }[];
  readonly onRemove?: () => void;
}

/** One goal: on how many days it was kept, and how many in a row. */
export function GoalRow({ text, run, unit, days, onRemove }: GoalRowProps) {
  return (
    <li class="goal">
      <p class="goal-text">{text.charAt(0).toUpperCase() + text.slice(1)}</p>
      <p class="goal-streak">
        <span class="goal-number">{run.streak_days}</span> {run.streak_days === 1 ? "day" : "days"}
        {" "}
        in a row
      </p>
      <p class="quiet goal-kept">{kept(run, unit)}</p>
      {unit === "day" && days !== undefined && (
        <ol class="goal-days" aria-label={`Day by day, ${text}`}>
          {days.map((day) => (
            <li key={day.date} class={`goal-day goal-day-${verdict(day)}`}>
              <span aria-hidden="true">{SIGNS[verdict(day)]}</span>
              <span class="only-heard">{sayDate(day.date)}: {WORDS[verdict(day)]}</span>
            </li>
          ))}
        </ol>
      )}
      {onRemove !== undefined && (
        <button
          type="button"
          class="plain goal-remove"
          aria-label={`Remove the goal ${text}`}
          onClick={onRemove}
        >
          Remove
        </button>
      )}
    </li>
  );
}

const SIGNS = { kept: "✓", missed: "✕", none: "·" } as const;
const WORDS = { kept: "kept", missed: "not kept", none: "does not count" } as const;

function verdict(day: { readonly met_days: number; readonly counted_days: number }) {
  if (day.counted_days === 0) return "none";
  return day.met_days > 0 ? "kept" : "missed";
}

function kept(run: WireRun, unit: WireTrends["unit"]): string {
  const longest = run.longest_days > run.streak_days
    ? `; ${run.longest_days} in a row at most`
    : "";
  if (run.counted_days === 0) return `Not settled yet${longest}`;
  if (unit === "hour") return (run.met_days > 0 ? "Kept" : "Not kept") + longest;
  const days = run.counted_days === 1 ? "day" : "days";
  return `Kept on ${run.met_days} of ${run.counted_days} ${days}${longest}`;
}
