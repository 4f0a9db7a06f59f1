import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { assertGoals } from "../../daemon/core/goals.ts";
import { Field } from "../components/field.tsx";
import type { WireGoal } from "./wire.ts";

interface GoalFormProps {
  readonly isBusy: boolean;
  /** Those that there are: the same is not set twice. */
  readonly taken: readonly WireGoal[];
  readonly onSave: (goal: WireGoal) => void;
  readonly onCancel: () => void;
}

/** What makes a goal: at least or at most, how long, of what. */
export function GoalForm({ isBusy, taken, onSave, onCancel }: GoalFormProps) {
  const first = useRef<HTMLSelectElement>(null);
  const kind = useSignal<WireGoal["kind"]>("at_least");
  const cls = useSignal<WireGoal["class"]>("signal");
  const hours = useSignal("4");
  const minutes = useSignal("0");
  const problem = useSignal<string | undefined>(undefined);
  useEffect(() => first.current?.focus(), []);
  const submit = (event: Event) => {
    event.preventDefault();
    const goal = {
      ...{ kind: kind.peek(), class: cls.peek() },
      minutes: Number(hours.peek() || 0) * 60 + Number(minutes.peek() || 0),
    };
    problem.value = problemOf(goal, taken);
    if (problem.peek() === undefined) onSave(goal);
  };
  return (
    <form class="form goal-form" onSubmit={submit} noValidate>
      <div class="form-row">
        <Field label="Bound">
          <select
            ref={first}
            value={kind.value}
            onChange={(event: Changed<HTMLSelectElement>) =>
              kind.value = event.currentTarget.value as WireGoal["kind"]}
          >
            <option value="at_least">At least</option>
            <option value="at_most">At most</option>
          </select>
        </Field>
        <Field label="Hours">
          <input
            type="number"
            min="0"
            max="24"
            value={hours.value}
            onInput={(event: Changed<HTMLInputElement>) => hours.value = event.currentTarget.value}
          />
        </Field>
        <Field label="Minutes">
          <input
            type="number"
            min="0"
            max="59"
            step="5"
            value={minutes.value}
            onInput={(event: Changed<HTMLInputElement>) =>
              minutes.value = event.currentTarget.value}
          />
        </Field>
        <Field label="Of">
          <select
            value={cls.value}
            onChange={(event: Changed<HTMLSelectElement>) =>
              cls.value = event.currentTarget.value as WireGoal["class"]}
          >
            <option value="signal">Signal</option>
            <option value="noise">Noise</option>
          </select>
        </Field>
      </div>
      <p class="field-problem" role="alert">{problem.value}</p>
      <div class="actions">
        <button type="submit" disabled={isBusy}>Save the goal</button>
        <button type="button" class="second" onClick={onCancel}>Cancel</button>
      </div>
    </form>
  );
}

type Changed<E> = Event & { readonly currentTarget: E };

function problemOf(goal: WireGoal, taken: readonly WireGoal[]): string | undefined {
  try {
    assertGoals([...taken, goal]);
    return undefined;
  } catch (error) {
    return `${(error as Error).message}.`;
  }
}
