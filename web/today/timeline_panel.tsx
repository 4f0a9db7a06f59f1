import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { WireTimeline } from "../../daemon/api/timeline.ts";
import type { Api } from "../api.ts";
import { Empty } from "../components/empty.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { query, setQuery, show } from "../router.ts";
import { nowMs } from "../state.ts";
import { useRead } from "../use_read.ts";
import { PAST_CHANGES, TODAY_CHANGES } from "./signs.ts";
import { TimelineButtons } from "./timeline_buttons.tsx";
import { TimelineChart } from "./timeline_chart.tsx";
import { type Lane, lanesOf, type LaneSpan, type Place, spanOf } from "./timeline_lanes.ts";
import { addressOfSpan } from "./timeline_links.ts";
import {
  fitting,
  formatShown,
  lengthOf,
  parseShown,
  type Shown,
  tileOf,
  within,
} from "./timeline_range.ts";
import { TimelineReadout } from "./timeline_readout.tsx";
import { useTimeline } from "./use_timeline.ts";

interface TimelinePanelProps {
  readonly api: Api;
  readonly date: string;
  readonly isToday: boolean;
}

/** While somebody drags, the address follows at rest only. */
const REST_MS = 300;

/** The day by lanes; which part of it is shown stands in the address. */
export function TimelinePanel({ api, date, isToday }: TimelinePanelProps) {
  const read = useTimeline(api, date, isToday);
  const { problem, again, isOther } = read;
  // Another day's stands until this one's has come; not when it cannot be had.
  const data = isOther && problem !== undefined ? undefined : read.data;
  const place = useSignal<Place | undefined>(undefined);
  const dragged = useDragged(date);
  useEffect(() => void (place.value = undefined), [date]);

  const dayMs = Date.parse(data?.from ?? "");
  const whole = (Date.parse(data?.to ?? "") - dayMs) / 1000;
  const nowAt = isToday && !isOther ? Math.min(whole, (nowMs.value - dayMs) / 1000) : undefined;
  const coarse = useMemo(() => data && lanesOf(data), [data]);
  const fitted = useMemo(() => coarse && fittingLanes(coarse, whole, nowAt), [
    coarse,
    Math.floor((nowAt ?? 0) / 3600),
  ]);
  const asked = parseShown(query.value.get("zoom"), whole);
  const shown = dragged.value ?? asked ?? fitted ?? { from: 0, to: whole };

  const tile = data && data.detail_seconds > 0 ? tileOf(shown, whole) : undefined;
  const instant = (seconds: number) => new Date(dayMs + seconds * 1000).toISOString();
  const detail = useRead<WireTimeline>(
    api,
    tile && lengthOf(tile) < whole
      ? `/activity/timeline?from=${instant(tile.from)}&to=${instant(tile.to)}`
      : undefined,
    { on: tile && nowAt !== undefined && tile.to > nowAt ? TODAY_CHANGES : PAST_CHANGES },
  ).data;
  const lanes = useMemo(() => coarse && withDetail(coarse, detail, dayMs, shown), [
    ...[coarse, detail, dayMs],
    detail && isCovered(detail, dayMs, shown),
  ]);
  const lane = lanes?.find(({ key }) => key === place.value?.lane);
  const isEmpty = lanes?.every(({ spans }) => spans.length === 0);

  const open = (from: Lane, span: LaneSpan) => {
    dragged.settle();
    const address = addressOfSpan(from.key, span, dayMs);
    show(address.to, address.query);
  };
  return (
    <Panel
      class="timeline whole"
      heading="Timeline"
      isBusy={problem === undefined && (isOther || data === undefined)}
      aside={lanes && !isEmpty && (
        <TimelineButtons
          shown={shown}
          whole={whole}
          around={place.value?.at}
          isFitted={dragged.value === undefined && asked === undefined}
          onShown={dragged.set}
        />
      )}
    >
      <Problem of={problem} doing="read the timeline" again={again} />
      {isEmpty && (
        <Empty
          heading={isToday ? "Nothing recorded yet today" : "Nothing was recorded on this day"}
        >
          {isToday && "The next window you switch to appears here."}
        </Empty>
      )}
      {lanes && !isEmpty && (
        <>
          <TimelineChart
            lanes={lanes}
            dayMs={dayMs}
            whole={whole}
            shown={shown}
            nowAt={nowAt}
            place={place.value}
            onPlace={(next) => place.value = next}
            onShown={dragged.set}
            onOpen={open}
          />
          <TimelineReadout lane={lane} span={lanes && spanOf(lanes, place.value)} dayMs={dayMs} />
        </>
      )}
      {lanes === undefined && problem === undefined && <div class="timeline-space" />}
    </Panel>
  );
}

/** What is shown while it moves; at rest the address has it, without a step for the browser's back. */
function useDragged(date: string) {
  const moving = useSignal<Shown | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const settle = () => {
    clearTimeout(timer.current);
    const shown = moving.peek();
    if (shown === undefined) return;
    setQuery({ zoom: formatShown(shown) }, "replace");
    moving.value = undefined;
  };
  const forget = () => {
    clearTimeout(timer.current);
    moving.value = undefined;
  };
  useEffect(() => forget, [date]);
  return {
    value: moving.value,
    settle,
    /** `undefined`: what fits. */
    set(shown: Shown | undefined) {
      if (shown === undefined) {
        forget();
        return setQuery({ zoom: undefined }, "replace");
      }
      moving.value = shown;
      clearTimeout(timer.current);
      timer.current = setTimeout(settle, REST_MS);
    },
  };
}

/** A night away does not make the day long: it counts only when there is nothing else. */
function fittingLanes(lanes: readonly Lane[], whole: number, nowAt: number | undefined): Shown {
  const ends = (some: readonly Lane[]) =>
    some.flatMap(({ spans }) =>
      spans.length === 0 ? [] : [{ from: spans[0].from, to: spans.at(-1)!.to }]
    );
  const active = ends(lanes.filter(({ key }) => key !== "afk"));
  const all = active.length > 0 ? active : ends(lanes);
  if (all.length > 0 && nowAt !== undefined) all.push({ from: nowAt, to: nowAt });
  return within(fitting(all, whole), whole);
}

function isCovered(detail: WireTimeline, dayMs: number, shown: Shown): boolean {
  return Date.parse(detail.from) <= dayMs + shown.from * 1000 &&
    Date.parse(detail.to) >= dayMs + shown.to * 1000;
}

/** The lanes in full detail where that is at hand; the same lanes, so that none comes or goes by zooming. */
function withDetail(
  coarse: readonly Lane[],
  detail: WireTimeline | undefined,
  dayMs: number,
  shown: Shown,
): readonly Lane[] {
  if (detail === undefined || !isCovered(detail, dayMs, shown)) return coarse;
  const fine = lanesOf(detail, (Date.parse(detail.from) - dayMs) / 1000);
  return coarse.map((lane) => ({
    ...lane,
    spans: fine.find(({ key }) => key === lane.key)?.spans ?? [],
  }));
}
