import { useSignal } from "@preact/signals";
import { useCallback, useRef } from "preact/hooks";
import { localZone } from "../../daemon/core/day.ts";
import type { EventSource, Span } from "../../daemon/core/types.ts";
import type { Api } from "../api.ts";
import { Empty } from "../components/empty.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { query, setQuery } from "../router.ts";
import type { WireEvent } from "../wire.ts";
import { useEdited } from "./changes.ts";
import { SOURCE_WORDS } from "./edit_words.ts";
import { isChosen, joined, listedSpan, type Selection } from "./selection.ts";
import { SpanRow } from "./span_row.tsx";

interface SpanListProps {
  readonly api: Api;
  readonly day: Span;
  readonly selection: Selection | undefined;
  readonly onChoose: (selection: Selection | undefined) => void;
}

const FIRST = 30, MORE = 150, MOST = 1000;
const SOURCES = Object.keys(SOURCE_WORDS) as EventSource[];

/** What was recorded, newest first: rows to choose from, one stop of the Tab key together. */
export function SpanList({ api, day, selection, onChoose }: SpanListProps) {
  const limit = useSignal(FIRST);
  const at = useSignal(0);
  /** Where to go on from, once there are more than one page shows; of which list. */
  const older = useSignal<{ readonly of: string; readonly cursor: string } | undefined>(undefined);
  const rows = useRef<HTMLTableSectionElement>(null);
  const source = SOURCES.find((name) => name === query.value.get("source"));
  const listed = listedSpan(selection, day, localZone);
  const isWhole = listed.startMs === day.startMs && listed.endMs === day.endMs;
  const search = new URLSearchParams({
    from: new Date(listed.startMs).toISOString(),
    to: new Date(listed.endMs).toISOString(),
    limit: String(limit.value),
    ...source && { source },
  });
  const key = search.toString();
  const cursor = older.value?.of === key ? older.value.cursor : undefined;
  if (cursor !== undefined) search.set("cursor", cursor);
  const read = useEdited<{ events: WireEvent[]; next_cursor: string | null }>(
    api,
    `/events?${search}`,
    ["event"],
  );
  const events = read.data?.events ?? [];
  const current = Math.min(at.value, Math.max(0, events.length - 1));

  const choose = (event: WireEvent, isExtended: boolean) => {
    at.value = events.findIndex(({ id }) => id === event.id);
    const span = spanOf(event);
    const row = { ...span, id: event.id };
    if (isExtended && selection) onChoose(joined(selection, span));
    else if (selection?.event === event.id && isChosen(row, selection)) onChoose(undefined);
    else onChoose({ ...span, event: event.id });
  };
  const latest = useRef(choose);
  latest.current = choose;
  const chooseRow = useCallback((event: WireEvent, isExtended: boolean) => {
    latest.current(event, isExtended);
  }, []);
  const move = (event: KeyboardEvent) => {
    const next = steps(event.key, current, events.length);
    if (next === undefined) return;
    event.preventDefault();
    at.value = next;
    rows.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <Panel
      heading={isWhole ? "Recorded" : "Recorded around then"}
      isBusy={read.isReading}
      aside={
        <label class="edits-filter">
          <span>Show</span>
          <select
            value={source ?? ""}
            onChange={(event) =>
              setQuery({ source: event.currentTarget.value || undefined }, "replace")}
          >
            <option value="">Everything</option>
            {SOURCES.map((name) => <option key={name} value={name}>{SOURCE_WORDS[name]}</option>)}
          </select>
        </label>
      }
    >
      <Problem of={read.problem} doing="read what was recorded" again={read.again} />
      {read.data && events.length === 0 && (
        <Empty heading="Nothing was recorded">
          You can still say what you did: add an entry.
        </Empty>
      )}
      {events.length > 0 && (
        <table class="table spans">
          <colgroup>
            <col class="span-time" />
            <col />
            <col class="span-class" />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">What</th>
              <th scope="col">Class</th>
            </tr>
          </thead>
          <tbody ref={rows} onKeyDown={move}>
            {events.map((event, index) => (
              <SpanRow
                key={event.id}
                event={event}
                isChosen={isChosen({ ...spanOf(event), id: event.id }, selection)}
                isStop={index === current}
                onChoose={chooseRow}
              />
            ))}
          </tbody>
        </table>
      )}
      {read.data?.next_cursor && (
        limit.value < MOST
          ? (
            <button
              type="button"
              class="second"
              onClick={() => limit.value = Math.min(MOST, limit.value + MORE)}
            >
              Show more
            </button>
          )
          : (
            <button
              type="button"
              class="second"
              onClick={() => older.value = { of: key, cursor: read.data!.next_cursor! }}
            >
              Show older
            </button>
          )
      )}
      {cursor !== undefined && (
        <button
          type="button"
          class="plain"
          onClick={() => older.value = undefined}
        >
          Back to the newest
        </button>
      )}
    </Panel>
  );
}

function spanOf({ start, end }: WireEvent): Span {
  return { startMs: Date.parse(start), endMs: Date.parse(end) };
}

function steps(key: string, at: number, count: number): number | undefined {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}
