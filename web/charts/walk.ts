/**
 * Keys that walk along a chart's columns.
 * @module
 */

/** Where a key leads among `count` columns from the one at `at`; `undefined`: it is no such key, or there is none. */
export function walkedTo(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  const steps: Record<string, number | undefined> = {
    ...{ ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1 },
    ...{ PageDown: at - 7, PageUp: at + 7, Home: 0, End: count - 1 },
  };
  const to = steps[key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}
