import { useSignal } from "@preact/signals";
import { Dialog } from "../components/dialog.tsx";
import { Field } from "../components/field.tsx";
import { Problem } from "../components/problem.tsx";
import type { Write } from "../use_write.ts";
import type { Budget } from "./budget.ts";
import { ListChoice } from "./list_choice.tsx";
import { offeredLists } from "./lists_offered.ts";
import { readSites, sitesProblem } from "./site_input.ts";
import type { WireList } from "./wire.ts";

interface BudgetDialogProps {
  readonly budget: Budget;
  readonly lists: readonly WireList[];
  readonly write: Write;
  readonly onSave: (budget: Budget) => void;
  readonly onClose: () => void;
}

/** Changes the budget, and what happens when it is used up. */
export function BudgetDialog({ budget, lists, write, onSave, onClose }: BudgetDialogProps) {
  const draft = useSignal(budget);
  const siteText = useSignal(budget.domains.join(", "));
  const isSubmitted = useSignal(false);
  const change = (part: Partial<Budget>) => draft.value = { ...draft.value, ...part };
  const { isOn, minutes, blocks, blockMinutes, mostADay } = draft.value;
  const input = readSites(siteText.value);
  const wrong = sitesProblem(input);
  const problems = {
    minutes: rangeProblem(minutes, 1, 720),
    blockMinutes: blocks ? rangeProblem(blockMinutes, 1, 240) : undefined,
    mostADay: blocks ? rangeProblem(mostADay, 1, 50, true) : undefined,
    sites: blocks && isSubmitted.value ? wrong : undefined,
  };
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    isSubmitted.value = true;
    if (blocks && wrong !== undefined) return;
    if (problems.minutes ?? problems.blockMinutes ?? problems.mostADay) return;
    onSave({ ...draft.value, domains: input.sites });
  };
  const number = (key: "minutes" | "blockMinutes" | "mostADay") => ({
    type: "number" as const,
    inputMode: "numeric" as const,
    value: Number.isNaN(draft.value[key]) ? "" : draft.value[key],
    onInput: (event: InputEvent & { currentTarget: HTMLInputElement }) =>
      change({ [key]: event.currentTarget.valueAsNumber }),
  });
  const isUsual = draft.value.lists.length + input.sites.length === 0;
  return (
    <Dialog title="Budget of noise" isOpen onClose={onClose}>
      <form class="form" onSubmit={save} noValidate>
        <label class="check">
          <input type="checkbox" checked={isOn} onChange={() => change({ isOn: !isOn })} />
          Keep a budget
        </label>
        <Field label="Minutes of noise a day" problem={problems.minutes}>
          <input {...number("minutes")} min={1} max={720} />
        </Field>
        <label class="check">
          <input type="checkbox" checked={blocks} onChange={() => change({ blocks: !blocks })} />
          Block when nudges do not help
        </label>
        {blocks && (
          <>
            <p class="quiet hint">
              What follows holds for all blocks by rule, not only the budget's.
            </p>
            <div class="form-row">
              <Field label="Minutes of each block" problem={problems.blockMinutes}>
                <input {...number("blockMinutes")} min={1} max={240} />
              </Field>
              <Field label="Blocks a day at most" problem={problems.mostADay}>
                <input {...number("mostADay")} min={1} max={50} />
              </Field>
            </div>
            <ListChoice
              lists={offeredLists(lists)}
              chosen={new Set(draft.value.lists)}
              onChange={(chosen) => change({ lists: [...chosen] })}
            />
            <Field
              label="Other sites"
              hint={isUsual ? "Nothing chosen: the usual sites are blocked" : "Separated by commas"}
              problem={problems.sites}
            >
              <input
                type="text"
                autocomplete="off"
                spellcheck={false}
                value={siteText.value}
                onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) =>
                  siteText.value = event.currentTarget.value}
              />
            </Field>
          </>
        )}
        <Problem of={write.problem} doing="save the budget" />
        <div class="actions">
          <button type="submit" aria-disabled={write.isBusy}>Save</button>
          <button type="button" class="second" onClick={onClose}>Cancel</button>
        </div>
      </form>
    </Dialog>
  );
}

function rangeProblem(value: number, least: number, most: number, isWhole = false) {
  const isFine = value >= least && value <= most && (!isWhole || Number.isInteger(value));
  return isFine ? undefined : `Allowed is ${least} to ${most}.`;
}
