import { useSignal } from "@preact/signals";
import type { EventSource } from "../../daemon/core/types.ts";
import { Dialog } from "../components/dialog.tsx";
import { Field } from "../components/field.tsx";
import { Problem } from "../components/problem.tsx";
import { useWrite } from "../use_write.ts";
import { type Edited, saidOf } from "./changes.ts";
import type { EditDialogProps } from "./dialog_props.ts";
import { SOURCE_WORDS } from "./edit_words.ts";
import { RangeFields } from "./range_fields.tsx";
import { TouchedLine } from "./touched_line.tsx";
import { useRange } from "./use_range.ts";
import { type Meant, useTouched } from "./use_touched.ts";
import { wireSpan } from "./wire_span.ts";

/** What is deleted of a span: one record, all of it, or what one source saw. */
type What = "event" | "all" | EventSource;

/** Takes time out of every list and sum, once it was told how much that is; it can be undone. */
export function DeleteDialog({ api, day, selection, onClose, onDone }: EditDialogProps) {
  const range = useRange(day, selection);
  const event = selection?.event;
  const what = useSignal<What>(event === undefined ? "all" : "event");
  const write = useWrite();
  const { span } = range.read;
  const meant = meantBy(what.value, span && wireSpan(span), event);
  const found = useTouched(api, meant);
  const isTold = found.isCurrent && found.touched !== undefined;
  const remove = async (submit: Event) => {
    submit.preventDefault();
    // Nothing goes that was not told before.
    if (meant === undefined || !isTold) return;
    const done = await write.run(
      () => api.send<Edited>("POST", "/edits/deletions", meant),
      saidOf(api),
    );
    if (done) onDone();
  };
  return (
    <Dialog title="Delete from the record" isOpen onClose={onClose}>
      <form class="form" noValidate onSubmit={remove}>
        <Field label="What goes">
          <select
            value={what.value}
            onChange={(change: Event & { currentTarget: HTMLSelectElement }) =>
              what.value = change.currentTarget.value as What}
          >
            {event !== undefined && <option value="event">This record alone</option>}
            <option value="all">Everything in this time</option>
            {Object.entries(SOURCE_WORDS).map(([source, words]) => (
              <option key={source} value={source}>Only: {words.toLowerCase()}</option>
            ))}
          </select>
        </Field>
        {what.value !== "event" && <RangeFields range={range} isChecked />}
        <TouchedLine touched={found.touched} problem={found.problem} lead="Goes" />
        <p class="quiet">
          It leaves every list and sum, and can be undone: the database still has it. To remove it
          for good, erase it in the settings.
        </p>
        <Problem of={write.problem} doing="delete this time" />
        <div class="actions">
          <button
            type="submit"
            class="danger"
            aria-disabled={write.isBusy || !isTold || undefined}
          >
            Delete
          </button>
          <button type="button" class="second" onClick={onClose}>Cancel</button>
        </div>
      </form>
    </Dialog>
  );
}

function meantBy(
  what: What,
  span: { readonly from: string; readonly to: string } | undefined,
  event: number | undefined,
): Meant | undefined {
  if (what === "event") return event === undefined ? undefined : { event };
  if (span === undefined) return undefined;
  return what === "all" ? span : { ...span, source: what };
}
