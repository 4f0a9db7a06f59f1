import { useSignal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { Field } from "../../components/field.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { saveFile } from "../../save_file.ts";
import { day } from "../../state.ts";
import type { WireDay } from "../../wire.ts";
import { formatBytes } from "../moments.ts";
import { FormatChoice } from "./format_choice.tsx";
import { readBlob } from "./read_blob.ts";
import { type ExportWish, fileName, rangeProblem } from "./transfer.ts";
import { TransferProgress } from "./transfer_progress.tsx";
import { TransferRun } from "./transfer_run.ts";

/** It goes on while another section is looked at. */
const exporting = new TransferRun<{ readonly name: string; readonly bytes: number }>();

/** Events of a range as a file. */
export function ExportPanel({ api }: { api: Api }) {
  const wish = useSignal<ExportWish>({ from: undefined, to: undefined, format: "jsonl" });
  const { bytes, problem } = exporting.state;
  const isBusy = bytes !== undefined;
  const { from, to, format } = wish.value;
  const wrong = rangeProblem(wish.value);
  const change = (part: Partial<ExportWish>) => wish.value = { ...wish.value, ...part };
  type Typed = Event & { currentTarget: HTMLInputElement };
  const save = () => {
    const asked = wish.value;
    exporting.run(
      async ({ signal, onBytes }) => {
        const path = await exportPath(api, asked, signal);
        const file = await readBlob(await api.open(path, { signal }), onBytes);
        const name = fileName(asked);
        saveFile(file, name);
        return { name, bytes: file.size };
      },
      (result) =>
        result === "stopped"
          ? "Stopped: nothing was saved"
          : `Saved as ${result.name}, ${formatBytes(result.bytes)}`,
    );
  };
  return (
    <Panel heading="Export" isBusy={isBusy}>
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
            aria-disabled={isBusy || undefined}
            disabled={wrong !== undefined}
          >
            Save the file
          </button>
          {isBusy && (
            <button type="button" class="second" onClick={() => exporting.stop()}>Stop</button>
          )}
          <span class="quiet" role="status">
            {isBusy && "Collecting the events; a long range takes its time."}
          </span>
        </div>
      </form>
      {isBusy && <TransferProgress label="Exporting" bytes={bytes} />}
      <Problem of={problem} doing="export" />
    </Panel>
  );
}

/** Days begin when the daemon says so, not at midnight. */
async function exportPath(
  api: Api,
  { from, to, format }: ExportWish,
  signal: AbortSignal,
): Promise<string> {
  const dayOf = (date: string) => api.get<WireDay>(`/activity/day?date=${date}`, { signal });
  const params = new URLSearchParams({ format });
  if (from !== undefined) params.set("from", (await dayOf(from)).from);
  if (to !== undefined) params.set("to", (await dayOf(to)).to);
  return `/export?${params}`;
}
