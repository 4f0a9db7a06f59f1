/**
 * Tables aligned by what the eye sees: wide characters count two columns, colours none.
 * @module
 */
import { bold, type Paint, plain } from "./style.ts";
import { clean, clip, displayWidth, pad } from "./text.ts";

/**
 * A cell: foreign text is made harmless here and `paint` is put on afterwards; what is `styled` is ours
 * and stays as it is.
 */
export type Cell =
  | string
  | { readonly text: string; readonly paint: Paint }
  | { readonly styled: string };

export interface Column {
  readonly title?: string;
  /** @default "left" */
  readonly align?: "left" | "right";
  /** Gives way when the table is wider than the terminal; down to this many columns. */
  readonly shrinkTo?: number;
}

const GAP = "  ";

/** The table's lines, each at most `width` columns wide as far as its shrinking columns allow. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
): string[] {
  const titles = columns.map(({ title = "" }) => ({ text: title, paint: bold }));
  const hasTitles = columns.some(({ title }) => title !== undefined);
  const all = (hasTitles ? [titles, ...rows] : rows).map((row) => row.map(prepare));
  const widths = columns.map((_, i) => Math.max(0, ...all.map((row) => widthOf(row[i]))));
  let excess = widths.reduce((sum, each) => sum + each + GAP.length, -GAP.length) - width;
  for (const [i, { shrinkTo }] of columns.entries()) {
    if (shrinkTo === undefined || excess <= 0) continue;
    const given = Math.min(excess, Math.max(0, widths[i] - shrinkTo));
    widths[i] -= given;
    excess -= given;
  }
  return all.map((row) =>
    columns.map(({ align }, i) => pad(shown(row[i], widths[i]), widths[i], align)).join(GAP)
      .trimEnd()
  );
}

type Prepared = Exclude<Cell, string>;

function prepare(cell: Cell): Prepared {
  if (typeof cell === "string") return { text: clean(cell), paint: plain };
  return "styled" in cell ? cell : { text: clean(cell.text), paint: cell.paint };
}

function widthOf(cell: Prepared): number {
  return displayWidth("styled" in cell ? cell.styled : cell.text);
}

function shown(cell: Prepared, width: number): string {
  return "styled" in cell ? cell.styled : cell.paint(clip(cell.text, width));
}
