import { useSignal } from "@preact/signals";
import type { Api } from "../api.ts";
import { Panel } from "../components/panel.tsx";
import { DeviceRow } from "./device_row.tsx";
import { RenameDialog } from "./rename_dialog.tsx";
import { RevokeDialog } from "./revoke_dialog.tsx";
import type { WirePhone } from "./wire.ts";

interface DeviceListProps {
  readonly api: Api;
  readonly phones: readonly WirePhone[];
  /** The one whose day is shown. */
  readonly shown: WirePhone;
  readonly onShow: (phone: WirePhone) => void;
  /** It is to get a new secret. */
  readonly onRotate: (phone: WirePhone) => void;
}

/** The phones, with what each does now, and what can be done with it. */
export function DeviceList({ api, phones, shown, onShow, onRotate }: DeviceListProps) {
  const asked = useSignal<
    { readonly what: "rename" | "revoke"; readonly phone: WirePhone } | undefined
  >(
    undefined,
  );
  const close = () => asked.value = undefined;
  const paired = phones.filter(({ revoked }) => revoked === null);
  const gone = phones.filter(({ revoked }) => revoked !== null);
  const row = (phone: WirePhone) => (
    <DeviceRow
      key={phone.device_id}
      phone={phone}
      isShown={phone.device_id === shown.device_id}
      onShow={() => onShow(phone)}
      onRename={() => asked.value = { what: "rename", phone }}
      onRotate={() => onRotate(phone)}
      onRevoke={() => asked.value = { what: "revoke", phone }}
    />
  );
  return (
    <Panel heading="Phones" class="whole">
      {paired.length === 0 && <p class="quiet">No phone is paired now.</p>}
      <ul class="phone-list">{paired.map(row)}</ul>
      {gone.length > 0 && (
        <details class="phones-gone" open={shown.revoked !== null}>
          <summary>No longer paired ({gone.length})</summary>
          <ul class="phone-list">{gone.map(row)}</ul>
        </details>
      )}
      {asked.value?.what === "rename" && (
        <RenameDialog api={api} phone={asked.value.phone} onClose={close} />
      )}
      {asked.value?.what === "revoke" && (
        <RevokeDialog api={api} phone={asked.value.phone} onClose={close} />
      )}
    </Panel>
  );
}
