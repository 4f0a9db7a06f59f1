import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { goalText, MAX_GOALS } from "../../daemon/core/goals.ts";
import type { Api } from "../api.ts";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { isLoginOpen, token } from "../state.ts";
import { useWrite } from "../use_write.ts";
import { GoalForm } from "./goal_form.tsx";
import { GoalRow } from "./goal_row.tsx";
import type { WireGoal, WireTrends } from "./wire.ts";

interface GoalsPanelProps {
  readonly api: Api;
  readonly trends: WireTrends;
  /** Reads the trends anew: with other goals they are judged otherwise. */
  readonly again: () => void;
}

/** What every day is to keep, how it was kept, and the change of it. */
export function GoalsPanel({ api, trends, again }: GoalsPanelProps) {
  const write = useWrite();
  const isAdding = useSignal(false);
  const addButton = useRef<HTMLButtonElement>(null);
  const wasAdding = useRef(false);
  const isSignedIn = token.value !== undefined;
  useEffect(() => {
    // Where the form was, the focus goes back to what opened it.
    if (wasAdding.current && !isAdding.value) addButton.current?.focus();
    wasAdding.current = isAdding.value;
  }, [isAdding.value]);

  // From those that are set now: another tab may have changed them.
  const change = async (of: (goals: readonly WireGoal[]) => readonly WireGoal[]) => {
    await api.send("PUT", "/goals", of(await api.get<readonly WireGoal[]>("/goals")));
    again();
    return true;
  };
  const add = async (goal: WireGoal) => {
    const done = await write.run(
      () => change((goals) => [...goals, goal]),
      `Saved: ${goalText(goal)}`,
    );
    if (done) isAdding.value = false;
  };
  const remove = async (goal: WireGoal) => {
    const text = goalText(goal);
    const undo = () => write.run(() => change((goals) => [...goals, goal]), "The goal is back");
    const done = await write.run(
      () => change((goals) => goals.filter((each) => goalText(each) !== text)),
      () => ({ text: `Removed: ${text}`, action: { label: "Undo", run: undo } }),
    );
    if (done) addButton.current?.focus();
  };
  return (
    <Panel heading="Goals for a day, and days in a row" class="whole trend-goals">
      <ul class="goals">
        {trends.goals.map((goal, index) => (
          <GoalRow
            key={goalText(goal)}
            text={goalText(goal)}
            run={goal}
            unit={trends.unit}
            days={trends.columns.map((column) => ({
              date: column.date,
              ...column.goals[index] ?? { met_days: 0, counted_days: 0 },
            }))}
            onRemove={isSignedIn ? () => remove(plain(goal)) : undefined}
          />
        ))}
        <GoalRow text="more signal than noise" run={trends.more_signal} unit={trends.unit} />
      </ul>
      <Problem of={write.problem} doing="save the goals" />
      {!isSignedIn && (
        <p class="quiet">
          <button type="button" class="plain" onClick={() => isLoginOpen.value = true}>
            Sign in
          </button>{" "}
          to change goals
        </p>
      )}
      {isSignedIn && isAdding.value && (
        <GoalForm
          isBusy={write.isBusy}
          taken={trends.goals.map(plain)}
          onSave={add}
          onCancel={() => isAdding.value = false}
        />
      )}
      {isSignedIn && !isAdding.value && trends.goals.length < MAX_GOALS && (
        <button
          ref={addButton}
          type="button"
          class="second"
          onClick={() => isAdding.value = true}
        >
          Add a goal
        </button>
      )}
    </Panel>
  );
}

function plain({ kind, class: cls, minutes }: WireGoal): WireGoal {
  return { kind, class: cls, minutes };
}
