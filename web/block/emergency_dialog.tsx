import { Dialog } from "../components/dialog.tsx";
import { Problem } from "../components/problem.tsx";
import type { Write } from "../use_write.ts";

interface EmergencyDialogProps {
  readonly isOpen: boolean;
  readonly write: Write;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before a strict block is ended: that was to be hard. */
export function EmergencyDialog({ isOpen, write, onConfirm, onClose }: EmergencyDialogProps) {
  return (
    <Dialog title="End a strict block?" isOpen={isOpen} onClose={onClose}>
      <p>
        You asked that this block cannot be ended early. In an emergency it ends{" "}
        <strong>five minutes from now</strong>; the history will say so.
      </p>
      <p class="quiet">If it is no emergency: those five minutes are for thinking it over.</p>
      <Problem of={write.problem} doing="declare the emergency" />
      <div class="actions">
        <button type="button" class="second" onClick={onClose}>Keep the block</button>
        <button type="button" class="danger" aria-disabled={write.isBusy} onClick={onConfirm}>
          It is an emergency
        </button>
      </div>
    </Dialog>
  );
}
