import { useSignal } from "@preact/signals";
import { Field } from "../../components/field.tsx";
import type { WireChannels } from "../../wire.ts";
import type { WireScheduleWish } from "../settings_wire.ts";
import { WeekdayChoice } from "../weekday_choice.tsx";
import { ChannelChoice } from "./channel_choice.tsx";
import { PeriodSelect } from "./period_select.tsx";
import { NEW_SCHEDULE, type ScheduleDraft, wishOf } from "./schedules.ts";

interface ScheduleFormProps {
  readonly channels: WireChannels | undefined;
  readonly isBusy: boolean;
  readonly onAdd: (wish: WireScheduleWish) => void;
}

/** A new set time: of what, when, and by which ways. */
export function ScheduleForm({ channels, isBusy, onAdd }: ScheduleFormProps) {
  const draft = useSignal<ScheduleDraft>(NEW_SCHEDULE);
  const { period, of, at, days, pattern, channels: ways } = draft.value;
  const change = (part: Partial<ScheduleDraft>) => draft.value = { ...draft.value, ...part };
  const wish = wishOf(draft.value);
  type Typed = Event & { currentTarget: HTMLInputElement };
  return (
    <form
      class="form"
      onSubmit={(event: Event) => {
        event.preventDefault();
        if (wish) onAdd(wish);
      }}
    >
      <div class="form-row">
        <PeriodSelect value={period} onChange={(period) => change({ period })} />
        <Field label="Which">
          <select
            value={of}
            onChange={(event: Event & { currentTarget: HTMLSelectElement }) =>
              change({ of: event.currentTarget.value as ScheduleDraft["of"] })}
          >
            <option value="current">the one that the time lies in</option>
            <option value="previous">the one before</option>
          </select>
        </Field>
      </div>
      {pattern === undefined
        ? (
          <>
            <Field label="At" hint={period === "day" ? undefined : whenHint(period, of)}>
              <input
                type="time"
                value={at}
                onInput={(event: Typed) => change({ at: event.currentTarget.value })}
              />
            </Field>
            {period === "day" && (
              <WeekdayChoice
                label="On"
                value={days}
                problem={days.length === 0 ? "at least one day" : undefined}
                onChange={(days) => change({ days })}
              />
            )}
          </>
        )
        : (
          <Field
            label="Pattern"
            hint="As cron has it: minute, hour, day of the month (L: the last), month, day of the week"
          >
            <input
              type="text"
              placeholder="30 7 * * 2-6"
              spellcheck={false}
              value={pattern}
              onInput={(event: Typed) => change({ pattern: event.currentTarget.value })}
            />
          </Field>
        )}
      <label class="check">
        <input
          type="checkbox"
          checked={pattern !== undefined}
          onChange={(event: Typed) =>
            change({ pattern: event.currentTarget.checked ? "" : undefined })}
        />
        By a pattern of cron
      </label>
      <ChannelChoice
        value={ways}
        channels={channels}
        onChange={(channels) => change({ channels })}
      />
      <div class="actions">
        <button type="submit" aria-disabled={isBusy || undefined} disabled={wish === undefined}>
          Add
        </button>
      </div>
    </form>
  );
}

function whenHint(period: "week" | "month", of: ScheduleDraft["of"]): string {
  if (of === "previous") return period === "week" ? "On Monday" : "On the month's first day";
  return period === "week" ? "On Sunday, the week's last day" : "On the month's last day";
}
