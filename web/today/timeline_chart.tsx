import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import type uPlot from "uplot";
import { Plot, type PlotOptions } from "../charts/plot.tsx";
import { axisFont, axisTextPx, colour } from "../charts/theme.ts";
import { formatClock } from "../format.ts";
import { ForeignText } from "../components/foreign_text.tsx";
import { followGestures, type GestureTarget } from "./timeline_gestures.ts";
import {
  type Lane,
  type LaneSpan,
  type Place,
  placeOf,
  spanAt,
  spanOf,
  walkedTo,
} from "./timeline_lanes.ts";
import { type LaneRow, paint, rowAt, rowsOf } from "./timeline_paint.ts";
import { including, lengthOf, moved, type Shown, zoomed } from "./timeline_range.ts";
import { openWords, sayPlace } from "./timeline_words.ts";

interface TimelineChartProps {
  readonly lanes: readonly Lane[];
  /** When the day begins, UTC. */
  readonly dayMs: number;
  /** How long it is: 23, 24 or 25 hours. */
  readonly whole: number;
  readonly shown: Shown;
  /** Seconds after the day's begin, when it is today. */
  readonly nowAt: number | undefined;
  readonly place: Place | undefined;
  readonly onPlace: (place: Place | undefined) => void;
  readonly onShown: (shown: Shown) => void;
  readonly onOpen: (lane: Lane, span: LaneSpan) => void;
}

const AXIS_PX = 26;
/** Between two times below the axis. */
const NAMES_GAP_PX = 20;
/** Of less than half an hour the axis may tell seconds. */
const SECONDS_BELOW = 1_800;
/** A span that is hard to hit is hit from this far. */
const REACH_PX = 4;
const MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360].map((minutes) => minutes * 60);

/**
 * The lanes of a day over one axis of time. It is one stop of the Tab key: left and right walk along a lane, up and
 * down change it, plus and minus zoom, Enter opens what is marked.
 */
export function TimelineChart(props: TimelineChartProps) {
  const { lanes, dayMs, whole, shown, nowAt, place, onPlace, onShown, onOpen } = props;
  const chart = useRef<uPlot>(undefined);
  const stop = useRef<HTMLDivElement>(null);
  const hintId = useId();
  const { rows, heightPx } = useMemo(() => rowsOf(lanes), [lanes]);
  const marked = spanOf(lanes, place);
  const markedLane = lanes.find(({ key }) => key === place?.lane);
  const latest = useRef<Latest>({ ...props, rows, marked });
  latest.current = { ...props, rows, marked };

  const options = useMemo(() => (): PlotOptions => ({
    legend: { show: false },
    cursor: { show: false },
    padding: [0, 0, 0, 0],
    scales: { x: { range: () => scaleOf(latest.current) }, y: { range: [0, 1] } },
    axes: [{
      stroke: () => colour("quiet"),
      font: axisFont(),
      size: AXIS_PX,
      gap: 4,
      grid: { show: false },
      ticks: { stroke: () => colour("line"), size: 4, width: 1 },
      space: () => namePx(latest.current) + NAMES_GAP_PX,
      incrs: [10, 30, ...MINUTES],
      values: (u, splits) => {
        const halfPx = namePx(latest.current) / 2;
        return splits.map((at) => nameOf(at, scaleOf(latest.current), u.width, halfPx));
      },
    }, { show: false }],
    series: [{}, { show: false }],
    hooks: {
      draw: [(u) => {
        const { rows, dayMs, nowAt, marked } = latest.current;
        paint(u, { rows, dayStart: dayMs / 1000, nowAt, marked });
      }],
    },
  }), []);
  const data = useMemo((): uPlot.AlignedData => {
    const dayStart = dayMs / 1000;
    return [[dayStart, dayStart + whole], [null, null]];
  }, [dayMs, whole]);

  useEffect(() => {
    const [min, max] = scaleOf(latest.current);
    chart.current?.setScale("x", { min, max });
  }, [shown.from, shown.to, dayMs]);
  useEffect(() => chart.current?.redraw(false, false), [lanes, nowAt, marked]);
  useEffect(() => followGestures(stop.current!, gesturesOn(chart, latest)), []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = place?.at ?? (shown.from + shown.to) / 2;
    const rangeFor: Record<string, (() => Shown) | undefined> = {
      "+": () => zoomed(shown, 0.5, at, whole),
      "=": () => zoomed(shown, 0.5, at, whole),
      "-": () => zoomed(shown, 2, at, whole),
      "0": () => ({ from: 0, to: whole }),
      PageUp: () => moved(shown, -0.8, whole),
      PageDown: () => moved(shown, 0.8, whole),
    };
    const next = rangeFor[event.key]?.();
    const to = walkedTo(lanes, place ?? { lane: "window", at }, event.key);
    if (next === undefined && to === undefined && !ARROWS.has(event.key)) {
      if (event.key === "Enter" && marked && markedLane) onOpen(markedLane, marked);
      if (event.key === "Escape") onPlace(undefined);
      return;
    }
    event.preventDefault();
    if (next) onShown(next);
    if (to === undefined) return;
    onPlace(to);
    const span = spanOf(lanes, to);
    if (span) onShown(including(shown, span, whole));
  };

  return (
    <div class="timeline-chart">
      {rows.map(({ lane, nameTopPx }) => (
        <span
          key={lane.key}
          class="timeline-lane"
          style={{ insetBlockStart: `${nameTopPx}px` }}
          aria-hidden="true"
        >
          {lane.key.startsWith("phone:") ? <ForeignText text={lane.name} /> : lane.name}
        </span>
      ))}
      <div
        ref={stop}
        class={marked ? "timeline-stop is-marked" : "timeline-stop"}
        role="slider"
        tabIndex={0}
        aria-label="Timeline"
        aria-describedby={hintId}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={whole}
        aria-valuenow={Math.round(marked?.from ?? shown.from)}
        aria-valuetext={marked && markedLane
          ? sayPlace(markedLane.name, markedLane.key, marked, dayMs)
          : "nothing marked"}
        onKeyDown={onKeyDown}
      >
        <Plot
          options={options}
          data={data}
          heightPx={heightPx + AXIS_PX}
          onChart={(made) => chart.current = made}
        />
      </div>
      <p id={hintId} class="only-heard">
        Left and right walk along a lane, up and down change the lane, plus and minus zoom, page up
        and page down move.
        {marked && markedLane && ` Enter: ${openWords(markedLane.key).toLowerCase()}.`}
      </p>
    </div>
  );
}

