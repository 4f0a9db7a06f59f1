import { useSignal } from "@preact/signals";
import { MAX_MINUTES, PRESET_MINUTES } from "../settings.ts";
import { change, settings } from "../state.ts";

/** How long the session is to be: a usual length, one of one's own, or until it is ended. */
export function LengthChoice({ isDisabled }: { isDisabled: boolean }) {
  const { minutes } = settings.value;
  const isPreset = minutes === null || PRESET_MINUTES.some((preset) => preset === minutes);
  const isOwn = useSignal(!isPreset);
  const choose = (minutes: number | null) => {
    isOwn.value = false;
    change({ minutes });
  };
  const setOwn = (event: Event) => {
    const wish = Math.round(Number((event.currentTarget as HTMLInputElement).value));
    if (wish >= 1 && wish <= MAX_MINUTES) change({ minutes: wish });
  };
  return (
    <fieldset class="lengths" disabled={isDisabled}>
      <legend>How long</legend>
      {PRESET_MINUTES.map((preset) => (
        <Length
          key={preset}
          label={`${preset} min`}
          isChosen={!isOwn.value && minutes === preset}
          onChoose={() => choose(preset)}
        />
      ))}
      <Length
        label="Until I end it"
        isChosen={!isOwn.value && minutes === null}
        onChoose={() => choose(null)}
      />
      <Length label="Another" isChosen={isOwn.value} onChoose={() => isOwn.value = true} />
      {isOwn.value && (
        <label class="own-length">
          <input
            type="number"
            min={1}
            max={MAX_MINUTES}
            required
            value={minutes ?? PRESET_MINUTES[0]}
            onInput={setOwn}
          />{" "}
          minutes
        </label>
      )}
    </fieldset>
  );
}

interface LengthProps {
  readonly label: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Length({ label, isChosen, onChoose }: LengthProps) {
  return (
    <label class="length">
      <input type="radio" name="length" checked={isChosen} onChange={onChoose} />
      <span>{label}</span>
    </label>
  );
}
