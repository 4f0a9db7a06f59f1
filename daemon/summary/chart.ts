/**
 * Charts as pixels: columns side by side, each a pile of parts. No letters: what stands below them is text, which
 * follows the reader's size and colours. Pure.
 *
 * ```text
 *  ▒ ▒ ▒ ▒    ▒ the empty column, as high as the picture
 *  ▒ ░ ▒ ▒    ░ a second part, set off by a gap
 *  █ █ ▒ █    █ the first part, from the bottom
 * ```
 * The colours read on white and on the dark grounds that mail clients put behind it: each is at least 3 : 1 from
 * both. Noise is striped, being away is hollow: they are told apart without colour too.
 * @module
 */
import type { Colour, Picture } from "./png.ts";

/** How a part looks. */
export type Fill = "solid" | "striped" | "hollow";

export interface Part {
  readonly colour: Colour;
  readonly fill: Fill;
  /** Of the whole column's height, 0..1. */
  readonly share: number;
}

export interface ChartSize {
  /** In points of the page; a point is two pixels wide. */
  readonly width: number;
  readonly height: number;
  /** Between two columns, as part of a column's place. @default 0.12 */
  readonly gap?: number;
}

/** Pixels a point. */
const SCALE = 2;
const CORNER = 3 * SCALE;
const STRIPE_PX = 10;
const LINE_PX = 2;

/** Where nothing was: seen on any ground, and never mistaken for something. */
const EMPTY: Colour = [128, 122, 112, 44];
/** The lighter stripe and the hollow inside. */
const PALE_ALPHA = 96, HOLLOW_ALPHA = 26;

/** Columns of equal width, each from the bottom up; parts that are too much for a column are cut. */
export function columnChart(
  columns: readonly (readonly Part[])[],
  { width, height, gap = 0.12 }: ChartSize,
): Picture {
  const canvas = new Canvas(Math.round(width * SCALE), Math.round(height * SCALE));
  const place = canvas.width / Math.max(1, columns.length);
  const margin = Math.min(6 * SCALE, place * gap) / 2;
  for (const [i, parts] of columns.entries()) {
    const left = Math.round(i * place + margin);
    const right = Math.max(left + 1, Math.round((i + 1) * place - margin));
    drawColumn(canvas, left, right, parts);
  }
  return canvas;
}

function drawColumn(canvas: Canvas, left: number, right: number, parts: readonly Part[]): void {
  const { height } = canvas;
  const column = { left, right, top: 0, bottom: height };
  const empty = canvas.ink(EMPTY);
  canvas.fill(column, () => empty);
  let filled = 0;
  let bottom = height;
  for (const { share, colour, fill } of parts) {
    if (!(share > 0) || bottom <= 0) continue;
    filled += share;
    // Anything at all is seen.
    const top = Math.max(0, Math.min(bottom - LINE_PX, Math.round(height * (1 - filled))));
    const box = { left, right, top, bottom };
    const strong = canvas.ink(colour), pale = canvas.ink(paleOf(colour, fill));
    canvas.fill(box, (x, y) => isStrong(fill, box, x, y) ? strong : pale);
    // What stands on something else is set off from it.
    if (bottom < height) canvas.fill({ ...box, top: bottom - LINE_PX }, () => NOTHING);
    bottom = top;
  }
  canvas.roundCorners(column);
}

function paleOf([red, green, blue]: Colour, fill: Fill): Colour {
  return [red, green, blue, fill === "hollow" ? HOLLOW_ALPHA : PALE_ALPHA];
}

function isStrong(fill: Fill, { left, right, top, bottom }: Box, x: number, y: number): boolean {
  if (fill === "solid") return true;
  if (fill === "striped") return (x + y) % STRIPE_PX < STRIPE_PX * 0.6;
  return x < left + LINE_PX || x >= right - LINE_PX || y < top + LINE_PX || y >= bottom - LINE_PX;
}

/** Right and bottom are outside. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The place of no colour in the palette. */
const NOTHING = 0;

class Canvas implements Picture {
  readonly pixels: Uint8Array;
  readonly palette: Colour[] = [[0, 0, 0, 0]];

  constructor(readonly width: number, readonly height: number) {
    this.pixels = new Uint8Array(width * height);
  }

  /** A colour's place in the palette. */
  ink(colour: Colour): number {
    const known = this.palette.findIndex((each) => each.every((part, i) => part === colour[i]));
    return known === -1 ? this.palette.push(colour) - 1 : known;
  }

  fill({ left, right, top, bottom }: Box, inkAt: (x: number, y: number) => number): void {
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) this.pixels[y * this.width + x] = inkAt(x, y);
    }
  }

  /** Clears what is outside of the circles in a box's corners. */
  roundCorners({ left, right, top, bottom }: Box): void {
    const radius = Math.min(CORNER, (right - left) / 2, (bottom - top) / 2);
    for (let y = 0; y < radius; y++) {
      for (let x = 0; x < radius; x++) {
        if (Math.hypot(radius - x - 0.5, radius - y - 0.5) <= radius) continue;
        for (const px of [left + x, right - 1 - x]) {
          this.pixels[(top + y) * this.width + px] = NOTHING;
          this.pixels[(bottom - 1 - y) * this.width + px] = NOTHING;
        }
      }
    }
  }
}
