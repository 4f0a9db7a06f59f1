import { useSignal } from "@preact/signals";
import type { ActivityClass } from "../../daemon/core/types.ts";
import { ClassChoice } from "../components/class_choice.tsx";
import { Dialog } from "../components/dialog.tsx";
import { Field } from "../components/field.tsx";
import { Problem } from "../components/problem.tsx";
import { useWrite } from "../use_write.ts";
import { CategoryField } from "./category_field.tsx";
import { type Edited, saidOf } from "./changes.ts";
import type { EditDialogProps } from "./dialog_props.ts";
import { RangeFields } from "./range_fields.tsx";
import { TouchedLine } from "./touched_line.tsx";
import { useRange } from "./use_range.ts";
import { useTouched } from "./use_touched.ts";
import { wireSpan } from "./wire_span.ts";

/** Says what a span was, whatever else was recorded in it. */
export function EntryDialog({ api, day, selection, onClose, onDone }: EditDialogProps) {
  const range = useRange(day, selection);
  const title = useSignal("");
  const kind = useSignal<ActivityClass | undefined>(undefined);
  const category = useSignal("");
  const isChecked = useSignal(false);
  const write = useWrite();
  const { span } = range.read;
  const found = useTouched(api, span && wireSpan(span));
  const save = async (event: Event) => {
    event.preventDefault();
    isChecked.value = true;
    if (span === undefined || title.value.trim() === "" || kind.value === undefined) return;
    const body = {
      ...wireSpan(span),
      title: title.value.trim(),
      class: kind.value,
      category: category.value.trim() || null,
    };
    const done = await write.run(
      () => api.send<Edited>("POST", "/edits/entries", body),
      saidOf(api),
    );
    if (done) onDone();
  };
  const isNameless = isChecked.value && title.value.trim() === "";
  return (
    <Dialog title={selection ? "What was it?" : "Add an entry"} isOpen onClose={onClose}>
      <form class="form" noValidate onSubmit={save}>
        <Field label="What you did" problem={isNameless ? "Say what it was." : undefined}>
          <input
            type="text"
            maxLength={1000}
            autocomplete="off"
            autofocus
            value={title.value}
            onInput={(event: Event & { currentTarget: HTMLInputElement }) =>
              title.value = event.currentTarget.value}
          />
        </Field>
        <RangeFields range={range} isChecked={isChecked.value} />
        <ClassChoice value={kind.value} onChange={(next) => kind.value = next} />
        {isChecked.value && kind.value === undefined && (
          <p class="field-problem" role="alert">Choose what it counts as.</p>
        )}
        <CategoryField
          value={category.value}
          hint="May stay empty. Two levels at most: work/report"
          onChange={(next) => category.value = next}
        />
        <TouchedLine touched={found.touched} problem={found.problem} lead="It takes the place of" />
        <Problem of={write.problem} doing="save the entry" />
        <div class="actions">
          <button type="submit" aria-disabled={write.isBusy || undefined}>Save</button>
          <button type="button" class="second" onClick={onClose}>Cancel</button>
        </div>
      </form>
    </Dialog>
  );
}
