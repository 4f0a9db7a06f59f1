import { useSignal } from "@preact/signals";
import { walkColumns } from "../../column_walk.ts";
import { formatDuration } from "../../format.ts";
import { formatPercent } from "../words.ts";

export interface Column {
  readonly name: string;
  readonly seconds: number;
  /** 0..100 */
  readonly percent: number | null;
}

/** Focused time as columns; walked along with the arrow keys, each says its numbers. */
export function Columns({ title, columns }: { title: string; columns: readonly Column[] }) {
  const selected = useSignal<number | undefined>(undefined);
  const last = columns.length - 1;
  const stop = selected.value ?? last;
  const highest = Math.max(...columns.map(({ seconds }) => seconds), 1);
  const shown = selected.value === undefined ? undefined : columns[selected.value];
  return (
    <figure class="columns">
      <figcaption>
        {title}
        <span class="quiet" aria-hidden="true">{shown && describe(shown)}</span>
      </figcaption>
      <ol
        class="columns-bars"
        onKeyDown={(event: KeyboardEvent) => walkColumns(event, stop)}
        onMouseLeave={() => selected.value = undefined}
      >
        {columns.map((column, index) => (
          <li key={column.name}>
            <button
              type="button"
              class={index === selected.value ? "column is-selected" : "column"}
              tabIndex={index === stop ? 0 : -1}
              aria-label={describe(column)}
              onFocus={() => selected.value = index}
              onBlur={() => selected.value = undefined}
              onMouseEnter={() => selected.value = index}
            >
              {column.seconds > 0 && (
                <span
                  class="focus-fill focus-fill-focused"
                  style={{ height: `${100 * column.seconds / highest}%` }}
                />
              )}
            </button>
          </li>
        ))}
      </ol>
      <p class="columns-ends quiet" aria-hidden="true">
        <span>{columns[0]?.name}</span>
        <span>{columns[last]?.name}</span>
      </p>
    </figure>
  );
}

function describe({ name, seconds, percent }: Column): string {
  if (seconds === 0 && percent === null) return `${name}: nothing`;
  return `${name}: ${formatDuration(seconds)} focused, ${formatPercent(percent)}`;
}
