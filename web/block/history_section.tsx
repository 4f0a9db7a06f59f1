import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Api } from "../api.ts";
import { Empty } from "../components/empty.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { useKeptFocus } from "../use_kept_focus.ts";
import { useRead } from "../use_read.ts";
import { BlockedDays } from "./blocked_days.tsx";
import { HistoryTable } from "./history_table.tsx";
import type { WireBlock } from "./wire.ts";

/** As many as are read first, and with each "more"; and the most there is to have. */
const STEP = 50, MOST = 1_000;

/** What was blocked: who, when, why, and how it ended. */
export function HistorySection({ api }: { api: Api }) {
  const limit = useSignal(STEP);
  const { data, problem, again, isReading } = useRead<WireBlock[]>(
    api,
    `/blocker/history?limit=${limit.value}`,
    { on: ["block"] },
  );
  const place = useRef<HTMLDivElement>(null);
  useKeptFocus(place);
  const hasMore = data !== undefined && data.length >= limit.value && limit.value < MOST;
  return (
    <div class="page">
      <Problem of={problem} doing="read the history" again={again} />
      {data?.length === 0 && (
        <Empty heading="Nothing was blocked yet">Every block is written down here.</Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <>
          <BlockedDays api={api} />
          <Panel heading="Blocks" isBusy={isReading}>
            <div ref={place} tabIndex={-1}>
              <HistoryTable blocks={data} />
              {hasMore && (
                <div class="actions history-more">
                  <button
                    type="button"
                    class="second"
                    onClick={() => limit.value = Math.min(MOST, limit.value + 2 * STEP)}
                  >
                    Show more
                  </button>
                </div>
              )}
            </div>
          </Panel>
        </>
      )}
    </div>
  );
}
