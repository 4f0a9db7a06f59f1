import type { WireNote } from "../../daemon/api/edits_wire.ts";
import { rangeWords } from "./edit_words.ts";
import { NoteText } from "./note_text.tsx";

interface NoteItemProps {
  readonly note: WireNote;
  readonly onChange: () => void;
  readonly onDelete: () => void;
}

/** One note. */
export function NoteItem({ note, onChange, onDelete }: NoteItemProps) {
  const when = rangeWords(note.from, note.to);
  return (
    <li class="note">
      <p class="quiet">
        <time dateTime={note.from}>{when}</time>
      </p>
      <NoteText text={note.text} />
      <div class="actions">
        <button
          type="button"
          class="plain"
          aria-label={`Change the note of ${when}`}
          onClick={onChange}
        >
          Change
        </button>
        <button
          type="button"
          class="plain"
          aria-label={`Delete the note of ${when}`}
          onClick={onDelete}
        >
          Delete
        </button>
      </div>
    </li>
  );
}
