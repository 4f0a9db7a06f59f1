import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Api } from "../api.ts";
import { Empty } from "../components/empty.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { useKeptFocus } from "../use_kept_focus.ts";
import { useRead } from "../use_read.ts";
import { useWrite } from "../use_write.ts";
import { BudgetPanel } from "./budget_panel.tsx";
import { ScheduleDialog } from "./schedule_dialog.tsx";
import { ScheduleRow } from "./schedule_row.tsx";
import { daysWords } from "./schedule_words.ts";
import { added, changed, changeSchedules, removed } from "./schedule_change.ts";
import type { WireDomains, WireSchedule, WireTurns } from "./wire.ts";

/** What is being edited: a schedule of the list, or a new one. */
type Edited = { readonly schedule: WireSchedule | undefined } | undefined;

/** Blocks that begin by themselves: by the clock, and when the day's noise is used up. */
export function SchedulesSection({ api }: { api: Api }) {
  const on = { on: ["block"], everyMs: 60_000 };
  const { data: schedules, problem, again } = useRead<WireSchedule[]>(
    api,
    "/blocker/schedules",
    on,
  );
  const turns = useRead<WireTurns[]>(api, "/blocker/turns", on);
  const domains = useRead<WireDomains>(api, "/blocker/domains", { on: ["block"] });
  const write = useWrite();
  const edited = useSignal<Edited>(undefined);
  const place = useRef<HTMLDivElement>(null);
  useKeptFocus(place);

  const readAgain = () => {
    again();
    turns.again();
  };
  const save = (known: WireSchedule | undefined, next: WireSchedule) =>
    write.run(async () => {
      await changeSchedules(api, known === undefined ? added(next) : changed(known, next));
      edited.value = undefined;
      readAgain();
    }, known === undefined ? "Schedule saved." : "Schedule changed.");
  const remove = (gone: WireSchedule) =>
    write.run(async () => {
      await changeSchedules(api, removed(gone));
      readAgain();
    }, () => ({
      text: `Deleted the schedule of ${daysWords(gone.days)}.`,
      action: {
        label: "Undo",
        run: () =>
          void write.run(async () => {
            await changeSchedules(api, added(gone));
            readAgain();
          }, "The schedule is back."),
      },
    }));

  const isTold = turns.data?.length === schedules?.length;
  return (
    <div class="page two-columns">
      <div ref={place} tabIndex={-1} class="block-main">
        <Panel
          heading="Schedules"
          aside={
            <button
              type="button"
              class="second"
              onClick={() => edited.value = { schedule: undefined }}
            >
              New schedule
            </button>
          }
        >
          <Problem of={problem} doing="read the schedules" again={again} />
          {edited.value === undefined && (
            <Problem
              of={write.problem}
              doing="change the schedules"
            />
          )}
          {schedules?.length === 0 && (
            <Empty heading="No schedules yet">
              A schedule blocks by itself, such as on weekday mornings or at night.
            </Empty>
          )}
          {schedules !== undefined && schedules.length > 0 && (
            <>
              <ul class="schedules">
                {schedules.map((schedule, index) => (
                  <ScheduleRow
                    key={JSON.stringify(schedule)}
                    schedule={schedule}
                    turns={isTold ? turns.data?.[index] : undefined}
                    onEdit={() => edited.value = { schedule }}
                    onDelete={() => remove(schedule)}
                  />
                ))}
              </ul>
              <p class="quiet schedules-note">Schedules begin while ProdTracker runs.</p>
            </>
          )}
        </Panel>
      </div>
      <BudgetPanel api={api} lists={domains.data?.lists ?? []} />
      {edited.value !== undefined && (
        <ScheduleDialog
          schedule={edited.value.schedule}
          lists={domains.data?.lists}
          write={write}
          onSave={(next) => save(edited.value?.schedule, next)}
          onClose={() => {
            write.clear();
            edited.value = undefined;
          }}
        />
      )}
    </div>
  );
}
