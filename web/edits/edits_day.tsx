import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { WireNote } from "../../daemon/api/edits_wire.ts";
import type { Api } from "../api.ts";
import { query, setQuery } from "../router.ts";
import type { WireDay } from "../wire.ts";
import { AwayPanel } from "./away_panel.tsx";
import { ChangeDialog } from "./change_dialog.tsx";
import { DeleteDialog } from "./delete_dialog.tsx";
import { EditList } from "./edit_list.tsx";
import { EntryDialog } from "./entry_dialog.tsx";
import { HourPicker } from "./hour_picker.tsx";
import { NoteDialog } from "./note_dialog.tsx";
import { NoteList } from "./note_list.tsx";
import { queryOf, type Selection, selectionIn, selectionOf } from "./selection.ts";
import { SelectionBar } from "./selection_bar.tsx";
import { SpanList } from "./span_list.tsx";

interface EditsDayProps {
  readonly api: Api;
  readonly day: WireDay;
  readonly isToday: boolean;
}

/** What is open above the page. */
type Opened =
  | { readonly kind: "entry" | "change" | "delete" }
  | { readonly kind: "note"; readonly note?: WireNote };

/** One day: where one was, what was recorded and what becomes of it, notes, and the edits that touch it. */
export function EditsDay({ api, day, isToday }: EditsDayProps) {
  const opened = useSignal<Opened | undefined>(undefined);
  const span = { startMs: Date.parse(day.from), endMs: Date.parse(day.to) };
  const selection = selectionIn(span, selectionOf(query.value));
  const choose = (next: Selection | undefined) => setQuery(queryOf(next), "replace");
  const close = () => opened.value = undefined;
  const main = useRef<HTMLDivElement>(null);
  const done = () => {
    close();
    choose(undefined);
    // What opened it is gone with what was chosen.
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      main.current?.querySelector<HTMLElement>(".selection button")?.focus();
    });
  };
  const dialog = { api, day: span, selection, onClose: close, onDone: done };
  const kind = opened.value?.kind;
  return (
    <>
      <AwayPanel api={api} day={span} isToday={isToday} />
      <div class="edits-columns">
        <div class="edits-main" ref={main}>
          <HourPicker day={day} onPick={choose} />
          <SelectionBar
            selection={selection}
            onOpen={(next) => opened.value = { kind: next }}
            onClear={() => choose(undefined)}
          />
          <SpanList api={api} day={span} selection={selection} onChoose={choose} />
        </div>
        <div class="edits-side">
          <NoteList
            api={api}
            day={span}
            onWrite={(note) => opened.value = { kind: "note", note }}
          />
          <EditList api={api} day={span} />
        </div>
      </div>
      {kind === "entry" && <EntryDialog {...dialog} />}
      {kind === "change" && <ChangeDialog {...dialog} />}
      {kind === "delete" && <DeleteDialog {...dialog} />}
      {opened.value?.kind === "note" && <NoteDialog {...dialog} note={opened.value.note} />}
    </>
  );
}
