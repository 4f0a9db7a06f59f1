import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { token } from "../../state.ts";
import type { WireFocusedOn } from "../../wire.ts";
import { focus } from "../context.ts";
import { FocusedOnTable } from "./focused_on_table.tsx";

/** What was in front while the person looked at the screen in one session; for who is signed in. */
export function FocusedOn({ id }: { id: number }) {
  const on = useSignal<WireFocusedOn | undefined>(undefined);
  useEffect(() => {
    if (token.value === undefined) return;
    focus().api.session(id).then((detail) => on.value = detail, () => on.value = undefined);
  }, [id, token.value]);
  if (token.value === undefined) {
    return <p class="quiet">Sign in to see which programs you were focused on.</p>;
  }
  return on.value ? <FocusedOnTable on={on.value} /> : null;
}
