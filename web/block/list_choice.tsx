import { ForeignText } from "../components/foreign_text.tsx";
import { LOCALE } from "../format.ts";
import type { WireList } from "./wire.ts";
import { listTitle } from "./words.ts";

interface ListChoiceProps {
  /** Those that can be blocked. */
  readonly lists: readonly Pick<WireList, "name" | "kind" | "count">[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  /** @default "Lists" */
  readonly legend?: string;
}

/** Which lists. */
export function ListChoice({ lists, chosen, onChange, legend = "Lists" }: ListChoiceProps) {
  const toggle = (name: string) => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    onChange(next);
  };
  return (
    <fieldset class="choices pills">
      <legend>{legend}</legend>
      {lists.map(({ name, count }) => (
        <label key={name}>
          <input type="checkbox" checked={chosen.has(name)} onChange={() => toggle(name)} />
          <ForeignText text={listTitle(name)} />
          {count > 0 && (
            <span class="quiet pill-count">
              {count.toLocaleString(LOCALE)}
              <span class="only-heard">{count === 1 ? " site" : " sites"}</span>
            </span>
          )}
        </label>
      ))}
    </fieldset>
  );
}
