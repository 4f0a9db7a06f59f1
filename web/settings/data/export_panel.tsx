import { useSignal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { Field } from "../../components/field.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { day } from "../../state.ts";
import { useWrite } from "../../use_write.ts";
import type { WireDay } from "../../wire.ts";
import { formatBytes } from "../moments.ts";
import { FormatChoice } from "./format_choice.tsx";
import { saveFile } from "./save_file.ts";
import { type ExportWish, fileName, rangeProblem } from "./transfer.ts";

/** Events of a range as a file. */
export function ExportPanel({ api }: { api: Api }) {
  const wish = useSignal<ExportWish>({ from: undefined, to: undefined, format: "jsonl" });
  const stop = useSignal<AbortController | undefined>(undefined);
  const write = useWrite();
  const { from, to, format } = wish.value;
  const wrong = rangeProblem(wish.value);
  const change = (part: Partial<ExportWish>) => wish.value = { ...wish.value, ...part };
  type Typed = Event & { currentTarget: HTMLInputElement };
  const save = () => {
    if (write.isBusy) return;
    const asked = wish.value;
    const stopping = stop.value = new AbortController();
    write.run(async () => {
      try {
        const path = await exportPath(api, asked);
        const file = await api.blob(path, { signal: stopping.signal });
        saveFile(file, fileName(asked));
        return `Saved as ${fileName(asked)}, ${formatBytes(file.size)}`;
      } catch (error) {
        if (stopping.signal.aborted) return "Stopped: nothing was saved";
        throw error;
      } finally {
        stop.value = undefined;
      }
    }, (said) => said);
  };
  return (
    <Panel heading="Export" isBusy={write.isBusy}>
      <form
        class="form"
        onSubmit={(event: Event) => {
          event.preventDefault();
          if (wrong === undefined) save();
        }}
      >
        <div class="form-row">
          <Field label="From" hint="Empty: the first event">
            <input
              type="date"
              max={day.value?.date}
              value={from ?? ""}
              onInput={(event: Typed) => change({ from: event.currentTarget.value || undefined })}
            />
          </Field>
          <Field label="To, with all of that day" hint="Empty: the last event" problem={wrong}>
            <input
              type="date"
              max={day.value?.date}
              value={to ?? ""}
              onInput={(event: Typed) => change({ to: event.currentTarget.value || undefined })}
            />
          </Field>
        </div>
        <FormatChoice value={format} onChange={(format) => change({ format })} />
        <div class="actions">
          <button
            type="submit"
            aria-disabled={write.isBusy || undefined}
            disabled={wrong !== undefined}
          >
            Save the file
          </button>
          {stop.value && (
            <button type="button" class="second" onClick={() => stop.value?.abort()}>Stop</button>
          )}
          <span class="quiet" role="status">
            {write.isBusy && "Collecting the events; a long range takes its time."}
          </span>
        </div>
      </form>
      <Problem of={write.problem} doing="export" />
    </Panel>
  );
}

/** Days begin when the daemon says so, not at midnight. */
async function exportPath(api: Api, { from, to, format }: ExportWish): Promise<string> {
  const dayOf = (date: string) => api.get<WireDay>(`/activity/day?date=${date}`);
  const params = new URLSearchParams({ format });
  if (from !== undefined) params.set("from", (await dayOf(from)).from);
  if (to !== undefined) params.set("to", (await dayOf(to)).to);
  return `/export?${params}`;
}
