import { useSignal } from "@preact/signals";
import { clip, withoutControls } from "../format.ts";

const SHOWN_LIMIT = 500;

/** A note's own lines; a long one is cut until somebody wants all of it. */
export function NoteText({ text }: { text: string }) {
  const isWhole = useSignal(false);
  const isLong = text.length > SHOWN_LIMIT;
  const shown = isWhole.value ? text : clip(text, SHOWN_LIMIT);
  return (
    <div class="note-text">
      {shown.split(/\r?\n/).map((line, index) => (
        <p key={index}>
          <bdi>{withoutControls(line) || "\u00a0"}</bdi>
        </p>
      ))}
      {isLong && (
        <button
          type="button"
          class="plain"
          aria-expanded={isWhole.value}
          onClick={() => isWhole.value = !isWhole.value}
        >
          {isWhole.value ? "Show less" : "Show all"}
        </button>
      )}
    </div>
  );
}
