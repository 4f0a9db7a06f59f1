/**
 * A picture as PNG wants it: rows of red, green, blue, a byte each, before every row one for its filter.
 * @module
 */

export interface Picture {
  readonly widthPx: number;
  readonly heightPx: number;
  /** `heightPx` rows of `1 + 3 * widthPx` bytes; the first of each is 0. */
  readonly rows: Uint8Array;
}

/** Bytes of a row. */
export function rowBytes(widthPx: number): number {
  return 1 + 3 * widthPx;
}

/** A picture that is still black. */
export function blankPicture(widthPx: number, heightPx: number): Picture {
  return { widthPx, heightPx, rows: new Uint8Array(rowBytes(widthPx) * heightPx) };
}
