import { useId } from "preact/hooks";
import { Field } from "../components/field.tsx";
import { lengthProblem, lengthWords, PRESETS } from "./length.ts";

interface LengthChoiceProps {
  /** What was typed or chosen, as `parseLength()` reads it. */
  readonly text: string;
  /** It was typed: the field for it is shown. */
  readonly isOwn: boolean;
  readonly onChange: (text: string, isOwn: boolean) => void;
}

/** How long: some lengths at hand, and any other. */
export function LengthChoice({ text, isOwn, onChange }: LengthChoiceProps) {
  const name = useId();
  return (
    <>
      <fieldset class="choices pills">
        <legend>How long</legend>
        {PRESETS.map((minutes) => (
          <label key={minutes}>
            <input
              type="radio"
              name={name}
              checked={!isOwn && text === String(minutes)}
              onChange={() => onChange(String(minutes), false)}
            />
            {lengthWords(minutes)}
          </label>
        ))}
        <label>
          <input type="radio" name={name} checked={isOwn} onChange={() => onChange(text, true)} />
          Other
        </label>
      </fieldset>
      {isOwn && (
        <Field
          label="Minutes, or hours and minutes"
          hint="50, or 1:30; at most 24 hours"
          class="length-own"
          problem={lengthProblem(text)}
        >
          <input
            type="text"
            autocomplete="off"
            value={text}
            onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) =>
              onChange(event.currentTarget.value, true)}
          />
        </Field>
      )}
    </>
  );
}
