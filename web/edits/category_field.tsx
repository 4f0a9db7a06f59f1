import { useId } from "preact/hooks";
import { CATEGORIES } from "../../daemon/core/default_rules/categories.ts";
import { Field } from "../components/field.tsx";

interface CategoryFieldProps {
  readonly value: string;
  readonly hint: string;
  readonly onChange: (value: string) => void;
}

/** A category: one of the usual ones, or one's own. */
export function CategoryField({ value, hint, onChange }: CategoryFieldProps) {
  const list = useId();
  return (
    <>
      <Field label="Category" hint={hint}>
        <input
          type="text"
          list={list}
          maxLength={100}
          autocomplete="off"
          value={value}
          onInput={(event: Event & { currentTarget: HTMLInputElement }) =>
            onChange(event.currentTarget.value)}
        />
      </Field>
      <datalist id={list}>
        {Object.keys(CATEGORIES).map((name) => <option key={name} value={name} />)}
      </datalist>
    </>
  );
}
