/**
 * The day's timeline, kept up to date: of today only the last hour is read with every change, the hours before it when
 * the past was changed.
 * @module
 */
import { useMemo, useRef } from "preact/hooks";
import type { WireTimeline } from "../../daemon/api/timeline.ts";
import type { Api } from "../api.ts";
import { day, nowMs } from "../state.ts";
import { type Read, useRead } from "../use_read.ts";
import { PAST_CHANGES, TODAY_CHANGES } from "./signs.ts";
import { joined, partBegin } from "./timeline_joined.ts";

/** Should this machine's clock and the daemon's differ, the hours before are not old for longer than this. */
const ALL_EVERY_MS = 600_000;

/** The timeline of a date. */
export function useTimeline(
  api: Api,
  date: string,
  isToday: boolean,
): Pick<Read<WireTimeline>, "data" | "isOther" | "problem" | "again"> {
  const today = isToday ? day.value : undefined;
  const beginMs = today && partBegin(Date.parse(today.from), nowMs.value);
  const begin = beginMs === undefined ? undefined : new Date(beginMs).toISOString();
  const isWhole = begin === undefined || begin === today?.from;
  const range = (from: string, to: string) => `/activity/timeline?from=${from}&to=${to}`;

  const before = useRead<WireTimeline>(
    api,
    today ? isWhole ? undefined : range(today.from, begin) : `/activity/timeline?date=${date}`,
    { on: PAST_CHANGES, everyMs: today && ALL_EVERY_MS },
  );
  const after = useRead<WireTimeline>(api, today && range(begin ?? today.from, today.to), {
    on: TODAY_CHANGES,
  });

  const parts = useMemo(() => {
    if (today === undefined) return before.data;
    if (isWhole) return after.data?.from === today.from ? after.data : undefined;
    const isThis = before.data?.from === today.from && after.data?.to === today.to;
    return isThis ? joined(before.data, after.data) : undefined;
  }, [before.data, after.data, today?.from, today?.to, isWhole]);
  // While one part has moved on and the other has not, what was there stays.
  const last = useRef<{ readonly date: string; readonly data: WireTimeline }>(undefined);
  if (parts !== undefined && !(today === undefined && before.isOther)) {
    last.current = { date, data: parts };
  }
  const problem = before.problem ?? after.problem;
  return {
    data: last.current?.data,
    isOther: last.current !== undefined && last.current.date !== date,
    problem,
    again() {
      before.again();
      after.again();
    },
  };
}
