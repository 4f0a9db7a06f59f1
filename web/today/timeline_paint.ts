/**
 * Puts the lanes onto a chart's canvas: uPlot has the scale, the axis and the canvas, but no spans in lanes.
 * @module
 */
import type uPlot from "uplot";
import { colour, fillOf, type FillStyle } from "../charts/theme.ts";
import { firstAfter, type Lane, type LaneSpan, type SpanKind } from "./timeline_lanes.ts";

/** A lane at its height; pixels of the page. */
export interface LaneRow {
  readonly lane: Lane;
  /** Where its name stands. */
  readonly nameTopPx: number;
  readonly barTopPx: number;
}

export interface Painting {
  readonly rows: readonly LaneRow[];
  /** Where the day begins, as the chart's scale counts: seconds since 1970. */
  readonly dayStart: number;
  /** Seconds after the day's begin; `undefined`: it is another day. */
  readonly nowAt: number | undefined;
  readonly marked: LaneSpan | undefined;
}

const NAME_PX = 18, GAP_PX = 8;

const FILLS: Record<SpanKind, readonly [colour: string, style: FillStyle]> = {
  signal: ["signal", "solid"],
  noise: ["noise", "striped"],
  neutral: ["neutral", "flat"],
  afk: ["afk", "hollow"],
  focused: ["focused", "solid"],
  unfocused: ["unfocused", "striped"],
  no_face: ["no-face", "hollow"],
  uncertain: ["uncertain", "flat"],
  block: ["accent", "solid"],
};

/** Where each lane lies, and how high they are together. */
export function rowsOf(lanes: readonly Lane[]): { rows: LaneRow[]; heightPx: number } {
  let top = 0;
  const rows = lanes.map((lane) => {
    const row = { lane, nameTopPx: top, barTopPx: top + NAME_PX };
    top = row.barTopPx + lane.heightPx + GAP_PX;
    return row;
  });
  return { rows, heightPx: top };
}

/** The lane at a height; the one whose name or bar is nearest. */
export function rowAt(rows: readonly LaneRow[], yPx: number): LaneRow | undefined {
  return rows.findLast(({ nameTopPx }) => nameTopPx <= yPx) ?? rows[0];
}

export function paint(chart: uPlot, painting: Painting): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  const fills = new Map<SpanKind, string | CanvasPattern>();
  for (const row of painting.rows) paintLane(chart, row, painting, fills);
  paintNow(chart, painting);
  ctx.restore();
}

function paintLane(
  chart: uPlot,
  { lane, barTopPx }: LaneRow,
  { dayStart, nowAt, marked }: Painting,
  fills: Map<SpanKind, string | CanvasPattern>,
): void {
  const { ctx, bbox, scales } = chart;
  const ratio = bbox.width / chart.over.clientWidth || 1;
  const top = bbox.top + Math.round(barTopPx * ratio), height = Math.round(lane.heightPx * ratio);
  const xOf = (at: number) => Math.round(chart.valToPos(dayStart + at, "x", true));
  const right = bbox.left + bbox.width;
  ctx.fillStyle = colour("track");
  // What is still to come has no ground yet.
  const groundEnd = nowAt === undefined ? right : Math.min(right, xOf(nowAt));
  ctx.fillRect(bbox.left, top, Math.max(0, groundEnd - bbox.left), height);

  const from = (scales.x.min ?? dayStart) - dayStart, to = (scales.x.max ?? dayStart) - dayStart;
  const byKind = new Map<SpanKind, Path2D>();
  for (let i = firstAfter(lane.spans, from); i < lane.spans.length; i++) {
    const span = lane.spans[i];
    if (span.from >= to) break;
    const left = Math.max(bbox.left - 2, xOf(span.from)), end = Math.min(right + 2, xOf(span.to));
    // Neighbours of one class can be told apart where there is room for it.
    const gap = end - left >= 4 * ratio ? Math.round(ratio) : 0;
    let path = byKind.get(span.kind);
    if (path === undefined) byKind.set(span.kind, path = new Path2D());
    path.rect(left, top, Math.max(1, end - left - gap), height);
  }
  for (const [kind, path] of byKind) {
    let fill = fills.get(kind);
    if (fill === undefined) fills.set(kind, fill = fillOf(ctx, ...FILLS[kind] ?? FILLS.neutral));
    ctx.fillStyle = fill;
    ctx.fill(path);
    if (kind === "afk" || kind === "no_face") outline(ctx, path, FILLS[kind][0], ratio);
  }
  if (marked && lane.spans.includes(marked)) {
    const left = xOf(marked.from), width = Math.max(2 * ratio, xOf(marked.to) - left);
    ctx.strokeStyle = colour("ink");
    ctx.lineWidth = 2 * ratio;
    ctx.strokeRect(left - ratio, top - ratio, width + ratio, height + 2 * ratio);
  }
}

/** What is hollow has a line around it, inside its own ground. */
function outline(ctx: CanvasRenderingContext2D, path: Path2D, name: string, ratio: number): void {
  ctx.save();
  ctx.clip(path);
  ctx.strokeStyle = colour(name);
  ctx.lineWidth = 2 * ratio;
  ctx.stroke(path);
  ctx.restore();
}

function paintNow(chart: uPlot, { dayStart, nowAt }: Painting): void {
  if (nowAt === undefined) return;
  const { ctx, bbox } = chart;
  const x = Math.round(chart.valToPos(dayStart + nowAt, "x", true)) + 0.5;
  ctx.strokeStyle = colour("ink");
  ctx.lineWidth = Math.max(1, Math.round(bbox.width / chart.over.clientWidth || 1));
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
}
