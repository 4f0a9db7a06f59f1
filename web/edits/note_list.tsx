import { useRef } from "preact/hooks";
import type { WireNote } from "../../daemon/api/edits_wire.ts";
import type { Span } from "../../daemon/core/types.ts";
import type { Api } from "../api.ts";
import { Empty } from "../components/empty.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { useKeptFocus } from "../use_kept_focus.ts";
import { useWrite } from "../use_write.ts";
import { type Edited, saidOf, useEdited } from "./changes.ts";
import { NoteItem } from "./note_item.tsx";
import { wireSpan } from "./wire_span.ts";

interface NoteListProps {
  readonly api: Api;
  readonly day: Span;
  /** A new one, or one that is to be another. */
  readonly onWrite: (note: WireNote | undefined) => void;
}

/** The day's notes. */
export function NoteList({ api, day, onWrite }: NoteListProps) {
  const read = useEdited<WireNote[]>(api, `/notes?${new URLSearchParams(wireSpan(day))}`);
  const write = useWrite();
  const place = useRef<HTMLUListElement>(null);
  useKeptFocus(place);
  const remove = (note: WireNote) =>
    write.run(() => api.send<Edited>("DELETE", `/notes/${note.id}`), (done: Edited) => ({
      ...saidOf(api)(done),
      text: "Note deleted",
    }));
  return (
    <Panel
      heading="Notes"
      isBusy={read.isReading}
      aside={
        <button type="button" class="second" onClick={() => onWrite(undefined)}>
          Write a note
        </button>
      }
    >
      <Problem of={read.problem} doing="read the notes" again={read.again} />
      <Problem of={write.problem} doing="delete the note" />
      {read.data?.length === 0 && (
        <Empty heading="No notes on this day">What you want to remember of it goes here.</Empty>
      )}
      <ul class="notes" ref={place}>
        {read.data?.map((note) => (
          <NoteItem
            key={note.id}
            note={note}
            onChange={() => onWrite(note)}
            onDelete={() => remove(note)}
          />
        ))}
      </ul>
    </Panel>
  );
}
