/**
 * Where a row is dropped that is dragged over others, and where those stand meanwhile.
 * @module
 */

/** A row's place on the page, in CSS pixels. */
export interface RowPlace {
  readonly top: number;
  readonly height: number;
}

/** The place in the list at which the row at `from` lands once it was moved by `byPx` downwards. */
export function landingOf(rows: readonly RowPlace[], from: number, byPx: number): number {
  const middle = middleOf(rows[from]) + byPx;
  return rows.filter((row, index) => {
    if (index === from) return false;
    // A row gives way once its own middle is passed.
    return middleOf(row) < middle;
  }).length;
}

/** How far each row stands from its place while the one at `from` is shown at `to`, in CSS pixels. */
export function shiftsOf(rows: readonly RowPlace[], from: number, to: number): number[] {
  const step = rowStep(rows, from);
  const passed = from < to ? rows.slice(from + 1, to + 1) : rows.slice(to, from);
  const between = passed.reduce((sum, _, i) => {
    const index = from < to ? from + 1 + i : to + i;
    return sum + rowStep(rows, index);
  }, 0);
  return rows.map((_, index) => {
    if (index === from) return from < to ? between : -between;
    if (from < to && index > from && index <= to) return -step;
    if (to < from && index >= to && index < from) return step;
    return 0;
  });
}

/** A row's height with the gap behind it; the last one's gap is that of the others. */
function rowStep(rows: readonly RowPlace[], index: number): number {
  const next = rows[index + 1], before = rows[index - 1], row = rows[index];
  if (next) return next.top - row.top;
  return before ? row.height + (row.top - before.top - before.height) : row.height;
}

function middleOf({ top, height }: RowPlace): number {
  return top + height / 2;
}
