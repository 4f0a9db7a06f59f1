import { useSignal } from "@preact/signals";
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
  const goals = trends.goals.map(plain);
  const isSignedIn = token.value !== undefined;

  const put = async (next: readonly WireGoal[]) => {
    await api.send("PUT", "/goals", next);
    again();
  };
  const add = async (goal: WireGoal) => {
    const done = await write.run(
      async () => {
        await put([...goals, goal]);
        return true;
      },
      `Saved: ${goalText(goal)}`,
    );
    if (done) isAdding.value = false;
  };
  const remove = (index: number) => {
    const rest = goals.filter((_, other) => other !== index);
    const undo = () => write.run(() => put(goals), "The goal is back");
    write.run(() => put(rest), () => ({
      text: `Removed: ${goalText(goals[index])}`,
      action: { label: "Undo", run: undo },
    }));
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
            onRemove={isSignedIn ? () => remove(index) : undefined}
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
          taken={goals}
          onSave={add}
          onCancel={() => isAdding.value = false}
        />
      )}
      {isSignedIn && !isAdding.value && goals.length < MAX_GOALS && (
        <button
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
