import { CopyText } from "./copy_text.tsx";
import type { WirePairedPhone } from "./wire.ts";

interface ManualSecretProps {
  readonly paired: WirePairedPhone;
  readonly onClose: () => void;
}

/** What is copied to a phone by hand; the secret is shown this once. */
export function ManualSecret({ paired, onClose }: ManualSecretProps) {
  return (
    <>
      <p role="status">
        <strong>Paired.</strong>{" "}
        Copy these to the phone. The secret is shown this once: whoever has it can pretend to be
        this phone.
      </p>
      <CopyText label="Id" text={paired.device_id} />
      <CopyText label="Secret" text={paired.secret} />
      {paired.url !== null && <CopyText label="Address" text={paired.url} />}
      <p>
        <a href="/phone/setup" target="_blank" rel="noreferrer">How a phone sends heartbeats</a>
      </p>
      <div class="actions">
        <button type="button" onClick={onClose}>I have copied them</button>
      </div>
    </>
  );
}
