/**
 * Limits requests that prove nothing, by the address they come from.
 * @module
 */

/** Failures that an address may have at once, and how many it gets back a minute. */
const BURST = 20;
const PER_MINUTE = 20;
/** Addresses that are remembered; beyond, the oldest are forgotten. */
const MAX_ADDRESSES = 10_000;

export class AddressLimit {
  /** Tokens left and when that was true, by address, in the order of use. */
  readonly #buckets = new Map<string, { tokens: number; atMs: number }>();

  /** How many seconds an address has to wait; 0: none. */
  waitS(address: string, monoMs: number): number {
    const tokens = this.#tokens(address, monoMs);
    return tokens >= 1 ? 0 : Math.ceil((1 - tokens) * 60 / PER_MINUTE);
  }

  /** An address has failed to prove who it is. */
  failed(address: string, monoMs: number): void {
    const tokens = Math.max(0, this.#tokens(address, monoMs) - 1);
    this.#buckets.delete(address);
    this.#buckets.set(address, { tokens, atMs: monoMs });
    if (this.#buckets.size > MAX_ADDRESSES) {
      this.#buckets.delete(this.#buckets.keys().next().value!);
    }
  }

  #tokens(address: string, monoMs: number): number {
    const bucket = this.#buckets.get(address);
    if (!bucket) return BURST;
    return Math.min(BURST, bucket.tokens + (monoMs - bucket.atMs) * PER_MINUTE / 60_000);
  }
}
