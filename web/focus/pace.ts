/**
 * Which of a camera's pictures are looked at.
 * @module
 */

/** Pictures a second while the page is seen, and while it is hidden: a hidden page draws no box. */
export const PACE_PER_S = { visible: 10, hidden: 6 } as const;

/** Lets through as many pictures a second as it is set to, evenly, however many come. */
export class Pace {
  #intervalMs = 1_000 / PACE_PER_S.visible;
  #dueMs = -Infinity;

  set perSecond(pictures: number) {
    this.#intervalMs = 1_000 / pictures;
  }

  /** Whether the picture that has come at `nowMs`, of a clock that never goes back, is looked at. */
  isDue(nowMs: number): boolean {
    if (nowMs < this.#dueMs) return false;
    // Kept to the grid, so that a camera of 25 a second gives 10 and not 8; what was missed is not made up for.
    this.#dueMs = Math.max(this.#dueMs + this.#intervalMs, nowMs - this.#intervalMs);
    return true;
  }
}
