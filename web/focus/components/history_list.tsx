import { useEffect, useRef } from "preact/hooks";
import type { Api } from "../../api.ts";
import { Empty } from "../../components/empty.tsx";
import { Problem } from "../../components/problem.tsx";
import { query, setQuery } from "../../router.ts";
import { useRead } from "../../use_read.ts";
import type { WireFocusSession } from "../../wire.ts";
import { isWide } from "../wide.ts";
import { SessionRow } from "./session_row.tsx";

const PAGE = 20;

interface HistoryListProps {
  readonly api: Api;
  /** Where the shown range begins. */
  readonly from: string;
  /** Whenever it is another, the sessions may be others. */
  readonly change: string;
}

/** The sessions of the shown range one by one, newest first; which page of them stands in the address. */
export function HistoryList({ api, from, change }: HistoryListProps) {
  const table = useRef<HTMLTableElement>(null);
  const asked = query.value.get("before") ?? "";
  const before = Number.isNaN(Date.parse(asked)) ? undefined : new Date(asked).toISOString();
  const range = before !== undefined && before > from ? `&to=${before}` : "";
  const read = useRead<readonly WireFocusSession[]>(
    api,
    `/focus/sessions?from=${from}${range}&limit=${PAGE + 1}`,
  );
  useEffect(() => {
    if (read.data) read.again();
  }, [change]);
  const turn = (to: string | undefined) => {
    setQuery({ before: to });
    table.current?.focus();
  };
  const sessions = read.data?.slice(0, PAGE) ?? [];
  const hasOlder = (read.data?.length ?? 0) > PAGE;
  return (
    <section class="sessions" aria-label="Sessions">
      <h3>Session by session</h3>
      <Problem of={read.problem} doing="read the sessions" again={read.again} />
      {read.data?.length === 0 && (
        <Empty heading={range === "" ? "No session in this time" : "No older session"}>
          {range === "" ? "The next one will stand here." : undefined}
        </Empty>
      )}
      {sessions.length > 0 && (
        <table class="table session-table" ref={table} tabIndex={-1} aria-label="Sessions">
          <thead>
            <tr>
              <th scope="col">Began</th>
              <th scope="col" class="number">Length</th>
              <th scope="col" class="number">Focused</th>
              {isWide.value && (
                <>
                  <th scope="col" class="number">Longest streak</th>
                  <th scope="col" class="number">Breaks</th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => <SessionRow key={session.id} api={api} session={session} />)}
          </tbody>
        </table>
      )}
      {(hasOlder || range !== "") && (
        <div class="actions">
          {range !== "" && (
            <button type="button" class="second" onClick={() => turn(undefined)}>Newest</button>
          )}
          {hasOlder && (
            <button
              type="button"
              class="second"
              onClick={() => turn(sessions[sessions.length - 1].start)}
            >
              Older
            </button>
          )}
        </div>
      )}
    </section>
  );
}
