import type { TimelineClass } from "../../daemon/core/types.ts";
import { CLASS_WORDS } from "../words.ts";

/** A class as shape, colour and word: full disc, striped square, ring, dashed ring. */
export function ClassMark({ kind }: { kind: TimelineClass }) {
  return (
    <span class={`mark mark-${kind}`}>
      <ClassGlyph kind={kind} />
      {CLASS_WORDS[kind] ?? kind}
    </span>
  );
}

/** The shape alone, for beside a word that is already there. */
export function ClassGlyph({ kind }: { kind: TimelineClass }) {
  return (
    <svg class={`glyph glyph-${kind}`} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {kind === "signal" && <circle cx="6" cy="6" r="5" fill="currentColor" />}
      {kind === "noise" && (
        <path
          d="M1 1h2v10h-2zM5 1h2v10h-2zM9 1h2v10h-2z"
          fill="currentColor"
        />
      )}
      {kind === "neutral" && (
        <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="2" />
      )}
      {kind === "afk" && (
        <circle
          cx="6"
          cy="6"
          r="4.5"
          fill="none"
          stroke="currentColor"
          stroke-width="1.5"
          stroke-dasharray="2 1.6"
        />
      )}
    </svg>
  );
}
