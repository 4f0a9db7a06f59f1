import { useSignal } from "@preact/signals";
import type { Api } from "../api.ts";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { query, setQuery } from "../router.ts";
import { useRead } from "../use_read.ts";
import { AppClasses } from "./app_classes.tsx";
import { BlockNow } from "./block_now.tsx";
import { DeviceDay } from "./device_day.tsx";
import { DeviceList } from "./device_list.tsx";
import { NoPhone } from "./no_phone.tsx";
import { PairDialog } from "./pair_dialog.tsx";
import { ReachNote } from "./reach_note.tsx";
import type { WirePhone, WireReach } from "./wire.ts";

/** Who is to be paired: somebody new, or one that is paired already and gets a new secret. */
export type PairWish = "new" | WirePhone;

/** Phones: who is paired and what each does, its days, how its apps count, and a block at once. */
export function PhonesView({ api }: { api: Api }) {
  const phones = useRead<readonly WirePhone[]>(api, "/phone/devices", {
    on: ["phone", "reclassify"],
  });
  const reach = useRead<WireReach>(api, "/phone/reach");
  const pairing = useSignal<PairWish | undefined>(undefined);
  const all = phones.data;
  const asked = query.value.get("device");
  const shown = all && (all.find(({ device_id }) => device_id === asked) ?? firstOf(all));
  return (
    <div class="page phones">
      <div class="phones-head">
        <h1 class="page-title">Phone</h1>
        {all && all.length > 0 && (
          <button type="button" onClick={() => pairing.value = "new"}>Pair a phone</button>
        )}
      </div>
      <Problem of={phones.problem} doing="read the phones" again={phones.again} />
      {reach.data && all && <ReachNote reach={reach.data} />}
      {all?.length === 0 && <NoPhone onPair={() => pairing.value = "new"} />}
      {all && shown && (
        <>
          <DeviceList
            api={api}
            phones={all}
            shown={shown}
            onShow={({ device_id }) => setQuery({ device: device_id })}
            onRotate={(phone) => pairing.value = phone}
          />
          <DeviceDay api={api} phone={shown} />
          <AppClasses api={api} />
        </>
      )}
      {all && (
        <Panel heading="Block now" class="whole">
          <BlockNow api={api} />
        </Panel>
      )}
      {pairing.value && (
        <PairDialog
          api={api}
          wish={pairing.value}
          phones={all ?? []}
          reach={reach.data}
          onClose={() => pairing.value = undefined}
        />
      )}
    </div>
  );
}

/** The one that was heard of last, of those that are paired if any is. */
function firstOf(phones: readonly WirePhone[]): WirePhone | undefined {
  const order = ({ revoked, last_seen }: WirePhone) => `${revoked === null} ${last_seen ?? ""}`;
  return phones.toSorted((a, b) => order(a) < order(b) ? 1 : -1)[0];
}
