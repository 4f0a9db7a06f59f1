/**
 * The colours and the type of charts: those of the style sheet, as the page shows them now.
 * @module
 */
import { signal } from "@preact/signals";
import { isOnPaper } from "./paper.ts";

/** Counts up whenever the colours have become others: dark, light, or the person's own. */
export const themeChanges = signal(0);

const QUERIES = ["(prefers-color-scheme: dark)", "print", "(forced-colors: active)"];
if (typeof matchMedia === "function") {
  for (const query of QUERIES) {
    // A chart that is made anew would not be there in time for paper, for which it is only drawn again.
    matchMedia(query).addEventListener("change", () => !isOnPaper() && themeChanges.value++);
  }
}

/** What stands below an axis: as large as small type is on the page, which grows with the screen. */
export function axisFont(): string {
  const rootPx = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return `${0.75 * rootPx}px system-ui, sans-serif`;
}

/** How wide the widest of some names is below an axis, in pixels of the page. */
export function axisTextPx(names: Iterable<string>): number {
  measure ??= document.createElement("canvas").getContext("2d");
  if (measure === null) return 0;
  measure.font = axisFont();
  let widest = 0;
  for (const name of new Set(names)) widest = Math.max(widest, measure.measureText(name).width);
  return widest;
}

let measure: CanvasRenderingContext2D | null | undefined;

/** A colour of the style sheet by its variable's name, without the dashes. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** How a column or a span is filled: as the class marks are, so that colour never stands alone. */
export type FillStyle = "solid" | "striped" | "flat" | "hollow";

/** The fill as a canvas takes it. `base` is the name of its colour's variable. */
export function fillOf(context: CanvasRenderingContext2D, base: string, style: FillStyle) {
  const full = colour(base);
  if (style === "solid") return full;
  if (style === "flat") return mixed(context, full, 0.7);
  if (style === "hollow") return mixed(context, full, 0.22);
  return stripes(context, full, mixed(context, full, 0.6));
}

/** `share` 0..1 of a colour over the ground. */
function mixed(context: CanvasRenderingContext2D, full: string, share: number): string {
  const before = context.fillStyle;
  // A canvas states any colour it was given as #rrggbb.
  const stated = (text: string) => {
    context.fillStyle = text;
    return String(context.fillStyle);
  };
  const [a, b] = [stated(full), stated(colour("ground"))];
  context.fillStyle = before;
  if (!a.startsWith("#") || !b.startsWith("#")) return full;
  const channel = (at: number) => {
    const [x, y] = [a, b].map((hex) => parseInt(hex.slice(at, at + 2), 16));
    return Math.round(x * share + y * (1 - share)).toString(16).padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

function stripes(context: CanvasRenderingContext2D, full: string, half: string) {
  const size = 8;
  const tile = document.createElement("canvas");
  tile.width = tile.height = size;
  const paint = tile.getContext("2d");
  if (!paint) return full;
  paint.fillStyle = full;
  paint.fillRect(0, 0, size, size);
  paint.strokeStyle = half;
  paint.lineWidth = 2;
  paint.beginPath();
  for (const offset of [-size, 0, size]) {
    paint.moveTo(offset, size);
    paint.lineTo(offset + size, 0);
  }
  paint.stroke();
  return context.createPattern(tile, "repeat") ?? full;
}
