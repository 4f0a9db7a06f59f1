import { ForeignText } from "../components/foreign_text.tsx";
import { clip, withoutControls } from "../format.ts";
import { DeviceState } from "./device_state.tsx";
import type { WirePhone } from "./wire.ts";

interface DeviceRowProps {
  readonly phone: WirePhone;
  readonly isShown: boolean;
  readonly onShow: () => void;
  readonly onRename: () => void;
  readonly onRotate: () => void;
  readonly onRevoke: () => void;
}

/** One phone; pressing its name shows its day. */
export function DeviceRow(props: DeviceRowProps) {
  const { phone, isShown, onShow, onRename, onRotate, onRevoke } = props;
  const isPaired = phone.revoked === null;
  const name = withoutControls(clip(phone.name, 60));
  return (
    <li class={isShown ? "phone-row is-shown" : "phone-row"}>
      <div class="phone-what">
        <button type="button" class="plain phone-name" aria-pressed={isShown} onClick={onShow}>
          <ForeignText text={phone.name} />
        </button>{" "}
        {phone.name !== phone.device_id && <span class="quiet phone-id">{phone.device_id}</span>}
        <DeviceState phone={phone} />
      </div>
      <div class="actions">
        <button type="button" class="plain" aria-label={`Rename ${name}`} onClick={onRename}>
          Rename
        </button>
        <button
          type="button"
          class="plain"
          aria-label={isPaired ? `New secret for ${name}` : `Pair ${name} again`}
          onClick={onRotate}
        >
          {isPaired ? "New secret" : "Pair again"}
        </button>
        {isPaired && (
          <button type="button" class="plain" aria-label={`Revoke ${name}`} onClick={onRevoke}>
            Revoke
          </button>
        )}
      </div>
    </li>
  );
}
