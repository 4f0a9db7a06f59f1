import { useId } from "preact/hooks";
import type { Format } from "./transfer.ts";

interface FormatChoiceProps {
  readonly value: Format;
  readonly onChange: (format: Format) => void;
}

const FORMATS: readonly (readonly [format: Format, label: string])[] = [
  ["jsonl", "JSON Lines, an event a line"],
  ["csv", "CSV, for a spreadsheet"],
];

/** How events are written; both can be imported again. */
export function FormatChoice({ value, onChange }: FormatChoiceProps) {
  const name = useId();
  return (
    <fieldset class="choices">
      <legend>Written as</legend>
      {FORMATS.map(([format, label]) => (
        <label key={format}>
          <input
            type="radio"
            name={name}
            checked={format === value}
            onChange={() => onChange(format)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
