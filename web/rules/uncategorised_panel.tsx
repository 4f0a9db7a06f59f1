import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Api } from "../api.ts";
import { Empty } from "../components/empty.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { formatDuration, formatShare } from "../format.ts";
import { query, setQuery } from "../router.ts";
import { useKeptFocus } from "../use_kept_focus.ts";
import { useRead } from "../use_read.ts";
import { PeriodChoice } from "./period_choice.tsx";
import { UncategorisedRow } from "./uncategorised_row.tsx";
import type { WireUncategorised } from "./wire.ts";

const SHOWN = 8;
const MORE = 50;
const PERIODS = { "7": "7 days", "30": "30 days", "365": "a year" } as const;
type Days = keyof typeof PERIODS;

/** The time that no rule knows, the most first, each with a way to a rule. */
export function UncategorisedPanel({ api }: { api: Api }) {
  const asked = query.value.get("days") ?? "";
  const days: Days = asked in PERIODS ? asked as Days : "7";
  const by = query.value.get("by") === "place" ? "place" : "title";
  const limit = useSignal(SHOWN);
  const read = useRead<WireUncategorised>(
    api,
    `/activity/uncategorised?days=${days}&by=${by}&limit=${limit.value}`,
    { on: ["reclassify", "event", "edit"] },
  );
  const list = useRef<HTMLDivElement>(null);
  useKeptFocus(list);
  const { data } = read;
  return (
    <Panel
      heading="Uncategorised time"
      class="uncategorised"
      isBusy={read.isReading}
      aside={
        <PeriodChoice
          periods={PERIODS}
          value={days}
          onChange={(days) => setQuery({ days })}
        />
      }
    >
      <Problem of={read.problem} doing="read what no rule knows" again={read.again} />
      {data !== undefined && (
        <div ref={list} tabIndex={-1} class="uncategorised-list">
          {data.count === 0
            ? (
              <Empty
                heading={data.active_seconds === 0
                  ? "Nothing was recorded in this time"
                  : "Every minute of this time is known"}
              >
                {data.active_seconds === 0
                  ? "What you use will be listed here when no rule knows it."
                  : "What no rule knows will be listed here, with the most time first."}
              </Empty>
            )
            : (
              <>
                <p class="quiet">
                  {formatDuration(data.seconds)} that no rule knows,{" "}
                  {formatShare(data.seconds / data.active_seconds)}{" "}
                  of your time. It counts as neutral until you say what it is.
                </p>
                <div class="tabs by-choice" role="group" aria-label="Listed by">
                  {(["title", "place"] as const).map((each) => (
                    <button
                      key={each}
                      type="button"
                      aria-pressed={each === by}
                      onClick={() => setQuery({ by: each === "title" ? undefined : each })}
                    >
                      {each === "title" ? "Titles" : "Programs and sites"}
                    </button>
                  ))}
                </div>
                <ul class="uncategorised-rows">
                  {data.items.map((item) => (
                    <UncategorisedRow
                      key={`${item.app}\n${item.title}\n${item.host}`}
                      item={item}
                    />
                  ))}
                </ul>
                {data.count > data.items.length && limit.value === SHOWN && (
                  <button
                    type="button"
                    class="second"
                    onClick={() => limit.value = MORE}
                  >
                    Show more
                  </button>
                )}
              </>
            )}
        </div>
      )}
    </Panel>
  );
}
