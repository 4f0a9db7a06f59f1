import { useEffect, useRef } from "preact/hooks";
import type { Api } from "../../api.ts";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { focusUpdate, isLoginOpen, token } from "../../state.ts";
import { type Read, useRead } from "../../use_read.ts";
import type { WireFocusAnalytics } from "../../wire.ts";
import { rangeDays } from "../range.ts";
import { isSaved } from "../state.ts";
import type { WireFocusedDay } from "../wire.ts";
import { Analytics } from "./analytics.tsx";
import { HistoryList } from "./history_list.tsx";
import { RangeChoice } from "./range_choice.tsx";

interface PastSums {
  readonly analytics: WireFocusAnalytics;
  readonly days: readonly WireFocusedDay[];
}

/** What is shown together, once both are of one range; what cannot be read by day is left out, which is said. */
function sumsOf(
  analytics: WireFocusAnalytics | undefined,
  { data, problem }: Read<readonly WireFocusedDay[]>,
): PastSums | undefined {
  if (analytics === undefined) return undefined;
  if (data?.length === analytics.days.length) return { analytics, days: data };
  return problem && { analytics, days: [] };
}

/** Sessions there were: what they came to, and one by one; for who is signed in. */
export function PastPanel({ api }: { api: Api }) {
  const days = rangeDays();
  // What would be refused would only stand red in the browser's console.
  const isIn = token.value !== undefined;
  const analytics = useRead<WireFocusAnalytics>(
    api,
    isIn ? `/focus/analytics?days=${days}` : undefined,
  );
  const byDay = useRead<readonly WireFocusedDay[]>(
    api,
    isIn ? `/focus/days?days=${days}` : undefined,
  );
  const fitting = useRef<PastSums | undefined>(undefined);
  fitting.current = isIn ? sumsOf(analytics.data, byDay) ?? fitting.current : undefined;
  const sums = fitting.current;
  const session = focusUpdate.value?.session;
  // With a session that has begun or ended, wherever, and with the last word of our own.
  const change = `${session?.id} ${session?.how} ${isSaved.value}`;
  useEffect(() => {
    if (analytics.data === undefined) return;
    analytics.again();
    byDay.again();
  }, [change]);
  if (!isIn) {
    return (
      <Panel heading="Past sessions">
        <p class="quiet">
          They are shown to who is signed in.{" "}
          <button type="button" class="plain" onClick={() => isLoginOpen.value = true}>
            Sign in
          </button>
        </p>
      </Panel>
    );
  }
  const read = analytics.data;
  const isOf = read?.days.length === days;
  return (
    <Panel
      heading="Past sessions"
      class="past"
      aside={<RangeChoice />}
      isBusy={analytics.isReading && !isOf}
    >
      <Problem of={analytics.problem} doing="read the sessions" again={analytics.again} />
      <Problem of={byDay.problem} doing="read what you were focused on" again={byDay.again} />
      {read === undefined && analytics.isReading && <p class="quiet slow-to-appear">Reading…</p>}
      {sums && sums.analytics.total.total_seconds > 0 && <Analytics {...sums} />}
      {read && <HistoryList api={api} from={read.from} change={change} />}
    </Panel>
  );
}
