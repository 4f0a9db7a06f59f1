import { ForeignText } from "../components/foreign_text.tsx";
import { DeviceState } from "./device_state.tsx";
import type { WirePhone } from "./wire.ts";

interface PairedPanelProps {
  readonly phone: WirePhone;
  readonly onClose: () => void;
}

/** The phone has taken the code; what is left to do, until its first heartbeat comes. */
export function PairedPanel({ phone, onClose }: PairedPanelProps) {
  const isHeard = phone.last_seen !== null && phone.last_seen >= phone.paired;
  return (
    <>
      <p role="status">
        <strong>
          <ForeignText text={phone.name} /> is paired.
        </strong>{" "}
        {isHeard
          ? "Its heartbeats arrive."
          : "The page on the phone shows how it sends heartbeats; the first one will show here."}
      </p>
      {isHeard && <DeviceState phone={phone} />}
      <div class="actions">
        <button type="button" onClick={onClose}>Done</button>
      </div>
    </>
  );
}
