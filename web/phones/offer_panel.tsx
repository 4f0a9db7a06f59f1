import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { setupLink } from "../../daemon/core/setup_link.ts";
import { QrCode } from "./qr_code.tsx";
import type { WireOffer } from "./wire.ts";
import { offerLeft } from "./words.ts";

interface OfferPanelProps {
  readonly offer: WireOffer;
  /** When it was heard of, by this browser's clock. */
  readonly heardMs: number;
  /** Another code is wanted. */
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

/** The code to be scanned, and how long it is good. */
export function OfferPanel({ offer, heardMs, onAgain, onClose }: OfferPanelProps) {
  const nowMs = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => nowMs.value = Date.now(), 500);
    return () => clearInterval(timer);
  }, []);
  const left = offerLeft(offer, heardMs, nowMs.value);
  if (left === undefined) {
    return (
      <>
        <p role="alert">The code has run out, and nothing was paired.</p>
        <div class="actions">
          <button type="button" onClick={onAgain}>Make a new code</button>
          <button type="button" class="second" onClick={onClose}>Close</button>
        </div>
      </>
    );
  }
  return (
    <>
      <p>
        Scan this with the phone's camera, in the same network as this computer, and open the page
        that it finds. The code pairs one phone, once.
      </p>
      <QrCode text={setupLink(offer)} label="Code that pairs the phone" />
      <p class="offer-time">
        Good for <strong role="timer">{left}</strong>
        <span class="quiet">. Whoever photographs it can pair in your place.</span>
      </p>
      <p class="quiet" role="status">Waiting for the phone…</p>
      <div class="actions">
        <button type="button" class="second" onClick={onClose}>Cancel</button>
      </div>
    </>
  );
}
