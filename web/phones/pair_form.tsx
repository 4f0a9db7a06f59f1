import { useSignal } from "@preact/signals";
import type { Api } from "../api.ts";
import { Field } from "../components/field.tsx";
import { Problem } from "../components/problem.tsx";
import { useWrite } from "../use_write.ts";
import type { PairWish } from "./phones_view.tsx";
import type { WireOffer, WirePairedPhone, WirePhone, WireReach } from "./wire.ts";
import { idFor } from "./words.ts";

interface PairFormProps {
  readonly api: Api;
  readonly wish: PairWish;
  readonly phones: readonly WirePhone[];
  readonly reach: WireReach | undefined;
  readonly onOffer: (offer: WireOffer) => void;
  readonly onPaired: (paired: WirePairedPhone) => void;
  readonly onClose: () => void;
}

/** Who is to be paired, and how. */
export function PairForm({ api, wish, phones, reach, onOffer, onPaired, onClose }: PairFormProps) {
  const known = wish === "new" ? undefined : wish;
  const name = useSignal(known?.name ?? "My phone");
  const ownId = useSignal<string | undefined>(known?.device_id);
  const bearer = useSignal(known?.bearer ?? false);
  const write = useWrite();
  const id = ownId.value ?? idFor(name.value, phones.map(({ device_id }) => device_id));
  const rotate = known?.revoked === null;
  const canReach = reach !== undefined && reach.url !== null;
  const isTls = reach?.url?.startsWith("https:") ?? false;
  const send = async (how: "/phone/offer" | "/phone/pair_admin") => {
    const body = { device_id: id, name: name.value, rotate, bearer: bearer.value };
    if (how === "/phone/offer") {
      const offer = await write.run(() => api.send<WireOffer>("POST", how, body));
      if (offer) onOffer(offer);
      return;
    }
    const paired = await write.run(() => api.send<WirePairedPhone>("POST", how, body), "Paired");
    if (paired) onPaired(paired);
  };
  const onText =
    (set: (text: string) => void) => (event: InputEvent & { currentTarget: HTMLInputElement }) =>
      set(event.currentTarget.value);
  return (
    <form
      class="form"
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        send(canReach ? "/phone/offer" : "/phone/pair_admin");
      }}
    >
      {rotate && (
        <p class="quiet">
          The secret that the phone has now stays good until the new one is taken.
        </p>
      )}
      <Field label="Name">
        <input
          type="text"
          required
          maxLength={100}
          autocomplete="off"
          value={name}
          onInput={onText((text) => name.value = text)}
        />
      </Field>
      {known === undefined && (
        <Field
          label="Id"
          hint="Letters, digits and . _ : - ; it stays the same when the name changes"
        >
          <input
            type="text"
            required
            maxLength={64}
            pattern="[A-Za-z0-9][A-Za-z0-9._:\-]*"
            autocomplete="off"
            spellcheck={false}
            value={id}
            onInput={onText((text) => ownId.value = text)}
          />
        </Field>
      )}
      {isTls && (
        <label class="check">
          <input
            type="checkbox"
            checked={bearer}
            onChange={() => bearer.value = !bearer.value}
          />{" "}
          It cannot sign (iPhone Shortcuts): it sends its secret, by TLS
        </label>
      )}
      {!canReach && (
        <p class="quiet">
          A code can be scanned once <code>PC_IP</code>{" "}
          is set. Until then a phone can be paired by hand: you copy a secret to it.
        </p>
      )}
      <Problem of={write.problem} doing="pair it" />
      <div class="actions">
        {canReach && <button type="submit" aria-disabled={write.isBusy}>Show the code</button>}
        <button
          type={canReach ? "button" : "submit"}
          class={canReach ? "second" : undefined}
          aria-disabled={write.isBusy}
          onClick={canReach ? () => send("/phone/pair_admin") : undefined}
        >
          Pair by hand
        </button>
        <button type="button" class="plain" onClick={onClose}>Cancel</button>
      </div>
    </form>
  );
}
