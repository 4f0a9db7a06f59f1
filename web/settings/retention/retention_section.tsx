import type { Retention } from "../../../daemon/core/retention.ts";
import type { Api } from "../../api.ts";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { useRead } from "../../use_read.ts";
import { ErasePanel } from "../erase/erase_panel.tsx";
import { EraseState } from "../erase/erase_state.tsx";
import { RetentionForm } from "./retention_form.tsx";

/** How long things are kept, and erasing them by hand. */
export function RetentionSection({ api }: { api: Api }) {
  const { data, problem, again } = useRead<Retention>(api, "/retention");
  return (
    <div class="page">
      <Panel heading="How long things are kept">
        <p class="quiet privacy-lead">
          What is older goes for good, once a day while ProdTracker runs; events from the copies
          too.
        </p>
        <Problem of={problem} doing="read how long things are kept" again={again} />
        {data !== undefined && <RetentionForm api={api} retention={data} onSaved={again} />}
      </Panel>
      <ErasePanel api={api} />
      <EraseState api={api} />
    </div>
  );
}
