import { Field } from "../components/field.tsx";
import type { Range } from "./use_range.ts";

interface RangeFieldsProps {
  readonly range: Range;
  /** Says what is wrong; before that somebody may still be typing. */
  readonly isChecked: boolean;
}

/** From and to, on the day that is shown. */
export function RangeFields({ range, isChecked }: RangeFieldsProps) {
  const { typed, read, set } = range;
  return (
    <div class="form-row">
      <Field label="From">
        <input
          type="time"
          step="1"
          required
          value={typed.from}
          onInput={(event) => set({ from: event.currentTarget.value })}
        />
      </Field>
      <Field label="To" problem={isChecked ? read.problem : undefined}>
        <input
          type="time"
          step="1"
          required
          value={typed.to}
          onInput={(event) => set({ to: event.currentTarget.value })}
        />
      </Field>
    </div>
  );
}
