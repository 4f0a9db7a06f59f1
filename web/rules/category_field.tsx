import { useId } from "preact/hooks";
import { CATEGORIES } from "../../daemon/core/default_rules/categories.ts";
import { Field } from "../components/field.tsx";
import type { Rule } from "./wire.ts";

interface CategoryFieldProps {
  readonly rules: readonly Rule[];
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (value: string) => void;
}

/** The heading that a rule's time is shown under; those that there are are offered. */
export function CategoryField({ rules, value, problem, onChange }: CategoryFieldProps) {
  const id = useId();
  const known = new Set([
    ...rules.map(({ category }) => category).filter((category) => category !== undefined),
    ...Object.keys(CATEGORIES),
  ]);
  return (
    <>
      <Field
        label="Category"
        hint="A heading of your own, or one that there is: work, media/video"
        problem={problem}
      >
        <input
          name="rule-category"
          list={id}
          value={value}
          autoComplete="off"
          autoCapitalize="off"
          onInput={(event: Event & { currentTarget: HTMLInputElement }) =>
            onChange(event.currentTarget.value)}
        />
      </Field>
      <datalist id={id}>
        {[...known].sort().map((category) => <option key={category} value={category} />)}
      </datalist>
    </>
  );
}
