import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { typedNumber } from "./draft.ts";

interface MinutesInputProps {
  /** Heard, as the sentence around it only shows what is meant. */
  readonly label: string;
  /** `NaN`: what stands in it is no number. */
  readonly value: number;
  readonly problem?: string;
  readonly problemId?: string;
  readonly isDisabled?: boolean;
  readonly onChange: (value: number) => void;
}

/** A number inside of a sentence. It keeps what is typed: "1." is on its way to "1.5". */
export function MinutesInput(
  { label, value, problem, problemId, isDisabled, onChange }: MinutesInputProps,
) {
  const text = useSignal(shown(value));
  useEffect(() => {
    // Another value than what was typed comes from elsewhere: a discarded draft, another window.
    if (!Object.is(typedNumber(text.peek()), value)) text.value = shown(value);
  }, [value]);
  return (
    <input
      class="minutes"
      type="text"
      inputMode="decimal"
      autocomplete="off"
      aria-label={label}
      aria-invalid={problem !== undefined || undefined}
      aria-describedby={problem === undefined ? undefined : problemId}
      disabled={isDisabled}
      value={text.value}
      onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) => {
        text.value = event.currentTarget.value;
        onChange(typedNumber(text.value));
      }}
    />
  );
}

function shown(value: number): string {
  return Number.isNaN(value) ? "" : String(value);
}
