/**
 * Phones in words: pure.
 * @module
 */
import { MAX_GAP_MS } from "../../daemon/core/phone.ts";
import type { ActivityClass } from "../../daemon/core/types.ts";
import { formatDuration } from "../format.ts";
import type { WireOffer, WirePhone } from "./wire.ts";

/** How a phone stands now. */
export type PhoneState =
  /** It is in front of somebody; `app` is `undefined` when the phone does not say. */
  | { readonly is: "on"; readonly app: string | undefined; readonly class: ActivityClass }
  | { readonly is: "off" }
  /** It was heard of, but not lately. */
  | { readonly is: "silent"; readonly ago: string }
  | { readonly is: "never" }
  | { readonly is: "revoked" };

/** How a phone stands: its newest heartbeat is believed for as long as its time is counted. */
export function phoneState(phone: WirePhone, nowMs: number): PhoneState {
  const { revoked, last } = phone;
  if (revoked !== null) return { is: "revoked" };
  if (last === null) return { is: "never" };
  const agoMs = nowMs - Date.parse(last.at);
  if (agoMs > MAX_GAP_MS) return { is: "silent", ago: formatDuration(agoMs / 1000) };
  if (!last.screen_on || last.class === null) return { is: "off" };
  return { is: "on", app: last.name ?? undefined, class: last.class };
}

/** An id for a phone of this name that none of `taken` has: "My Phone" is "my-phone", or "my-phone-2". */
export function idFor(name: string, taken: readonly string[]): string {
  const plain = name.normalize("NFKD").toLowerCase().replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 60).replace(/-+$/, "") ||
    "phone";
  for (let n = 1;; n++) {
    const id = n === 1 ? plain : `${plain}-${n}`;
    if (!taken.includes(id)) return id;
  }
}

/** "9:05" until a moment; `undefined` when it has come. */
export function timeLeft(untilMs: number, nowMs: number): string | undefined {
  const s = Math.ceil((untilMs - nowMs) / 1000);
  if (s <= 0) return undefined;
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
}

/**
 * "9:05" of an offer that was heard of at `heardMs`; `undefined` when it has run out. How long it stands is the daemon's
 * word, when it began is this browser's: their clocks may differ.
 */
export function offerLeft(
  { made, expires }: Pick<WireOffer, "made" | "expires">,
  heardMs: number,
  nowMs: number,
): string | undefined {
  return timeLeft(heardMs + Date.parse(expires) - Date.parse(made), nowMs);
}

/** "1 pickup", "12 pickups" */
export function countOf(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
