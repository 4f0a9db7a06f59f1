import { ownSession, totals } from "../state.ts";
import { formatTimer } from "../words.ts";

/** How long the session still is, or how long it has been when it has no end; pauses do not count. */
export function TimeLeft() {
  const { totalMs } = totals.value;
  const planned = ownSession.value?.plannedMinutes ?? null;
  return (
    <p class="remaining">
      <span class="figure-value">
        {formatTimer(planned === null ? totalMs : planned * 60_000 - totalMs)}
      </span>{" "}
      <span class="figure-name">{planned === null ? "so far" : `left of ${planned} min`}</span>
    </p>
  );
}
