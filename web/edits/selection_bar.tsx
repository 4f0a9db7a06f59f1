import { formatDuration } from "../format.ts";
import { rangeWords } from "./edit_words.ts";
import type { Selection } from "./selection.ts";

interface SelectionBarProps {
  readonly selection: Selection | undefined;
  readonly onOpen: (kind: "entry" | "change" | "delete" | "note") => void;
  readonly onClear: () => void;
}

/** What is chosen, and what can be done with it. */
export function SelectionBar({ selection, onOpen, onClear }: SelectionBarProps) {
  const isChosen = selection !== undefined;
  return (
    <div class={isChosen ? "selection is-chosen" : "selection"} role="group" aria-label="Edit">
      <p class="selection-what" aria-live="polite">
        {selection === undefined
          ? <span class="quiet">Choose an hour or a row to correct it.</span>
          : (
            <>
              <strong>
                {rangeWords(
                  new Date(selection.startMs).toISOString(),
                  new Date(selection.endMs).toISOString(),
                )}
              </strong>{" "}
              <span class="quiet">
                {formatDuration((selection.endMs - selection.startMs) / 1000)}
              </span>
            </>
          )}
      </p>
      <div class="actions">
        <button type="button" class={isChosen ? "second" : ""} onClick={() => onOpen("entry")}>
          {isChosen ? "What was it?" : "Add an entry"}
        </button>
        {isChosen && (
          <>
            <button type="button" class="second" onClick={() => onOpen("change")}>
              Count differently
            </button>
            <button type="button" class="second" onClick={() => onOpen("delete")}>
              Delete
            </button>
            <button type="button" class="second" onClick={() => onOpen("note")}>
              Note
            </button>
            <button type="button" class="plain" onClick={onClear}>Clear</button>
          </>
        )}
      </div>
    </div>
  );
}
