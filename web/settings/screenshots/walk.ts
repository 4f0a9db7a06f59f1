/**
 * A grid of which one thing is a stop of the Tab key, and in which the arrow keys go to the others.
 * @module
 */

/** Where something lies: its row's top and its middle, in any unit. */
export interface Place {
  readonly top: number;
  readonly middle: number;
}

/** The index that a key leads to from `from`; `undefined`: the key leads nowhere. */
export function walkedTo(key: string, from: number, places: readonly Place[]): number | undefined {
  const last = places.length - 1;
  const here = places[from];
  if (here === undefined) return undefined;
  switch (key) {
    case "ArrowLeft":
      return Math.max(0, from - 1);
    case "ArrowRight":
      return Math.min(last, from + 1);
    case "Home":
      return 0;
    case "End":
      return last;
    case "ArrowUp":
      return nearest(here, places, Math.max(...tops(places).filter((top) => top < here.top))) ??
        from;
    case "ArrowDown":
      return nearest(here, places, Math.min(...tops(places).filter((top) => top > here.top))) ??
        from;
    default:
      return undefined;
  }
}

function tops(places: readonly Place[]): number[] {
  return places.map(({ top }) => top);
}

/** Of a row, the one that lies most straight above or below; `undefined` for a row that there is not. */
function nearest(here: Place, places: readonly Place[], top: number): number | undefined {
  let best: number | undefined;
  for (const [index, place] of places.entries()) {
    if (place.top !== top) continue;
    const isNearer = best === undefined ||
      Math.abs(place.middle - here.middle) < Math.abs(places[best].middle - here.middle);
    if (isNearer) best = index;
  }
  return best;
}
