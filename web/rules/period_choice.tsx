interface PeriodChoiceProps<T extends string> {
  readonly periods: Readonly<Record<T, string>>;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** How far back is looked. */
export function PeriodChoice<T extends string>({ periods, value, onChange }: PeriodChoiceProps<T>) {
  return (
    <label class="period-choice">
      <span class="quiet">Of the last</span>
      <select
        value={value}
        onChange={(event: Event & { currentTarget: HTMLSelectElement }) =>
          onChange(event.currentTarget.value as T)}
      >
        {(Object.keys(periods) as T[]).map((key) => (
          <option key={key} value={key}>{periods[key]}</option>
        ))}
      </select>
    </label>
  );
}
