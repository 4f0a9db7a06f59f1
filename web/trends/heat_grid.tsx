import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { formatDuration } from "../format.ts";
import { hourName, weekdayName } from "./dates.ts";
import type { Heat, HeatField } from "./heat.ts";

/** Below this width days are columns and hours rows: 24 columns would be too narrow to be told apart. */
const NARROW = "(max-width: 44rem)";
const HOURS = 24, DAYS = 7;

interface HeatGridProps {
  readonly heat: Heat;
  /** "Signal" */
  readonly name: string;
}

/** A grid of weekdays and hours; one stop of the Tab key, in which arrow keys walk. */
export function HeatGrid({ heat, name }: HeatGridProps) {
  const table = useRef<HTMLTableElement>(null);
  const isNarrow = useSignal(matchMedia(NARROW).matches);
  const at = useSignal<readonly [row: number, column: number]>([0, 0]);
  const pointed = useSignal<HeatField | undefined>(undefined);
  useEffect(() => {
    const narrow = matchMedia(NARROW);
    const follow = () => isNarrow.value = narrow.matches;
    narrow.addEventListener("change", follow);
    return () => narrow.removeEventListener("change", follow);
  }, []);
  const lines = isNarrow.value
    ? Array.from({ length: HOURS }, (_, hour) => heat.rows.map((row) => row[hour]))
    : heat.rows;
  const [rowCount, columnCount] = isNarrow.value ? [HOURS, DAYS] : [DAYS, HOURS];
  const stop = [Math.min(at.value[0], rowCount - 1), Math.min(at.value[1], columnCount - 1)];
  const walk = (event: KeyboardEvent) => {
    const to = walked(event, stop, rowCount, columnCount);
    if (to === undefined) return;
    event.preventDefault();
    at.value = to;
    table.current?.tBodies[0].rows[to[0]].querySelectorAll("td")[to[1]]?.focus();
  };
  const shown = pointed.value;
  return (
    <>
      <p class="readout quiet" aria-hidden="true">
        {shown ? `${nameOf(shown)}: ${say(shown)}` : ""}
      </p>
      <table
        ref={table}
        class={isNarrow.value ? "heat is-narrow" : "heat"}
        role="grid"
        aria-label={`${name} by weekday and hour`}
        onKeyDown={walk}
        onMouseLeave={() => pointed.value = undefined}
      >
        <thead>
          <tr>
            <td />
            {lines[0].map((field, index) => (
              <th
                key={index}
                scope="col"
                class={index % 3 === 0 || isNarrow.value ? "" : "heat-few"}
              >
                {isNarrow.value ? weekdayName(field.weekday, "short") : hourName(field.hour)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, row) => (
            <tr key={row}>
              <th scope="row">
                {isNarrow.value ? hourName(line[0].hour) : weekdayName(line[0].weekday, "short")}
              </th>
              {line.map((field, column) => (
                <td
                  key={column}
                  class="heat-field"
                  tabIndex={row === stop[0] && column === stop[1] ? 0 : -1}
                  onFocus={() => {
                    at.value = [row, column];
                    pointed.value = field;
                  }}
                  onBlur={() => pointed.value = undefined}
                  onMouseEnter={() => pointed.value = field}
                >
                  <span class={`heat-fill heat-${field.level}`} />
                  <span class="only-heard">{say(field)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function walked(
  { key, ctrlKey }: KeyboardEvent,
  [row, column]: readonly number[],
  rowCount: number,
  columnCount: number,
): readonly [number, number] | undefined {
  const steps: Record<string, readonly [number, number] | undefined> = {
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    Home: [ctrlKey ? 0 : row, 0],
    End: [ctrlKey ? rowCount - 1 : row, columnCount - 1],
  };
  const to = steps[key];
  if (to === undefined) return undefined;
  const within = (index: number, count: number) => Math.max(0, Math.min(count - 1, index));
  return [within(to[0], rowCount), within(to[1], columnCount)];
}

function nameOf({ weekday, hour }: HeatField): string {
  return `${weekdayName(weekday)}, ${hourName(hour)} to ${hourName((hour + 1) % HOURS)}`;
}

function say({ seconds }: HeatField): string {
  return seconds > 0 ? formatDuration(seconds) : "nothing";
}
