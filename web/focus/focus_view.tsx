import { AnalyticsPanel } from "./components/analytics_panel.tsx";
import { ElsewherePanel } from "./components/elsewhere_panel.tsx";
import { HistoryList } from "./components/history_list.tsx";
import { LivePanel } from "./components/live_panel.tsx";
import { StartPanel } from "./components/start_panel.tsx";
import { SummaryPanel } from "./components/summary_panel.tsx";
import { useHistory } from "./history.ts";
import { sessionElsewhere } from "./outside.ts";
import { isUnderWay, phase } from "./state.ts";

/** The Focus view: the session, or the way to one, and what there was before. */
export function FocusView() {
  const history = useHistory();
  const elsewhere = sessionElsewhere();
  return (
    <div class="focus">
      <h1 class="only-heard">Focus</h1>
      {isUnderWay.value ? <LivePanel /> : phase.value === "ended" ? <SummaryPanel /> : (
        <>
          {elsewhere && <ElsewherePanel session={elsewhere} />}
          <StartPanel isElsewhere={elsewhere !== undefined} />
        </>
      )}
      {!isUnderWay.value && (
        <>
          <AnalyticsPanel history={history} />
          <HistoryList history={history} />
        </>
      )}
    </div>
  );
}
