import { isIsoDate, localZone } from "../../daemon/core/day.ts";
import type { Api } from "../api.ts";
import { DayNav } from "../components/day_nav.tsx";
import { Problem } from "../components/problem.tsx";
import { query, setQuery } from "../router.ts";
import { day as todaySignal } from "../state.ts";
import type { WireDay } from "../wire.ts";
import { useEdited } from "./changes.ts";
import { dateAt } from "./day_clock.ts";
import { EditsDay } from "./edits_day.tsx";
import { selectionOf } from "./selection.ts";

/** A day of what was recorded, to be corrected; which day, and what of it, stands in the address. */
export function EditsView({ api }: { api: Api }) {
  const today = todaySignal.value;
  const date = today && dateOf(query.value, today);
  const read = useEdited<WireDay>(api, date && `/activity/day?date=${date}`, ["event"]);
  const day = read.data;
  return (
    <div class="page edits">
      <div class="edits-head">
        <h1 class="page-title">Edits</h1>
        {today && date && (
          <DayNav
            date={date}
            today={today.date}
            onChange={(next) =>
              setQuery({ date: next, from: undefined, to: undefined, event: undefined })}
          />
        )}
      </div>
      <Problem of={read.problem} doing="read the day" again={read.again} />
      {day && today && day.date === date && (
        <EditsDay key={day.date} api={api} day={day} isToday={day.date === today.date} />
      )}
    </div>
  );
}

/** The day that an address means: the one it names, the one that holds what it chooses, or today. */
function dateOf(params: URLSearchParams, today: WireDay): string {
  const named = params.get("date");
  if (named !== null && isIsoDate(named) && named <= today.date) return named;
  const selection = selectionOf(params);
  if (selection === undefined) return today.date;
  const date = dateAt(selection.startMs, { startMs: Date.parse(today.from), zone: localZone });
  return isIsoDate(date) && date <= today.date ? date : today.date;
}
