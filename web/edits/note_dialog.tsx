import { useSignal } from "@preact/signals";
import type { WireNote } from "../../daemon/api/edits_wire.ts";
import { Dialog } from "../components/dialog.tsx";
import { Field } from "../components/field.tsx";
import { Problem } from "../components/problem.tsx";
import { useWrite } from "../use_write.ts";
import { type Edited, saidOf } from "./changes.ts";
import type { EditDialogProps } from "./dialog_props.ts";
import { RangeFields } from "./range_fields.tsx";
import { useRange } from "./use_range.ts";
import { wireSpan } from "./wire_span.ts";

interface NoteDialogProps extends EditDialogProps {
  /** The note that is to be another; `undefined`: a new one. */
  readonly note: WireNote | undefined;
}

/** Words about a moment or a span. */
export function NoteDialog({ api, day, selection, onClose, onDone, note }: NoteDialogProps) {
  const given = note ? spanOf(note) : selection;
  const range = useRange(day, given);
  // On a day that is over, this moment is no moment of it.
  const mayBeNow = !note && selection === undefined && Date.now() < day.endMs;
  const isMoment = useSignal(mayBeNow);
  const text = useSignal(note?.text ?? "");
  const isChecked = useSignal(false);
  const write = useWrite();
  // A note keeps its time; that of a new one is what was chosen, or now.
  const time = () => {
    if (note) return {};
    if (isMoment.value) return { from: new Date().toISOString() };
    return range.read.span && wireSpan(range.read.span);
  };
  const save = async (event: Event) => {
    event.preventDefault();
    isChecked.value = true;
    const when = time();
    if (when === undefined || text.value.trim() === "") return;
    const [method, path] = note
      ? ["PUT", `/notes/${note.id}`] as const
      : ["POST", "/notes"] as const;
    const done = await write.run(
      () => api.send<Edited>(method, path, { ...when, text: text.value }),
      saidOf(api),
    );
    if (done) onDone();
  };
  const isEmpty = isChecked.value && text.value.trim() === "";
  return (
    <Dialog title={note ? "Change the note" : "Write a note"} isOpen onClose={onClose}>
      <form class="form" noValidate onSubmit={save}>
        <Field label="Note" problem={isEmpty ? "Write something." : undefined}>
          <textarea
            maxLength={10_000}
            autofocus
            value={text.value}
            onInput={(event: Event & { currentTarget: HTMLTextAreaElement }) =>
              text.value = event.currentTarget.value}
          />
        </Field>
        {!note && !isMoment.value && <RangeFields range={range} isChecked={isChecked.value} />}
        {mayBeNow && (
          <label class="check">
            <input
              type="checkbox"
              checked={isMoment.value}
              onChange={(event) => isMoment.value = event.currentTarget.checked}
            />
            About this moment
          </label>
        )}
        <Problem of={write.problem} doing="save the note" />
        <div class="actions">
          <button type="submit" aria-disabled={write.isBusy || undefined}>Save</button>
          <button type="button" class="second" onClick={onClose}>Cancel</button>
        </div>
      </form>
    </Dialog>
  );
}

function spanOf({ from, to }: WireNote) {
  const startMs = Date.parse(from);
  return { startMs, endMs: to === null ? startMs : Date.parse(to) };
}
