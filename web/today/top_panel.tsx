import type { Api } from "../api.ts";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { useRead } from "../use_read.ts";
import { PAST_CHANGES, TODAY_CHANGES } from "./signs.ts";
import { type TopItem, TopRow } from "./top_row.tsx";

interface TopPanelProps {
  readonly api: Api;
  readonly date: string;
  readonly isToday: boolean;
  readonly heading: string;
  readonly by: "app" | "title" | "category";
}

const SHOWN = 8;

/** A list of what took the most time, the longest first. */
export function TopPanel({ api, date, isToday, heading, by }: TopPanelProps) {
  const { data, problem, isOther, again } = useRead<{ readonly items: readonly TopItem[] }>(
    api,
    `/activity/top?date=${date}&by=${by}&limit=${SHOWN}`,
    { on: isToday ? TODAY_CHANGES : PAST_CHANGES },
  );
  // Another day's list stands until this one has come; not when it cannot be had.
  const isLost = isOther && problem !== undefined;
  const items = isLost ? [] : data?.items ?? [];
  const most = items[0]?.seconds ?? 0;
  return (
    <Panel class="top" heading={heading} isBusy={isOther && !isLost}>
      <Problem of={problem} doing={`read the day's ${heading.toLowerCase()}`} again={again} />
      {items.length === 0
        ? !problem && <p class="quiet">{data === undefined ? "…" : "Nothing on this day."}</p>
        : (
          <ol class="top-list">
            {items.map((item) => (
              <TopRow key={item.name ?? ""} item={item} by={by} share={item.seconds / most} />
            ))}
          </ol>
        )}
    </Panel>
  );
}
