import type { Api } from "../api.ts";
import { ElsewherePanel } from "./components/elsewhere_panel.tsx";
import { LivePanel } from "./components/live_panel.tsx";
import { PastPanel } from "./components/past_panel.tsx";
import { StartPanel } from "./components/start_panel.tsx";
import { SummaryPanel } from "./components/summary_panel.tsx";
import { sessionElsewhere } from "./outside.ts";
import { isUnderWay, phase } from "./state.ts";

/** The Focus view: the session, or the way to one, and what there was before. */
export function FocusView({ api }: { api: Api }) {
  const elsewhere = sessionElsewhere();
  return (
    <div class="focus">
      <h1 class="only-heard">Focus</h1>
      {isUnderWay.value ? <LivePanel /> : phase.value === "ended" ? <SummaryPanel api={api} /> : (
        <>
          {elsewhere && <ElsewherePanel session={elsewhere} />}
          <StartPanel isElsewhere={elsewhere !== undefined} />
        </>
      )}
      {!isUnderWay.value && <PastPanel api={api} />}
    </div>
  );
}
