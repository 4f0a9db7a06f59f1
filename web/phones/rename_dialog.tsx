import { useSignal } from "@preact/signals";
import type { Api } from "../api.ts";
import { Dialog } from "../components/dialog.tsx";
import { Field } from "../components/field.tsx";
import { Problem } from "../components/problem.tsx";
import { useWrite } from "../use_write.ts";
import type { WirePhone } from "./wire.ts";

interface RenameDialogProps {
  readonly api: Api;
  readonly phone: WirePhone;
  readonly onClose: () => void;
}

/** Calls a phone something else. */
export function RenameDialog({ api, phone, onClose }: RenameDialogProps) {
  const name = useSignal(phone.name);
  const write = useWrite();
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    const body = { device_id: phone.device_id, name: name.value };
    const done = await write.run(() => api.send("POST", "/phone/rename", body), "Renamed");
    if (done !== undefined) onClose();
  };
  return (
    <Dialog title="Rename the phone" isOpen onClose={onClose}>
      <form class="form" onSubmit={save}>
        <Field label="Name">
          <input
            type="text"
            required
            pattern=".*\S.*"
            maxLength={100}
            value={name}
            onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) =>
              name.value = event.currentTarget.value}
          />
        </Field>
        <Problem of={write.problem} doing="rename it" />
        <div class="actions">
          <button type="submit" aria-disabled={write.isBusy}>Save</button>
          <button type="button" class="second" onClick={onClose}>Cancel</button>
        </div>
      </form>
    </Dialog>
  );
}
