import type { WireEdit } from "../../daemon/api/edits_wire.ts";
import { ClassMark } from "../components/class_mark.tsx";
import { ForeignText } from "../components/foreign_text.tsx";
import { formatDay, formatDuration } from "../format.ts";
import { kindWord, rangeWords, SOURCE_WORDS } from "./edit_words.ts";

interface EditItemProps {
  readonly edit: WireEdit;
  /** Says which day it is about. */
  readonly hasDate: boolean;
  readonly isBusy: boolean;
  /** Undoes it, or makes it again. */
  readonly onTurn: () => void;
}

/** One edit, in words. */
export function EditItem({ edit, hasDate, isBusy, onTurn }: EditItemProps) {
  const { kind, from, to, title, category, source, undone_at } = edit;
  const isUndone = undone_at !== null;
  const when = `${hasDate ? `${formatDay(from)}, ` : ""}${rangeWords(from, to)}`;
  return (
    <li class={isUndone ? "edit is-undone" : "edit"}>
      <div class="edit-what">
        <p>
          <strong>{kindWord(kind)}</strong> {when}
          {edit.seconds > 0 && <span class="quiet edit-length">{formatDuration(edit.seconds)}
          </span>}
          {isUndone && <span class="chip">Undone</span>}
        </p>
        <p class="edit-detail">
          {title !== null && <ForeignText text={title} />}
          {edit.class !== null && <ClassMark kind={edit.class} />}
          {category !== null && <ForeignText class="quiet" text={category} />}
          {source !== null && <span class="quiet">Only: {SOURCE_WORDS[source].toLowerCase()}</span>}
        </p>
      </div>
      <button
        type="button"
        class="plain"
        aria-disabled={isBusy || undefined}
        aria-label={`${isUndone ? "Redo" : "Undo"}: ${kindWord(kind)} ${when}`}
        // The second press of a double one would make it again.
        onClick={(event: MouseEvent) => event.detail <= 1 && onTurn()}
      >
        {isUndone ? "Redo" : "Undo"}
      </button>
    </li>
  );
}
