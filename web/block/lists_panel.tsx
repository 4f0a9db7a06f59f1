import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Api } from "../api.ts";
import { Panel } from "../components/panel.tsx";
import { useKeptFocus } from "../use_kept_focus.ts";
import { addFile, removeFile, type RunChange } from "./domains_change.ts";
import { ListDialog } from "./list_dialog.tsx";
import { ListFileForm } from "./list_file_form.tsx";
import { ListRow } from "./list_row.tsx";
import type { WireList } from "./wire.ts";

interface ListsPanelProps {
  readonly api: Api;
  readonly lists: readonly WireList[];
  /** What of a file could not be used, by the list's name. */
  readonly notes: ReadonlyMap<string, string>;
  readonly run: RunChange;
}

/** The lists there are: those of the program, and files of one's own. */
export function ListsPanel({ api, lists, notes, run }: ListsPanelProps) {
  const shown = useSignal<string | undefined>(undefined);
  const place = useRef<HTMLDivElement>(null);
  useKeptFocus(place);
  const others = lists.filter(({ kind }) => kind === "built-in" || kind === "file");
  return (
    <Panel heading="Lists" class="whole">
      <div ref={place} tabIndex={-1} class="lists">
        <ul class="list-rows">
          {others.map((list) => (
            <ListRow
              key={list.name}
              list={list}
              note={notes.get(list.name)}
              onShow={() => shown.value = list.name}
              onRemove={() =>
                run(
                  removeFile(list.name),
                  `Removed the list ${list.name}. The file stays.`,
                  addFile(list.name, list.path ?? ""),
                )}
            />
          ))}
        </ul>
        <ListFileForm run={run} />
      </div>
      {shown.value !== undefined && (
        <ListDialog
          api={api}
          name={shown.value}
          onClose={() => shown.value = undefined}
        />
      )}
    </Panel>
  );
}
