import { type Weekday, WEEKDAYS } from "../../../daemon/core/block_schedule.ts";
import { Field } from "../../components/field.tsx";
import type { WireLoopConfig } from "../settings_wire.ts";
import { WeekdayChoice } from "../weekday_choice.tsx";
import type { DraftProblems } from "./draft.ts";

interface QuietFieldsProps {
  readonly config: WireLoopConfig;
  readonly problems: DraftProblems;
  readonly onChange: (config: WireLoopConfig) => void;
}

const USUAL = { from: "22:00", to: "07:00" };

/** What holds nudges back: hours, and meetings. */
export function QuietFields({ config, problems, onChange }: QuietFieldsProps) {
  const { quiet } = config;
  type Typed = Event & { currentTarget: HTMLInputElement };
  const change = (part: Partial<NonNullable<WireLoopConfig["quiet"]>>) =>
    onChange({ ...config, quiet: quiet && { ...quiet, ...part } });
  return (
    <div class="form">
      <label class="check">
        <input
          type="checkbox"
          checked={config.spares_meetings}
          onChange={(event: Typed) =>
            onChange({ ...config, spares_meetings: event.currentTarget.checked })}
        />
        In meetings, and while a microphone is in use
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={quiet !== null}
          onChange={(event: Typed) =>
            onChange({
              ...config,
              quiet: event.currentTarget.checked
                ? { ...USUAL, days: [...WEEKDAYS] satisfies Weekday[] }
                : null,
            })}
        />
        In quiet hours
      </label>
      {quiet && (
        <>
          <div class="form-row">
            <Field label="From" problem={problems["quiet.from"]}>
              <input
                type="time"
                value={quiet.from}
                onInput={(event: Typed) => change({ from: event.currentTarget.value })}
              />
            </Field>
            <Field label="To" problem={problems["quiet.to"]}>
              <input
                type="time"
                value={quiet.to}
                onInput={(event: Typed) => change({ to: event.currentTarget.value })}
              />
            </Field>
          </div>
          <WeekdayChoice
            label="On nights and days that begin on"
            value={quiet.days}
            problem={problems["quiet.days"]}
            onChange={(days) => change({ days })}
          />
        </>
      )}
    </div>
  );
}
