import type { WireChannels } from "../../wire.ts";
import { formatMoment } from "../moments.ts";
import type { WireSchedule } from "../settings_wire.ts";
import { hindranceWords, patternWords, scheduleWords } from "./words.ts";

interface ScheduleRowProps {
  readonly schedule: WireSchedule;
  readonly channels: WireChannels | undefined;
  readonly isBusy: boolean;
  readonly onRemove: () => void;
}

/** One set time: what, when, next, and what would keep it from being sent. */
export function ScheduleRow({ schedule, channels, isBusy, onRemove }: ScheduleRowProps) {
  const { cron, next, channels: ways } = schedule;
  const words = patternWords(cron);
  const hindrances = ways.flatMap((channel) => channels?.[channel].hindrance ?? []);
  return (
    <li class="row row-with-action">
      <span class="row-name">{scheduleWords(schedule)}</span>
      <span class="row-detail">
        {words ?? <code>{cron}</code>}
        <span class="quiet">
          {next === null ? "never comes up" : `next: ${formatMoment(next)}`}
        </span>
        {hindrances.map((hindrance) => (
          <span key={hindrance} class="field-problem">{hindranceWords(hindrance)}</span>
        ))}
      </span>
      <button
        type="button"
        class="plain"
        aria-label={`Remove: ${scheduleWords(schedule)}, ${words ?? cron}`}
        aria-disabled={isBusy || undefined}
        onClick={onRemove}
      >
        Remove
      </button>
    </li>
  );
}
