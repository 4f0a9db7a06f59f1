import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { token } from "../../state.ts";
import type { WireFocusedItem } from "../../wire.ts";
import { focus } from "../context.ts";
import { FocusedItems } from "./focused_items.tsx";

/** What was in front while the person looked at the screen in one session; for who is signed in. */
export function FocusedOn({ id }: { id: number }) {
  const items = useSignal<readonly WireFocusedItem[] | undefined>(undefined);
  useEffect(() => {
    if (token.value === undefined) return;
    focus().api.session(id).then(
      ({ focused_on }) => items.value = focused_on,
      () => items.value = undefined,
    );
  }, [id, token.value]);
  if (token.value === undefined) {
    return <p class="quiet">Sign in to see which programs you were focused on.</p>;
  }
  return items.value && items.value.length > 0 ? <FocusedItems items={items.value} /> : null;
}
