/**
 * Offers to pair: a secret that becomes a device's only if the device takes it in time. A QR code carries it, so it
 * never crosses the network; what the phone sends back is a code that is worth nothing by itself.
 *
 * ```
 *  page: offer ──> secret, code ──QR──> phone: code ──> paired
 *                  └── ten minutes without it, or the device paired or revoked otherwise: no longer good
 * ```
 * @module
 */
import { equalSecrets, randomHex } from "../core/secrets.ts";

/** How long an offer stands, in milliseconds. */
export const OFFER_LIFE_MS = 600_000;
/** Offers that stand at once; the oldest goes for a new one. */
const MAX_OFFERS = 20;

/** What a device would be paired as. */
export interface Offer {
  readonly deviceId: string;
  readonly name: string;
  readonly bearer: boolean;
  readonly secret: string;
  /** What the device takes it by, once. */
  readonly code: string;
  readonly madeMs: number;
  readonly expiresMs: number;
}

export class Offers {
  /** By device, oldest first. */
  readonly #offers = new Map<string, Offer>();

  /** Makes an offer, in place of the device's last one. */
  make(
    { deviceId, name, bearer }: Pick<Offer, "deviceId" | "name" | "bearer">,
    nowMs: number,
  ): Offer {
    this.#forgetOld(nowMs);
    this.#offers.delete(deviceId);
    if (this.#offers.size >= MAX_OFFERS) this.#offers.delete(this.#offers.keys().next().value!);
    const offer: Offer = {
      ...{ deviceId, name, bearer, secret: randomHex(32), code: randomHex(16) },
      madeMs: nowMs,
      expiresMs: nowMs + OFFER_LIFE_MS,
    };
    this.#offers.set(deviceId, offer);
    return offer;
  }

  /** Takes the offer that a code is for; `undefined`: there is none, or no longer. */
  take(deviceId: string, code: string, nowMs: number): Promise<Offer | undefined> {
    this.#forgetOld(nowMs);
    return this.#remove(deviceId, code);
  }

  /** Takes the offer back that a code is for: another one of the same device, such as another tab's, stands. */
  async withdraw(deviceId: string, code: string): Promise<void> {
    await this.#remove(deviceId, code);
  }

  /** Takes back whatever is offered to a device: it was paired or revoked by another way. */
  drop(deviceId: string): void {
    this.#offers.delete(deviceId);
  }

  async #remove(deviceId: string, code: string): Promise<Offer | undefined> {
    const offer = this.#offers.get(deviceId);
    if (!offer || !await equalSecrets(offer.code, code)) return undefined;
    // Meanwhile another may have taken it.
    if (this.#offers.get(deviceId) !== offer) return undefined;
    this.#offers.delete(deviceId);
    return offer;
  }

  #forgetOld(nowMs: number): void {
    for (const { deviceId, expiresMs } of this.#offers.values()) {
      if (nowMs >= expiresMs) this.#offers.delete(deviceId);
    }
  }
}
