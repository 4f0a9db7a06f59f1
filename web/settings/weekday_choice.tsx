import { useId } from "preact/hooks";
import { type Weekday, WEEKDAYS } from "../../daemon/core/block_schedule.ts";
import { LOCALE } from "../format.ts";

interface WeekdayChoiceProps {
  readonly label: string;
  readonly value: readonly Weekday[];
  readonly problem?: string;
  readonly onChange: (days: Weekday[]) => void;
}

const short = new Intl.DateTimeFormat(LOCALE, { weekday: "short", timeZone: "UTC" });
const long = new Intl.DateTimeFormat(LOCALE, { weekday: "long", timeZone: "UTC" });
/** 2026-01-05 is a Monday. */
const dayOf = (day: Weekday) => new Date(Date.UTC(2026, 0, 5 + WEEKDAYS.indexOf(day)));

/** Days of the week, each on or off. */
export function WeekdayChoice({ label, value, problem, onChange }: WeekdayChoiceProps) {
  const id = useId();
  return (
    <fieldset class="choices" aria-describedby={problem && id}>
      <legend>{label}</legend>
      {WEEKDAYS.map((day) => (
        <label key={day} title={long.format(dayOf(day))}>
          <input
            type="checkbox"
            checked={value.includes(day)}
            onChange={(event: Event & { currentTarget: HTMLInputElement }) => {
              const { checked } = event.currentTarget;
              onChange(WEEKDAYS.filter((each) => each === day ? checked : value.includes(each)));
            }}
          />
          {short.format(dayOf(day))}
        </label>
      ))}
      {problem && <p id={id} class="field-problem">Choose {problem}</p>}
    </fieldset>
  );
}
