import { addDays, isIsoDate } from "../../daemon/core/day.ts";
import { TREND_PERIODS, type TrendPeriod } from "../../daemon/core/trends.ts";
import { ViewLink } from "../components/view_link.tsx";
import { setQuery } from "../router.ts";
import type { Place } from "./place.ts";
import type { WireTrends } from "./wire.ts";

const NAMES: Record<TrendPeriod, string> = {
  day: "Day",
  week: "Week",
  month: "Month",
  year: "Year",
};
const NOW: Record<TrendPeriod, string> = {
  day: "Today",
  week: "This week",
  month: "This month",
  year: "This year",
};

interface PeriodNavProps {
  readonly place: Place;
  /** What is shown; `undefined` before the first answer. */
  readonly trends: WireTrends | undefined;
}

/** The way to other lengths of time and to other times. */
export function PeriodNav({ place, trends }: PeriodNavProps) {
  return (
    <div class="trends-nav whole">
      <nav class="tabs" aria-label="Length of time">
        {TREND_PERIODS.map((period) => (
          <ViewLink
            key={period}
            to="trends"
            query={{
              period: period === "week" ? undefined : period,
              date: place.date,
              heat: place.heat === "signal" ? undefined : place.heat,
            }}
            isCurrent={period === place.period}
          >
            {NAMES[period]}
          </ViewLink>
        ))}
      </nav>
      {trends !== undefined && <Steps place={place} trends={trends} />}
    </div>
  );
}

function Steps({ place, trends }: { place: Place; trends: WireTrends }) {
  const { today, first_date, last_date, period } = trends;
  const isNow = last_date >= today;
  const shown = place.date ?? today;
  const go = (date: string) => setQuery({ date: date >= today ? undefined : date });
  return (
    <div class="day-nav" role="group" aria-label="Time">
      <button
        type="button"
        class="second step"
        aria-label={`${NAMES[period]} before`}
        onClick={() => go(addDays(first_date, -1))}
      >
        <span aria-hidden="true">‹</span>
      </button>
      <input
        type="date"
        aria-label="Date"
        value={shown}
        max={today}
        onChange={(event: Event & { currentTarget: HTMLInputElement }) => {
          const { value } = event.currentTarget;
          if (isIsoDate(value) && value <= today) go(value);
          else event.currentTarget.value = shown;
        }}
      />
      {
        // Not disabled: the focus of whoever has walked up to it would be lost.
      }
      <button
        type="button"
        class="second step"
        aria-label={`${NAMES[period]} after`}
        aria-disabled={isNow}
        onClick={() => !isNow && go(addDays(last_date, 1))}
      >
        <span aria-hidden="true">›</span>
      </button>
      {!isNow && (
        <button type="button" class="plain" onClick={() => go(today)}>{NOW[period]}</button>
      )}
    </div>
  );
}
