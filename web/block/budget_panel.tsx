import { useSignal } from "@preact/signals";
import type { Api } from "../api.ts";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { useRead } from "../use_read.ts";
import { useWrite } from "../use_write.ts";
import { type Budget, budgetOf, withBudget } from "./budget.ts";
import { BudgetDialog } from "./budget_dialog.tsx";
import { BudgetWords } from "./budget_words.tsx";
import type { WireList, WireLoop } from "./wire.ts";

interface BudgetPanelProps {
  readonly api: Api;
  readonly lists: readonly WireList[];
}

/** The day's budget of noise, what is used of it, and what happens then. */
export function BudgetPanel({ api, lists }: BudgetPanelProps) {
  const { data: loop, problem, again } = useRead<WireLoop>(api, "/loop", {
    on: ["loop", "block"],
    everyMs: 30_000,
  });
  const write = useWrite();
  const isEditing = useSignal(false);
  const save = (budget: Budget) =>
    write.run(async () => {
      // The other settings of the loop are not this page's: they stay as they are now.
      const { config } = await api.get<WireLoop>("/loop");
      await api.send("PUT", "/loop", withBudget(config, budget));
      isEditing.value = false;
      again();
    }, "Budget saved.");
  return (
    <Panel
      heading="Budget of noise"
      aside={loop && (
        <button type="button" class="plain" onClick={() => isEditing.value = true}>
          Change<span class="only-heard">the budget</span>
        </button>
      )}
    >
      <Problem of={problem} doing="read the budget" again={again} />
      {loop && <BudgetWords loop={loop} />}
      {loop && isEditing.value && (
        <BudgetDialog
          budget={budgetOf(loop.config)}
          lists={lists}
          write={write}
          onSave={save}
          onClose={() => {
            write.clear();
            isEditing.value = false;
          }}
        />
      )}
    </Panel>
  );
}
