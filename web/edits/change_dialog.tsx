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

/** Gives recorded time another class, category or title; what is not named stays. */
export function ChangeDialog({ api, day, selection, onClose, onDone }: EditDialogProps) {
  const range = useRange(day, selection);
  const kind = useSignal<ActivityClass | undefined>(undefined);
  const category = useSignal("");
  const isUncategorised = useSignal(false);
  const title = useSignal("");
  const includeAfk = useSignal(false);
  const isChecked = useSignal(false);
  const write = useWrite();
  const { span } = range.read;
  // A row that was chosen, and not cut, is that one record.
  const isRow = span !== undefined && selection?.event !== undefined &&
    span.startMs === selection.startMs && span.endMs === selection.endMs;
  const meant = isRow ? { event: selection.event! } : span && wireSpan(span);
  const found = useTouched(api, meant);
  const what = {
    ...kind.value !== undefined && { class: kind.value },
    ...isUncategorised.value
      ? { category: null }
      : category.value.trim() !== "" && { category: category.value.trim() },
    ...title.value.trim() !== "" && { title: title.value.trim() },
  };
  const isNothing = Object.keys(what).length === 0;
  const needsClass = includeAfk.value && kind.value === undefined;
  const save = async (event: Event) => {
    event.preventDefault();
    isChecked.value = true;
    if (meant === undefined || isNothing || needsClass) return;
    const body = { ...meant, ...what, include_afk: includeAfk.value };
    const done = await write.run(
      () => api.send<Edited>("POST", "/edits/changes", body),
      saidOf(api),
    );
    if (done) onDone();
  };
  return (
    <Dialog title="Count differently" isOpen onClose={onClose}>
      <form class="form" noValidate onSubmit={save}>
        <p class="quiet">What you leave as it is here stays as it was recorded.</p>
        <RangeFields range={range} isChecked={isChecked.value} />
        <TouchedLine
          touched={found.touched}
          problem={found.problem}
          lead={isRow ? "Chosen" : "In this time"}
        />
        <ClassChoice value={kind.value} onChange={(next) => kind.value = next} />
        <CategoryField
          value={isUncategorised.value ? "" : category.value}
          hint="Empty: stays as it is"
          onChange={(next) => {
            category.value = next;
            isUncategorised.value = false;
          }}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={isUncategorised.value}
            onChange={(event) => isUncategorised.value = event.currentTarget.checked}
          />
          No category
        </label>
        <Field label="Title" hint="Empty: stays as it is">
          <input
            type="text"
            maxLength={1000}
            autocomplete="off"
            value={title.value}
            onInput={(event: Event & { currentTarget: HTMLInputElement }) =>
              title.value = event.currentTarget.value}
          />
        </Field>
        <label class="check">
          <input
            type="checkbox"
            checked={includeAfk.value}
            onChange={(event) => includeAfk.value = event.currentTarget.checked}
          />
          Time away as well
        </label>
        {isChecked.value && (isNothing || needsClass) && (
          <p class="field-problem" role="alert">
            {isNothing
              ? "Choose what is to change."
              : "Time away needs a class: choose what it counts as."}
          </p>
        )}
        <Problem of={write.problem} doing="change this time" />
        <div class="actions">
          <button type="submit" aria-disabled={write.isBusy || undefined}>Save</button>
          <button type="button" class="second" onClick={onClose}>Cancel</button>
        </div>
      </form>
    </Dialog>
  );
}
