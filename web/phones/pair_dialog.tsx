import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Api } from "../api.ts";
import { Dialog } from "../components/dialog.tsx";
import { say } from "../saying.ts";
import { useKeptFocus } from "../use_kept_focus.ts";
import { ManualSecret } from "./manual_secret.tsx";
import { OfferPanel } from "./offer_panel.tsx";
import { PairForm } from "./pair_form.tsx";
import { PairedPanel } from "./paired_panel.tsx";
import type { PairWish } from "./phones_view.tsx";
import type { WireOffer, WirePairedPhone, WirePhone, WireReach } from "./wire.ts";

interface PairDialogProps {
  readonly api: Api;
  readonly wish: PairWish;
  /** As they are now: among them the new one, once it is paired. */
  readonly phones: readonly WirePhone[];
  readonly reach: WireReach | undefined;
  readonly onClose: () => void;
}

/** Where the pairing stands. */
type Step =
  | { readonly is: "asking" }
  | {
    readonly is: "offered";
    readonly offer: WireOffer;
    /** By this browser's clock. */
    readonly heardMs: number;
    /** What its last heartbeat said then. */
    readonly lastSeen: string | null;
  }
  | { readonly is: "paired"; readonly phone: WirePhone; readonly lastSeen: string | null }
  | { readonly is: "by hand"; readonly paired: WirePairedPhone };

/** Pairs a phone: by a code that it scans, or by a secret that is copied by hand. */
export function PairDialog({ api, wish, phones, reach, onClose }: PairDialogProps) {
  const step = useSignal<Step>({ is: "asking" });
  const place = useRef<HTMLDivElement>(null);
  useKeptFocus(place);
  const now = step.value;
  const offer = now.is === "offered" ? now.offer : undefined;
  const latest = (id: string) => phones.find(({ device_id }) => device_id === id);
  useEffect(() => {
    if (offer === undefined) return;
    // Whoever closes the code, leaves it or loads the page again wants nobody to use it any more.
    const withdraw = () => {
      const body = { device_id: offer.device_id, code: offer.code };
      api.send("POST", "/phone/offer/withdraw", body, { keepalive: true }).catch(() => {});
    };
    const leave = () => {
      withdraw();
      step.value = { is: "asking" };
    };
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      withdraw();
    };
  }, [offer?.code]);
  useEffect(() => {
    const phone = offer && phones.find((phone) => isTakenBy(phone, offer));
    if (now.is !== "offered" || phone === undefined) return;
    step.value = { is: "paired", phone, lastSeen: now.lastSeen };
    say("Paired");
  }, [phones, offer?.code]);
  return (
    <Dialog title={wish === "new" ? "Pair a phone" : titleFor(wish)} isOpen onClose={onClose}>
      <div ref={place} tabIndex={-1}>
        {now.is === "asking" && (
          <PairForm
            {...{ api, wish, phones, reach, onClose }}
            onOffer={(offer) =>
              step.value = {
                ...{ is: "offered", offer, heardMs: Date.now() },
                lastSeen: latest(offer.device_id)?.last_seen ?? null,
              }}
            onPaired={(paired) => step.value = { is: "by hand", paired }}
          />
        )}
        {now.is === "offered" && (
          <OfferPanel
            offer={now.offer}
            heardMs={now.heardMs}
            onAgain={() => step.value = { is: "asking" }}
            onClose={onClose}
          />
        )}
        {now.is === "paired" && (
          <PairedPanel
            phone={latest(now.phone.device_id) ?? now.phone}
            lastSeen={now.lastSeen}
            onClose={onClose}
          />
        )}
        {now.is === "by hand" && <ManualSecret paired={now.paired} onClose={onClose} />}
      </div>
    </Dialog>
  );
}

function titleFor({ revoked }: WirePhone): string {
  return revoked === null ? "A new secret for the phone" : "Pair the phone again";
}

/** Whether a phone was paired since an offer was made; both times are the daemon's. */
function isTakenBy({ device_id, revoked, paired }: WirePhone, offer: WireOffer): boolean {
  return device_id === offer.device_id && revoked === null && paired >= offer.made;
}
