import { useSignal } from "@preact/signals";
import type { Weekday } from "../../daemon/core/block_schedule.ts";
import { Dialog } from "../components/dialog.tsx";
import { Field } from "../components/field.tsx";
import { Problem } from "../components/problem.tsx";
import type { Write } from "../use_write.ts";
import { DayChoice } from "./day_choice.tsx";
import { ListChoice } from "./list_choice.tsx";
import { namedLists, offeredLists, usualLists } from "./lists_offered.ts";
import { scheduleProblem, turnLengthWords } from "./schedule_words.ts";
import { readSites, sitesProblem } from "./site_input.ts";
import type { WireList, WireSchedule } from "./wire.ts";

interface ScheduleDialogProps {
  /** `undefined`: a new one. */
  readonly schedule: WireSchedule | undefined;
  readonly lists: readonly WireList[] | undefined;
  readonly write: Write;
  readonly onSave: (schedule: WireSchedule) => void;
  readonly onClose: () => void;
}

const NEW = {
  days: ["mon", "tue", "wed", "thu", "fri"] as Weekday[],
  from: "09:00",
  to: "12:30",
  strict: false,
};

/** Makes a schedule, or changes one. */
export function ScheduleDialog({ schedule, lists, write, onSave, onClose }: ScheduleDialogProps) {
  const { days, from, to, strict } = schedule ?? NEW;
  const draft = useSignal({ days: [...days], from, to, strict });
  const chosen = useSignal<ReadonlySet<string>>(
    new Set(schedule === undefined ? usualLists(lists) : schedule.lists),
  );
  const siteText = useSignal(schedule?.domains.join(", ") ?? "");
  const isSubmitted = useSignal(false);

  const change = (part: Partial<typeof draft.value>) => draft.value = { ...draft.value, ...part };
  const input = readSites(siteText.value);
  const wrongTimes = scheduleProblem(draft.value);
  const wrongSites = sitesProblem(input);
  // One that names nothing blocks the usual sites, whatever they are by then.
  const isUsual = chosen.value.size + input.sites.length === 0;
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    isSubmitted.value = true;
    if (wrongTimes !== undefined || wrongSites !== undefined) return;
    onSave({ ...draft.value, lists: namedLists(chosen.value), domains: [...input.sites] });
  };
  return (
    <Dialog
      title={schedule === undefined ? "New schedule" : "Change the schedule"}
      isOpen
      onClose={onClose}
    >
      <form class="form" onSubmit={save} noValidate>
        <DayChoice days={draft.value.days} onChange={(days) => change({ days })} />
        <div class="form-row">
          <Field label="From">
            <input
              type="time"
              required
              value={draft.value.from}
              onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) =>
                change({ from: event.currentTarget.value })}
            />
          </Field>
          <Field label="To">
            <input
              type="time"
              required
              value={draft.value.to}
              onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) =>
                change({ to: event.currentTarget.value })}
            />
          </Field>
        </div>
        {wrongTimes === undefined
          ? <p class="quiet hint">{turnLengthWords(draft.value)}</p>
          : <p class="field-problem" role="alert">{wrongTimes}</p>}
        <ListChoice
          lists={offeredLists(lists)}
          chosen={chosen.value}
          onChange={(next) => chosen.value = next}
        />
        <Field
          label="Other sites"
          hint={isUsual ? "Nothing chosen: the usual sites are blocked" : "Separated by commas"}
          problem={isSubmitted.value ? wrongSites : undefined}
        >
          <input
            type="text"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            value={siteText.value}
            onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) =>
              siteText.value = event.currentTarget.value}
          />
        </Field>
        <label class="check">
          <input
            type="checkbox"
            checked={draft.value.strict}
            onChange={() => change({ strict: !draft.value.strict })}
          />
          <span>
            Strict <span class="quiet">Its blocks cannot be ended early, but by an emergency</span>
          </span>
        </label>
        <Problem of={write.problem} doing="save the schedule" />
        <div class="actions">
          <button type="submit" aria-disabled={write.isBusy}>Save</button>
          <button type="button" class="second" onClick={onClose}>Cancel</button>
        </div>
      </form>
    </Dialog>
  );
}
