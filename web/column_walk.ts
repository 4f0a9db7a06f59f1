/**
 * Columns that are one stop of the Tab key, and along which the arrow keys go.
 * @module
 */

/** Moves the focus among the buttons of the list that the key was pressed in; `stop` is where it is. */
export function walkColumns(event: KeyboardEvent, stop: number): void {
  const columns = (event.currentTarget as Element).querySelectorAll("button");
  const last = columns.length - 1;
  const step = { ArrowLeft: -1, ArrowRight: 1, Home: -stop, End: last - stop }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  columns[Math.min(last, Math.max(0, stop + step))]?.focus();
}
