import type { FocusState } from "../wire.ts";

/** A state of attention as a shape: full disc, cross, empty chair's ring, question mark, two bars. */
export function FocusGlyph({ state }: { state: FocusState | "paused" }) {
  return (
    <svg
      class={`glyph focus-${state}`}
      viewBox="0 0 12 12"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      aria-hidden="true"
      focusable="false"
    >
      {state === "focused" && <circle cx="6" cy="6" r="5" fill="currentColor" stroke="none" />}
      {state === "unfocused" && <path d="M2 2l8 8M10 2l-8 8" stroke-width="2.6" />}
      {state === "no_face" && <circle cx="6" cy="6" r="4.4" stroke-dasharray="2.6 2" />}
      {state === "uncertain" && (
        <path d="M3.2 3.8a2.8 2.8 0 1 1 4.3 2.4c-1 .6-1.5 1-1.5 2M6 10.9v.1" />
      )}
      {state === "paused" && <path d="M3.5 1.5v9M8.5 1.5v9" />}
    </svg>
  );
}
