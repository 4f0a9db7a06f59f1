import { useId } from "preact/hooks";
import { type Limit, type LimitDraft, LIMITS } from "./limits.ts";

interface LimitFieldProps {
  readonly name: Limit;
  readonly draft: LimitDraft;
  readonly problem: string | undefined;
  readonly onChange: (draft: LimitDraft) => void;
}

type InputEvent = Event & { readonly currentTarget: HTMLInputElement };

/** One limit: for ever, or so many days (or megabytes). */
export function LimitField({ name, draft, problem, onChange }: LimitFieldProps) {
  const id = useId();
  const { name: title, unit, hint, without } = LIMITS[name];
  const { isOn, text } = draft;
  const described = [`${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ");
  return (
    <fieldset class="limit" aria-describedby={`${id}-hint`}>
      <legend>{title}</legend>
      <label>
        <input
          type="radio"
          name={id}
          checked={!isOn}
          onChange={() => onChange({ isOn: false, text })}
        />
        {without}
      </label>
      <span class="limit-number">
        <label>
          <input
            type="radio"
            name={id}
            checked={isOn}
            onChange={() => onChange({ isOn: true, text })}
          />
          <span>{unit === "days" ? "For" : "At most"}</span>
        </label>
        <input
          type="number"
          min="0"
          step="any"
          inputMode="decimal"
          aria-label={`${title}, in ${unit}`}
          aria-describedby={described}
          aria-invalid={problem !== undefined || undefined}
          value={text}
          onInput={(event: InputEvent) => onChange({ isOn: true, text: event.currentTarget.value })}
        />
        <span aria-hidden="true">{unit}</span>
      </span>
      <p id={`${id}-hint`} class="hint quiet">{hint}</p>
      {problem && <p id={`${id}-problem`} class="field-problem">{problem}</p>}
    </fieldset>
  );
}
