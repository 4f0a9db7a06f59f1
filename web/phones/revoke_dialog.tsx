import type { Api } from "../api.ts";
import { Dialog } from "../components/dialog.tsx";
import { ForeignText } from "../components/foreign_text.tsx";
import { Problem } from "../components/problem.tsx";
import { useWrite } from "../use_write.ts";
import type { WirePhone } from "./wire.ts";

interface RevokeDialogProps {
  readonly api: Api;
  readonly phone: WirePhone;
  readonly onClose: () => void;
}

/** Asks before a phone's secret is taken away. */
export function RevokeDialog({ api, phone, onClose }: RevokeDialogProps) {
  const write = useWrite();
  const revoke = async () => {
    const body = { device_id: phone.device_id };
    const done = await write.run(() => api.send("POST", "/phone/revoke", body), "Revoked");
    if (done !== undefined) onClose();
  };
  return (
    <Dialog title="Revoke the phone?" isOpen onClose={onClose}>
      <p>
        <ForeignText text={phone.name} />{" "}
        can tell nothing more, and cannot block, until it is paired again. What it told stays.
      </p>
      <Problem of={write.problem} doing="revoke it" />
      <div class="actions">
        <button type="button" class="danger" aria-disabled={write.isBusy} onClick={revoke}>
          Revoke
        </button>
        <button type="button" class="second" onClick={onClose}>Keep it</button>
      </div>
    </Dialog>
  );
}
