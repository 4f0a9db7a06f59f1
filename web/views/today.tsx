import { DayTotals } from "../components/day_totals.tsx";
import { HourBars } from "../components/hour_bars.tsx";
import { NowPanel } from "../components/now_panel.tsx";
import { RecentEvents } from "../components/recent_events.tsx";
import { day } from "../state.ts";

/** What is in front, what the day adds up to, and how it went. */
export function Today() {
  const today = day.value;
  if (today === undefined) return null;
  return (
    <div class="today">
      <h1 class="only-heard">Your day</h1>
      <NowPanel />
      <DayTotals day={today} />
      <HourBars hours={today.hours} />
      <RecentEvents />
    </div>
  );
}
