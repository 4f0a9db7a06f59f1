import { Field } from "../../components/field.tsx";
import type { SummaryPeriod } from "../settings_wire.ts";
import { PERIOD_WORDS } from "./words.ts";

interface PeriodSelectProps {
  readonly value: SummaryPeriod;
  readonly onChange: (period: SummaryPeriod) => void;
}

const PERIODS = Object.entries(PERIOD_WORDS) as [SummaryPeriod, string][];

/** Day, week or month. */
export function PeriodSelect({ value, onChange }: PeriodSelectProps) {
  return (
    <Field label="Summary of a">
      <select
        value={value}
        onChange={(event: Event & { currentTarget: HTMLSelectElement }) =>
          onChange(event.currentTarget.value as SummaryPeriod)}
      >
        {PERIODS.map(([period, word]) => (
          <option key={period} value={period}>{word.toLowerCase()}</option>
        ))}
      </select>
    </Field>
  );
}
