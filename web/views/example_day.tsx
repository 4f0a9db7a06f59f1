import { ClassColumns } from "../charts/class_columns.tsx";
import type { Column } from "../charts/columns.tsx";
import { formatClock } from "../format.ts";

/** Minutes of an invented day by the hour, from eight: signal, noise, neutral, away. */
const MINUTES: readonly (readonly [number, number, number, number])[] = [
  [38, 4, 6, 0],
  [46, 9, 0, 5],
  [52, 3, 2, 3],
  [57, 0, 3, 0],
  [14, 6, 2, 38],
  [41, 12, 3, 4],
  [49, 5, 0, 6],
  [24, 27, 6, 3],
  [51, 2, 4, 3],
  [33, 8, 5, 0],
];
const FIRST_HOUR = 8;

const columns: readonly Column[] = MINUTES.map(([signal, noise, neutral, afk], index) => ({
  name: clockOf(index),
  spoken: `${clockOf(index)} to ${clockOf(index + 1)}`,
  seconds: { signal: signal * 60, noise: noise * 60, neutral: neutral * 60, afk: afk * 60 },
}));

/** A picture of what will be here, which cannot be taken for one's own day. */
export function ExampleDay() {
  return (
    <figure class="example">
      <figcaption>
        <span class="chip">Example</span> A day by the hour, as you will see yours
      </figcaption>
      <ClassColumns label="Example of a day, by hours" maxSeconds={3600} columns={columns} />
    </figure>
  );
}

function clockOf(index: number): string {
  return formatClock(new Date(2026, 0, 15, FIRST_HOUR + index).toISOString());
}
