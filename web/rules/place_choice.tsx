import { useId } from "preact/hooks";

const WORDS = { first: "before your other rules", last: "after them" } as const;
type Place = keyof typeof WORDS;

interface PlaceChoiceProps {
  readonly value: Place;
  readonly onChange: (value: Place) => void;
}

/** Whether a new rule is tried before the others: of two that fit the first counts. */
export function PlaceChoice({ value, onChange }: PlaceChoiceProps) {
  const name = useId();
  return (
    <fieldset class="choices">
      <legend>Tried</legend>
      {(Object.keys(WORDS) as Place[]).map((place) => (
        <label key={place}>
          <input
            type="radio"
            name={name}
            checked={place === value}
            onChange={() => onChange(place)}
          />
          {WORDS[place]}
        </label>
      ))}
    </fieldset>
  );
}
