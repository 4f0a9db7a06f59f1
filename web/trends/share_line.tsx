import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type uPlot from "uplot";
import { Plot, type PlotOptions } from "../charts/plot.tsx";
import { axisFont, axisTextPx, colour } from "../charts/theme.ts";
import { walkedTo } from "../charts/walk.ts";
import { formatShare } from "../format.ts";

interface SharePoint {
  readonly name: string;
  readonly spoken: string;
  /** 0..1; `null`: neither signal nor noise. */
  readonly share: number | null;
}

interface ShareLineProps {
  readonly label: string;
  readonly points: readonly SharePoint[];
  /** Drawn across. */
  readonly mean: number | null;
}

/** A line of shares; one stop of the Tab key, along which arrow keys walk. */
export function ShareLine({ label, points, mean }: ShareLineProps) {
  const pointed = useSignal<number | undefined>(undefined);
  const walked = useSignal<number | undefined>(undefined);
  const chosen = walked.value ?? pointed.value;
  const names = points.map(({ name }) => name).join("\n");
  const options = useMemo(() => (): PlotOptions => ({
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    padding: [8, 8, 0, 0],
    scales: { x: { time: false, range: [-0.5, points.length - 0.5] }, y: { range: [0, 1] } },
    axes: axesOf(points),
    series: [
      {},
      {
        stroke: () => colour("quiet"),
        width: 1,
        dash: [4, 4],
        points: { show: false },
      },
      {
        stroke: () => colour("signal"),
        width: 2,
        points: { show: true, size: 6, fill: () => colour("signal") },
      },
    ],
    hooks: { setCursor: [(chart: uPlot) => pointed.value = chart.cursor.idx ?? undefined] },
  }), [names]);
  const data = useMemo((): uPlot.AlignedData => [
    points.map((_, index) => index),
    points.map(() => mean),
    points.map(({ share }) => share),
  ], [points, mean]);
  const at = walked.value ?? Math.max(0, points.findLastIndex(({ share }) => share !== null));
  return (
    <div class="columns-chart">
      <p class="readout quiet" aria-hidden="true">
        {chosen !== undefined && points[chosen]
          ? say(points[chosen])
          : mean !== null && `On the whole ${formatShare(mean)}, the dashed line`}
      </p>
      <div
        class="columns-stop"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuemin={1}
        aria-valuemax={points.length}
        aria-valuenow={at + 1}
        aria-valuetext={points[at] ? say(points[at]) : "nothing yet"}
        onKeyDown={(event: KeyboardEvent) => {
          const to = walkedTo(event.key, at, points.length);
          if (to === undefined) return;
          event.preventDefault();
          walked.value = to;
        }}
        onBlur={() => walked.value = undefined}
      >
        <Plot options={options} data={data} heightPx={180} />
      </div>
    </div>
  );
}

function axesOf(points: readonly SharePoint[]): uPlot.Axis[] {
  const quiet = () => colour("quiet"), line = () => colour("line");
  const font = axisFont();
  const namePx = axisTextPx(points.map(({ name }) => name));
  return [
    {
      ...{ stroke: quiet, font, size: 26, gap: 4, space: namePx + 12 },
      grid: { show: false },
      ticks: { show: false },
      incrs: [1, 2, 3, 4, 6, 7, 12, 14],
      values: (_, at) => at.map((index) => points[index]?.name ?? ""),
    },
    {
      ...{ stroke: quiet, font, size: axisTextPx([formatShare(1)]) + 12, gap: 4 },
      grid: { stroke: line, width: 1 },
      ticks: { show: false },
      splits: () => [0, 0.5, 1],
      values: (_, at) => at.map((share) => formatShare(share)),
    },
  ];
}

function say({ spoken, share }: SharePoint): string {
  return `${spoken}: ${share === null ? "neither signal nor noise" : formatShare(share)}`;
}
