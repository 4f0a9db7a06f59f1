import { ForeignText } from "../components/foreign_text.tsx";
import { DeviceState } from "./device_state.tsx";
import type { WirePhone } from "./wire.ts";

interface PairedPanelProps {
  readonly phone: WirePhone;
  /** What its last heartbeat said before. */
  readonly lastSeen: string | null;
  readonly onClose: () => void;
}

/** The phone has taken the code; what is left to do, until its first heartbeat comes. */
export function PairedPanel({ phone, lastSeen, onClose }: PairedPanelProps) {
  // That is the phone's own time, which may be behind the daemon's.
  const isHeard = phone.last_seen !== lastSeen;
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
