import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type uPlot from "uplot";
import { formatDuration } from "../format.ts";
import { axisFont, axisTextPx, colour, fillOf, type FillStyle } from "./theme.ts";
import { Plot, type PlotOptions } from "./plot.tsx";
import { walkedTo } from "./walk.ts";

/** One part of every column, from the base line up. */
export interface ColumnSeries {
  readonly key: string;
  readonly name: string;
  /** The name of its colour's variable. */
  readonly colour: string;
  readonly fill: FillStyle;
}

/** One column; what has no seconds of a series is not drawn. */
export interface Column {
  /** Below it: "09:00". */
  readonly name: string;
  /** Aloud and in the readout: "9 to 10". */
  readonly spoken: string;
  readonly seconds: Readonly<Record<string, number | undefined>>;
}

export interface ColumnsProps {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly series: readonly ColumnSeries[];
  /** The full height in seconds. @default the highest column */
  readonly maxSeconds?: number;
  /** The column that is now: shown in the readout until another is pointed at. */
  readonly current?: number;
  /** What a press on a column, or Enter, leads to. */
  readonly onPick?: (index: number) => void;
  readonly heightPx?: number;
  /** What the readout says beside the durations, of the column pointed at. */
  readonly note?: (index: number) => string | undefined;
}

/** Between two names below the axis. */
const NAMES_GAP_PX = 12;

/**
 * Stacked columns of time. They are one stop of the Tab key; arrow keys walk along them, and the one that is walked or
 * pointed at is said in words.
 */
export function Columns(props: ColumnsProps) {
  const { label, columns, series, maxSeconds, current, onPick, heightPx = 168, note } = props;
  const chart = useRef<uPlot>(undefined);
  const pointed = useSignal<number | undefined>(undefined);
  const walked = useSignal<number | undefined>(undefined);
  const chosen = walked.value ?? pointed.value ?? current;
  const shown = chosen === undefined ? undefined : columns[chosen];
  const names = columns.map(({ name }) => name).join("\n");

  const options = useMemo(() => (make: typeof uPlot): PlotOptions => {
    const namePx = axisTextPx(columns.map(({ name }) => name));
    // Room at the sides for half a name that is wider than its column.
    const side = ({ width }: uPlot) =>
      Math.max(0, (namePx - width / Math.max(1, columns.length)) / 2);
    return {
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      padding: [4, side, 0, side],
      scales: { x: { time: false, range: [-0.5, columns.length - 0.5] }, y: { range: heightOf } },
      axes: axesOf(columns, namePx),
      series: [
        {},
        ...series.toReversed().map(({ colour, fill }): uPlot.Series => ({
          paths: make.paths.bars?.({ size: [0.78, 60], gap: 1 }),
          fill: (chart) => fillOf(chart.ctx, colour, fill),
          width: 0,
          points: { show: false },
        })),
      ],
      hooks: {
        setCursor: [(chart) => pointed.value = chart.cursor.idx ?? undefined],
        ready: [(chart) => frame(chart, walked.peek())],
        setSize: [(chart) => frame(chart, walked.peek())],
      },
    };
  }, [names, series, maxSeconds]);
  useEffect(() => {
    if (chart.current) frame(chart.current, walked.value);
  }, [walked.value]);
  const heightOf = (_: uPlot, __: number | null, highest: number | null): [number, number] => [
    0,
    maxSeconds ?? Math.max(60, (highest ?? 0) * 1.05),
  ];
  const data = useMemo(() => stacked(columns, series), [columns, series]);

  const say = (index: number) => sayColumn(columns[index], series, note?.(index));
  const at = walked.value ?? current ?? 0;
  return (
    <div class="columns-chart">
      <p class="readout quiet" aria-hidden="true">{shown === undefined ? "" : say(chosen!)}</p>
      <div
        class={onPick ? "columns-stop is-pickable" : "columns-stop"}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuemin={1}
        aria-valuemax={Math.max(1, columns.length)}
        aria-valuenow={Math.min(columns.length, at + 1)}
        aria-valuetext={columns[at] ? say(at) : "nothing yet"}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === "Enter" && onPick && columns[at]) return onPick(at);
          const to = walkedTo(event.key, at, columns.length);
          if (to === undefined) return;
          event.preventDefault();
          walked.value = to;
        }}
        onBlur={() => walked.value = undefined}
        onClick={() => {
          const index = pointed.peek();
          if (index !== undefined && columns[index]) onPick?.(index);
        }}
      >
        <Plot
          options={options}
          data={data}
          heightPx={heightPx}
          onChart={(made) => chart.current = made}
        />
      </div>
    </div>
  );
}

/** Draws the frame around the column that is walked on; `undefined` takes it away. */
function frame(chart: uPlot, index: number | undefined): void {
  const from = chart.valToPos((index ?? 0) - 0.5, "x");
  const to = chart.valToPos((index ?? 0) + 0.5, "x");
  const height = index === undefined ? 0 : chart.over.clientHeight;
  chart.setSelect(
    { left: from, top: 0, width: index === undefined ? 0 : to - from, height },
    false,
  );
}

function axesOf(columns: readonly Column[], namePx: number): uPlot.Axis[] {
  return [{
    stroke: () => colour("quiet"),
    font: axisFont(),
    size: 26,
    gap: 4,
    grid: { show: false },
    ticks: { show: false },
    border: { show: true, stroke: () => colour("line"), width: 1 },
    space: namePx + NAMES_GAP_PX,
    incrs: [1, 2, 3, 4, 6, 7, 12, 14, 28, 56, 112],
    values: (_, at) => at.map((index) => columns[index]?.name ?? ""),
  }, { show: false }];
}

/** Each series drawn down to the base line, the highest first: what lies below covers it. */
function stacked(columns: readonly Column[], series: readonly ColumnSeries[]): uPlot.AlignedData {
  const sums = columns.map(() => 0);
  const rows = series.map(({ key }) =>
    columns.map(({ seconds }, index) => {
      const own = seconds[key] ?? 0;
      sums[index] += own;
      return own > 0 ? sums[index] : null;
    })
  );
  return [columns.map((_, index) => index), ...rows.toReversed()];
}

function sayColumn(
  { spoken, seconds }: Column,
  series: readonly ColumnSeries[],
  note: string | undefined,
): string {
  const parts = series.filter(({ key }) => (seconds[key] ?? 0) > 0)
    .map(({ key, name }) => `${name.toLowerCase()} ${formatDuration(seconds[key]!)}`);
  const said = `${spoken}: ${parts.join(", ") || "nothing"}`;
  return note === undefined ? said : `${said}, ${note}`;
}
