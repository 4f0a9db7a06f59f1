import { type Weekday, WEEKDAYS } from "../../daemon/core/block_schedule.ts";
import { DAY_NAMES } from "./schedule_words.ts";

interface DayChoiceProps {
  readonly days: readonly Weekday[];
  readonly onChange: (days: Weekday[]) => void;
}

const GROUPS: readonly { readonly name: string; readonly days: readonly Weekday[] }[] = [
  { name: "Weekdays", days: WEEKDAYS.slice(0, 5) },
  { name: "Weekend", days: WEEKDAYS.slice(5) },
  { name: "Every day", days: WEEKDAYS },
];

/** Which days of the week. */
export function DayChoice({ days, onChange }: DayChoiceProps) {
  const toggle = (day: Weekday) =>
    onChange(WEEKDAYS.filter((each) => days.includes(each) !== (each === day)));
  return (
    <fieldset class="choices pills">
      <legend>Days</legend>
      {WEEKDAYS.map((day) => (
        <label key={day}>
          <input type="checkbox" checked={days.includes(day)} onChange={() => toggle(day)} />
          <span aria-hidden="true">{DAY_NAMES[day].short}</span>
          <span class="only-heard">{DAY_NAMES[day].long}</span>
        </label>
      ))}
      <div class="day-groups">
        {GROUPS.map(({ name, days }) => (
          <button
            key={name}
            type="button"
            class="plain"
            onClick={() => onChange([...days])}
          >
            {name}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
