import { useId } from "preact/hooks";
import { MinutesInput } from "./minutes_input.tsx";

interface PaceFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly unit?: string;
  readonly value: number;
  readonly problem: string | undefined;
  readonly onChange: (value: number) => void;
}

/** A length with its unit, under what it is. */
export function PaceField(
  { label, hint, unit = "minutes", value, problem, onChange }: PaceFieldProps,
) {
  const id = useId();
  return (
    <div class="pace-field">
      <span class="pace-label" aria-hidden="true">{label}</span>
      <span class="pace-value">
        <MinutesInput
          label={unit === "" ? label : `${label}, in ${unit}`}
          {...{ value, problem, onChange }}
          problemId={id}
        />
        {unit !== "" && <span aria-hidden="true">{unit}</span>}
      </span>
      <span class="quiet hint">{hint}</span>
      {problem && <p id={id} class="field-problem">Allowed: {problem}</p>}
    </div>
  );
}
