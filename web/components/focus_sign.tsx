import { followLink, view, VIEWS } from "../router.ts";
import { focusSign } from "../state.ts";
import { FOCUS_WORDS } from "../words.ts";
import { FocusGlyph } from "./focus_glyph.tsx";

/** In the header of the other views: that a focus session runs, and how it goes. */
export function FocusSign() {
  const state = focusSign.value;
  if (state === undefined || view.value === "focus") return null;
  return (
    <a
      class={`focus-sign focus-${state}`}
      href={VIEWS.focus}
      onClick={(event: MouseEvent) => followLink(event, "focus")}
    >
      <FocusGlyph state={state} />
      <span class="only-heard">Focus session:</span>
      {FOCUS_WORDS[state]}
    </a>
  );
}
