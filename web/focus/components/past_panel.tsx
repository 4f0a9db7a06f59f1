import { useEffect } from "preact/hooks";
import type { Api } from "../../api.ts";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { focusUpdate, isLoginOpen, token } from "../../state.ts";
import { useRead } from "../../use_read.ts";
import type { WireFocusAnalytics } from "../../wire.ts";
import { rangeDays } from "../range.ts";
import { isSaved } from "../state.ts";
import type { WireFocusedDay } from "../wire.ts";
import { Analytics } from "./analytics.tsx";
import { HistoryList } from "./history_list.tsx";
import { RangeChoice } from "./range_choice.tsx";

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
      {read === undefined && analytics.isReading && <p class="quiet slow-to-appear">Reading…</p>}
      {read && read.total.total_seconds > 0 && (
        <Analytics analytics={read} days={byDay.data ?? []} />
      )}
      {read && <HistoryList api={api} from={read.from} change={change} />}
    </Panel>
  );
}
