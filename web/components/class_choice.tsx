import { useId } from "preact/hooks";
import type { ActivityClass } from "../../daemon/core/types.ts";
import { ClassMark } from "./class_mark.tsx";

const KINDS: readonly ActivityClass[] = ["signal", "noise", "neutral"];

interface ClassChoiceProps {
  readonly value: ActivityClass | undefined;
  readonly onChange: (value: ActivityClass) => void;
  /** @default "Counts as" */
  readonly label?: string;
}

/** Signal, noise or neutral. */
export function ClassChoice({ value, onChange, label = "Counts as" }: ClassChoiceProps) {
  const name = useId();
  return (
    <fieldset class="class-choice">
      <legend>{label}</legend>
      {KINDS.map((kind) => (
        <label key={kind}>
          <input
            type="radio"
            name={name}
            value={kind}
            checked={kind === value}
            onChange={() => onChange(kind)}
          />
          <ClassMark kind={kind} />
        </label>
      ))}
    </fieldset>
  );
}
