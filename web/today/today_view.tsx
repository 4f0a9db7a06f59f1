import { isIsoDate } from "../../daemon/core/day.ts";
import { useRef } from "preact/hooks";
import type { Api } from "../api.ts";
import { DayNav } from "../components/day_nav.tsx";
import { Problem } from "../components/problem.tsx";
import { query, setQuery } from "../router.ts";
import { day } from "../state.ts";
import { useRead } from "../use_read.ts";
import type { WireDay } from "../wire.ts";
import { DayFigures } from "./day_figures.tsx";
import { dateAsked, dayName, formatDate } from "./day_words.ts";
import { HoursPanel } from "./hours_panel.tsx";
import { NowPanel } from "./now_panel.tsx";
import { RecentEvents } from "./recent_events.tsx";
import { PAST_CHANGES } from "./signs.ts";
import { TimelinePanel } from "./timeline_panel.tsx";
import { Tops } from "./tops.tsx";

/** One day: today as it goes on, or any other as the address asks. */
export function TodayView({ api }: { api: Api }) {
  const current = day.value;
  const today = current?.date;
  const date = today && dateAsked(query.value.get("date"), today);
  const isToday = date === today;
  const past = useRead<WireDay>(
    api,
    date === undefined || isToday ? undefined : `/activity/day?date=${date}`,
    { on: PAST_CHANGES },
  );
  const last = useRef<WireDay>(undefined);
  if (current === undefined || today === undefined || date === undefined) return null;
  // Until another day has come, the one before it stands there; not when it cannot be had.
  const asked = isToday ? current : past.data?.date === date ? past.data : undefined;
  const isLost = asked === undefined && past.problem !== undefined;
  const shown = isLost ? undefined : asked ?? last.current ?? current;
  if (shown !== undefined) last.current = shown;
  const isBusy = shown?.date !== date;
  const name = dayName(date, today);
  const goTo = (to: string) => {
    if (isIsoDate(to)) setQuery({ date: to === today ? undefined : to, zoom: undefined });
  };

  return (
    <div class={isToday ? "page today is-today" : "page today"}>
      <div class="day-head whole">
        <h1 class="page-title" aria-live="polite">
          {name ?? formatDate(date, today)}
          {name && <span class="day-date">{formatDate(date, today)}</span>}
        </h1>
        <DayNav date={date} today={today} onChange={goTo} />
        <Problem of={isToday ? undefined : past.problem} doing="read this day" again={past.again} />
      </div>
      {isToday && <NowPanel />}
      {shown && <DayFigures api={api} day={shown} isToday={isToday} isBusy={isBusy} />}
      <TimelinePanel api={api} date={date} isToday={isToday} />
      {shown && <HoursPanel day={shown} isToday={isToday} isBusy={isBusy} />}
      <Tops api={api} date={date} isToday={isToday} />
      {isToday && <RecentEvents />}
    </div>
  );
}
