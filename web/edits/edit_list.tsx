import { useSignal } from "@preact/signals";
import type { WireEdit } from "../../daemon/api/edits_wire.ts";
import type { Span } from "../../daemon/core/types.ts";
import type { Api } from "../api.ts";
import { Empty } from "../components/empty.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { useWrite } from "../use_write.ts";
import { changes, type Edited, useEdited } from "./changes.ts";
import { EditItem } from "./edit_item.tsx";
import { wireSpan } from "./wire_span.ts";

interface EditListProps {
  readonly api: Api;
  readonly day: Span;
}

const PAGE = 20, MOST = 500;

/** The edits that touch the day, or all of them, newest first: each can be undone, and made again. */
export function EditList({ api, day }: EditListProps) {
  const limit = useSignal(PAGE);
  const isAll = useSignal(false);
  const search = new URLSearchParams({
    ...isAll.value ? {} : wireSpan(day),
    limit: String(limit.value),
  });
  const read = useEdited<{ edits: WireEdit[]; next_cursor: string | null }>(
    api,
    `/edits?${search}`,
  );
  const write = useWrite();
  const turn = (edit: WireEdit) => {
    const what = edit.undone_at === null ? "undo" : "redo";
    return write.run(() => api.send<Edited>("POST", `/edits/${edit.id}/${what}`), () => {
      changes.value++;
      return what === "undo" ? "Undone" : "Done again";
    });
  };
  return (
    <Panel
      heading="Your edits"
      isBusy={read.isReading}
      aside={
        <label class="check edits-filter">
          <input
            type="checkbox"
            checked={isAll.value}
            onChange={(event) => isAll.value = event.currentTarget.checked}
          />
          Of all days
        </label>
      }
    >
      <Problem of={read.problem} doing="read the edits" again={read.again} />
      <Problem of={write.problem} doing="do that" />
      {read.data?.edits.length === 0 && (
        <Empty heading={isAll.value ? "No edits yet" : "No edits on this day"}>
          What you change is listed here, and can be undone.
        </Empty>
      )}
      <ol class="edit-list">
        {read.data?.edits.map((edit) => (
          <EditItem
            key={edit.id}
            edit={edit}
            hasDate={isAll.value}
            isBusy={write.isBusy}
            onTurn={() => turn(edit)}
          />
        ))}
      </ol>
      {read.data?.next_cursor && limit.value < MOST && (
        <button
          type="button"
          class="second"
          onClick={() => limit.value = Math.min(MOST, limit.value * 3)}
        >
          Show more
        </button>
      )}
    </Panel>
  );
}
