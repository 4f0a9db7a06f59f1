import { useRef } from "preact/hooks";
import { addDays, isIsoDate } from "../../daemon/core/day.ts";

interface DayNavProps {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** The daemon's today: there is nothing after it. */
  readonly today: string;
  readonly onChange: (date: string) => void;
}

/** The way to other days: the one before, any, the one after, and back to today. */
export function DayNav({ date, today, onChange }: DayNavProps) {
  const isToday = date >= today;
  const before = useRef<HTMLButtonElement>(null);
  return (
    <div class="day-nav" role="group" aria-label="Day">
      <button
        ref={before}
        type="button"
        class="second step"
        aria-label="Day before"
        onClick={() => onChange(addDays(date, -1))}
      >
        <span aria-hidden="true">‹</span>
      </button>
      <input
        type="date"
        aria-label="Date"
        value={date}
        max={today}
        onChange={(event: Event & { currentTarget: HTMLInputElement }) => {
          const { value } = event.currentTarget;
          if (isIsoDate(value) && value <= today) onChange(value);
          else event.currentTarget.value = date;
        }}
      />
      <button
        type="button"
        class="second step"
        aria-label="Day after"
        // Not `disabled`: whoever has walked up to today would lose the focus.
        aria-disabled={isToday}
        onClick={() => !isToday && onChange(addDays(date, 1))}
      >
        <span aria-hidden="true">›</span>
      </button>
      {!isToday && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            // This button will not be there today.
            before.current?.focus();
            onChange(today);
          }}
        >
          Today
        </button>
      )}
    </div>
  );
}
