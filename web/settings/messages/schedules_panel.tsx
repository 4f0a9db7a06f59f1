import { useSignal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { Empty } from "../../components/empty.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { useRead } from "../../use_read.ts";
import { useWrite } from "../../use_write.ts";
import type { WireChannels } from "../../wire.ts";
import type { WireSchedule, WireScheduleWish } from "../settings_wire.ts";
import { ScheduleForm } from "./schedule_form.tsx";
import { ScheduleRow } from "./schedule_row.tsx";
import { changeSchedules, type ScheduleChange, SCHEDULES_PATH, wishes } from "./schedules.ts";

interface SchedulesPanelProps {
  readonly api: Api;
  readonly channels: WireChannels | undefined;
}

/** Summaries that are sent by themselves. */
export function SchedulesPanel({ api, channels }: SchedulesPanelProps) {
  const { data, problem, again } = useRead<readonly WireSchedule[]>(api, SCHEDULES_PATH, {
    on: ["message"],
    everyMs: 60_000,
  });
  const write = useWrite();
  const isAdding = useSignal(false);
  const change = (what: ScheduleChange) => changeSchedules(api, what).finally(again);
  const add = (wish: WireScheduleWish) =>
    write.run(async () => {
      await change({ kind: "add", wish });
      isAdding.value = false;
    }, "Added a set time");
  const remove = (at: number) => {
    const wish = wishes(data ?? [])[at];
    const back = () => void write.run(() => change({ kind: "add", wish, at }), "It is back");
    write.run(() => change({ kind: "remove", wish, at }), () => ({
      text: "Removed the set time",
      action: { label: "Undo", run: back },
    }));
  };
  return (
    <Panel
      heading="At set times"
      aside={
        <button
          type="button"
          class="second"
          disabled={data === undefined}
          onClick={() => {
            write.clear();
            isAdding.value = true;
          }}
        >
          Add
        </button>
      }
    >
      <Problem of={problem} doing="read the set times" again={again} />
      {data?.length === 0 && (
        <Empty heading="No summary is sent by itself">
          Add a time, such as each day's at 21:00. It is sent while ProdTracker runs.
        </Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <ul class="rows">
          {data.map((schedule, i) => (
            <ScheduleRow
              key={`${i} ${schedule.cron}`}
              {...{ schedule, channels }}
              isBusy={write.isBusy}
              onRemove={() => remove(i)}
            />
          ))}
        </ul>
      )}
      {!isAdding.value && <Problem of={write.problem} doing="change the set times" />}
      <Dialog
        title="A summary at a set time"
        isOpen={isAdding.value}
        onClose={() => isAdding.value = false}
      >
        <ScheduleForm channels={channels} isBusy={write.isBusy} onAdd={add} />
        <Problem of={write.problem} doing="add it" />
      </Dialog>
    </Panel>
  );
}
