import type { Api } from "../api.ts";
import { Empty } from "../components/empty.tsx";
import { Problem } from "../components/problem.tsx";
import { query } from "../router.ts";
import { useRead } from "../use_read.ts";
import { CategoriesPanel } from "./categories_panel.tsx";
import { periodName } from "./dates.ts";
import { GoalsPanel } from "./goals_panel.tsx";
import { HeatPanel } from "./heat_panel.tsx";
import { PeriodNav } from "./period_nav.tsx";
import { isShown, placeOf } from "./place.ts";
import { SharePanel } from "./share_panel.tsx";
import { TimePanel } from "./time_panel.tsx";
import { TotalsPanel } from "./totals_panel.tsx";
import type { WireTrends } from "./wire.ts";

/** Only a period that goes on changes by itself. */
const LIVE_MS = 60_000;
const CHANGED_BY = ["edit", "reclassify", "erasure"];

/** How a day, a week, a month or a year went, beside the one before. */
export function TrendsView({ api }: { api: Api }) {
  const place = placeOf(query.value);
  const asked = new URLSearchParams({ period: place.period });
  if (place.date !== undefined) asked.set("date", place.date);
  const read = useRead<WireTrends>(api, `/activity/trends?${asked}`, {
    on: CHANGED_BY,
    everyMs: LIVE_MS,
  });
  const trends = read.data;
  const isOther = trends !== undefined && !isShown(place, trends);
  return (
    <div
      class="page two-columns trends"
      aria-busy={(isOther && read.problem === undefined) || undefined}
    >
      <h1 class="page-title">
        {trends === undefined
          ? "Trends"
          : periodName(trends.period, trends.first_date, trends.last_date)}
      </h1>
      <PeriodNav place={place} trends={trends} />
      <Problem of={read.problem} doing="read the trends" again={read.again} />
      {trends !== undefined && (
        <Period
          api={api}
          trends={trends}
          place={place}
          again={read.again}
        />
      )}
    </div>
  );
}

interface PeriodProps {
  readonly api: Api;
  readonly trends: WireTrends;
  readonly place: ReturnType<typeof placeOf>;
  readonly again: () => void;
}

function Period({ api, trends, place, again }: PeriodProps) {
  const isEmpty = trends.columns.every((column) =>
    column.signal_seconds + column.noise_seconds + column.neutral_seconds +
        column.afk_seconds === 0
  );
  return (
    <>
      {isEmpty
        ? (
          <div class="whole">
            <Empty heading="Nothing was recorded in this time">
              {trends.recorded_since === null
                ? "Leave ProdTracker running; what you do shows here from the first minute."
                : `What there is begins on ${
                  periodName("day", trends.recorded_since, trends.recorded_since)
                }.`}
            </Empty>
          </div>
        )
        : (
          <>
            <TotalsPanel trends={trends} />
            <div class="trend-course">
              <TimePanel trends={trends} />
              <SharePanel trends={trends} />
            </div>
            <CategoriesPanel trends={trends} />
            {trends.period !== "day" && <HeatPanel trends={trends} kind={place.heat} />}
          </>
        )}
      <GoalsPanel api={api} trends={trends} again={again} />
    </>
  );
}
