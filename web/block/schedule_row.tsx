import { nowMs } from "../state.ts";
import { daysWords, turnLengthWords } from "./schedule_words.ts";
import { momentWords, timeOfDayWords } from "./times.ts";
import type { WireSchedule, WireTurns } from "./wire.ts";
import { inWords, targetWords } from "./words.ts";

interface ScheduleRowProps {
  readonly schedule: WireSchedule;
  /** `undefined`: not known yet. */
  readonly turns: WireTurns | undefined;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

/** A schedule: when, what, and when next. */
export function ScheduleRow({ schedule, turns, onEdit, onDelete }: ScheduleRowProps) {
  const { days, from, to, strict } = schedule;
  const when = `${daysWords(days)}, ${timeOfDayWords(from)} to ${timeOfDayWords(to)}`;
  return (
    <li class="schedule">
      <div class="schedule-what">
        <h3>
          {when} {strict && <span class="chip">Strict</span>}
        </h3>
        <p>{targetWords(schedule)}</p>
        <p class="quiet">
          {turnLengthWords(schedule)}
          {turns && ` · ${turnWords(turns, nowMs.value)}`}
        </p>
      </div>
      <div class="actions">
        <button type="button" class="plain" aria-label={`Change: ${when}`} onClick={onEdit}>
          Change
        </button>
        <button type="button" class="plain" aria-label={`Delete: ${when}`} onClick={onDelete}>
          Delete
        </button>
      </div>
    </li>
  );
}

function turnWords({ now, ended, next }: WireTurns, atMs: number): string {
  if (now !== null && !ended) return `now, until ${momentWords(now.end, atMs)}`;
  const isSoon = next !== null && Date.parse(next.start) - atMs < 86_400_000;
  const nextWords = next === null
    ? "not within eight days"
    : `next ${momentWords(next.start, atMs)}${
      isSoon ? `, ${inWords((Date.parse(next.start) - atMs) / 1000)}` : ""
    }`;
  return now !== null ? `ended by hand; ${nextWords}` : nextWords;
}