const ARROWS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);

function scaleOf({ dayMs, shown }: TimelineChartProps): [number, number] {
  return [dayMs / 1000 + shown.from, dayMs / 1000 + shown.to];
}

/** The time below a tick; one that would be cut off at the edge is left out. */
function nameOf(at: number, [min, max]: [number, number], widthPx: number, halfPx: number): string {
  const x = (at - min) / (max - min) * widthPx;
  return x < halfPx || x > widthPx - halfPx ? "" : timeOf(at);
}

/** "09:30", with its seconds where it has some; `at` in seconds since 1970. */
function timeOf(at: number): string {
  const instant = new Date(at * 1000).toISOString();
  return at % 60 === 0 ? formatClock(instant) : formatClock(instant, "seconds");
}

/** Room for a time of this zoom: with seconds only where it shows some. */
function namePx({ dayMs, shown }: TimelineChartProps): number {
  const isClose = lengthOf(shown) < SECONDS_BELOW;
  return axisTextPx([timeOf(dayMs / 1000 + (isClose ? 1 : 0)), timeOf(dayMs / 1000 + 12 * 3600)]);
}

interface Latest extends TimelineChartProps {
  readonly rows: readonly LaneRow[];
  readonly marked: LaneSpan | undefined;
}

/** What pointers do, on the chart as it is then. */
function gesturesOn(
  chart: { readonly current: uPlot | undefined },
  latest: { readonly current: Latest },
): GestureTarget {
  const perPx = () => lengthOf(latest.current.shown) / (chart.current?.over.clientWidth || 1);
  const hit = (xPx: number, yPx: number) => {
    const { rows, shown } = latest.current;
    const lane = rowAt(rows, yPx)?.lane;
    const at = shown.from + xPx * perPx();
    const span = lane && spanAt(lane.spans, at, REACH_PX * perPx());
    return lane && span && { lane, span };
  };
  const markAt = (xPx: number, yPx: number) => {
    const found = hit(xPx, yPx);
    if (found && found.span !== latest.current.marked) {
      latest.current.onPlace(placeOf(found.lane.key, found.span));
    }
    return found;
  };
  return {
    move(byPx) {
      const { shown, whole, onShown } = latest.current;
      onShown(moved(shown, -byPx * perPx() / lengthOf(shown), whole));
    },
    zoom(factor, xPx) {
      const { shown, whole, onShown } = latest.current;
      onShown(zoomed(shown, factor, shown.from + xPx * perPx(), whole));
    },
    point: markAt,
    press(xPx, yPx, isTouch) {
      const before = latest.current.marked;
      const found = markAt(xPx, yPx);
      // A finger cannot point first: its first press shows, its second opens.
      if (found && (!isTouch || found.span === before)) {
        latest.current.onOpen(found.lane, found.span);
      }
    },
  };
}
