/**
 * Long work in short turns, between which others get theirs.
 * @module
 */
/** How long a turn should take, in milliseconds: nobody waits for more than two of them. */
const TURN_MS = 40;
/** Others need no more than this to be answered. */
const MAX_REST_MS = 20;
const MAX_SIZE = 1_000;

/** Learns how much of some work fits into a turn. */
export class Pace {
  #size: number;

  /** @param minSize How many pieces to begin with, and at least: a turn has costs of its own. */
  constructor(private readonly minSize: number) {
    this.#size = minSize;
  }

  /** How many pieces the next turn should do. */
  get size(): number {
    return this.#size;
  }

  /** Takes note of how long a turn took, in milliseconds: the next does at most twice and at least a quarter as much. */
  took(ms: number): void {
    const factor = Math.min(2, Math.max(0.25, TURN_MS / Math.max(ms, 0.1)));
    this.#size = Math.min(MAX_SIZE, Math.max(this.minSize, Math.round(this.#size * factor)));
  }
}

/** Leaves others about as long as the last turn took: an answer needs several rounds of the event loop. */
export async function rest(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.min(ms, MAX_REST_MS)));
}
