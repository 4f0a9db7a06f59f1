import { useEffect } from "preact/hooks";
import type { Api } from "../../api.ts";
import { Empty } from "../../components/empty.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { useRead } from "../../use_read.ts";
import type { WireErasures } from "../privacy_wire.ts";
import { CopiesNotReached } from "./copies_not_reached.tsx";
import { EraseProgress } from "./erase_progress.tsx";
import { ErasureRow } from "./erasure_row.tsx";
import { erasing, erasingsDone } from "./live.ts";

interface EraseStateProps {
  readonly api: Api;
  /** Only what is going on, or could not be done yet. */
  readonly isBrief?: boolean;
}

/** What is being erased, what is pending and why, what was erased, and what erasing does not reach. */
export function EraseState({ api, isBrief = false }: EraseStateProps) {
  const { data, problem, again } = useRead<WireErasures>(api, "/erasures", { on: ["erasure"] });
  const done = erasingsDone.value;
  useEffect(() => {
    if (done > 0) again();
  }, [done]);
  // The stream may have been away when it ended.
  useEffect(() => {
    if (data?.running === null) erasing.value = undefined;
  }, [data]);
  const running = erasing.value ?? data?.running ?? undefined;
  const erasures = data?.erasures ?? [];
  const pending = erasures.filter(({ id, pending }) => pending.length > 0 && id !== running?.id);
  if (isBrief && running === undefined && pending.length === 0) return null;
  const past = erasures.filter(({ pending, done }) => pending.length === 0 && done !== null);
  const notReached = data?.not_reached ?? [];
  return (
    <>
      <Panel heading={isBrief ? "Erasing" : "What was erased"}>
        <Problem of={problem} doing="read what was erased" again={again} />
        {running !== undefined && <EraseProgress progress={running} />}
        {pending.length > 0 && (
          <>
            <p>
              Some of it could not be reached yet. It is tried again every hour while ProdTracker
              runs, and at each start.
            </p>
            <ul class="erasure-list">
              {pending.map((erasure) => <ErasureRow key={erasure.id} erasure={erasure} />)}
            </ul>
          </>
        )}
        {!isBrief && data !== undefined && erasures.length === 0 && (
          <Empty heading="Nothing was ever erased" />
        )}
        {!isBrief && past.length > 0 && (
          <details class="erasure-past" open={past.length <= 3}>
            <summary>Done ({past.length})</summary>
            <ul class="erasure-list">
              {past.map((erasure) => <ErasureRow key={erasure.id} erasure={erasure} />)}
            </ul>
          </details>
        )}
      </Panel>
      {!isBrief && notReached.length > 0 && (
        <Panel heading="Copies that erasing does not reach">
          <p class="quiet">You had them made at a path of yours. Delete them yourself.</p>
          <CopiesNotReached copies={notReached} />
        </Panel>
      )}
    </>
  );
}
