import { useSignal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { Field } from "../../components/field.tsx";
import { ForeignText } from "../../components/foreign_text.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { formatBytes } from "../moments.ts";
import type { WireImported } from "../settings_wire.ts";
import { fetchTelling } from "./fetch_telling.ts";
import { countOf, formatOf, importWords } from "./transfer.ts";
import { TransferProgress } from "./transfer_progress.tsx";
import { TransferRun } from "./transfer_run.ts";

/** It goes on while another section is looked at. */
const importing = new TransferRun<WireImported>();

/** Events of a file, added to those that are there. */
export function ImportPanel({ api }: { api: Api }) {
  const file = useSignal<File | undefined>(undefined);
  const { bytes, total, result: found, problem } = importing.state;
  const isBusy = bytes !== undefined;
  const chosen = file.value;
  const add = (chosen: File) => {
    if (isBusy) return;
    const path = `/import?format=${formatOf(chosen.name)}`;
    importing.run(
      ({ signal, onBytes }) =>
        api.upload<WireImported>(path, chosen, { signal, fetch: fetchTelling(onBytes) }),
      (result) =>
        result === "stopped"
          ? "Stopped: what was added before stays"
          : `Imported: ${countOf(result.added)} added`,
      { total: chosen.size },
    );
  };
  return (
    <Panel heading="Import" isBusy={isBusy}>
      <p class="quiet hint">
        Takes what an export wrote. What is there already is left alone, so importing twice does no
        harm. Your privacy rules hold for it.
      </p>
      <form
        class="form"
        onSubmit={(event: Event) => {
          event.preventDefault();
          if (chosen) add(chosen);
        }}
      >
        <Field
          label="File"
          hint={chosen &&
            `${formatBytes(chosen.size)}, read as ${
              formatOf(chosen.name) === "csv" ? "CSV" : "JSON Lines"
            }`}
        >
          <input
            type="file"
            accept=".jsonl,.ndjson,.json,.csv,.txt"
            onChange={(event: Event & { currentTarget: HTMLInputElement }) => {
              file.value = event.currentTarget.files?.[0];
              importing.forget();
            }}
          />
        </Field>
        <div class="actions">
          <button
            type="submit"
            aria-disabled={isBusy || undefined}
            disabled={chosen === undefined}
          >
            Import
          </button>
          {isBusy && (
            <button type="button" class="second" onClick={() => importing.stop()}>Stop</button>
          )}
        </div>
      </form>
      {isBusy && <TransferProgress label="Importing" bytes={bytes} total={total} />}
      <div role="status" class="imported">
        {isBusy && <p class="quiet">Importing; a long file takes its time.</p>}
        {found === "stopped" && (
          <p>Stopped. What was added before stays; importing the file again adds the rest.</p>
        )}
        {typeof found === "object" && importWords(found).map((line) => <p key={line}>{line}</p>)}
      </div>
      {typeof found === "object" && found.errors.length > 0 && (
        <ul class="import-errors">
          {found.errors.map(({ line, message }) => (
            <li key={line}>
              Line {line}: <ForeignText text={message} />
            </li>
          ))}
          {found.rejected > found.errors.length && (
            <li>and {found.rejected - found.errors.length} more</li>
          )}
        </ul>
      )}
      <Problem of={problem} doing="import all of it" />
    </Panel>
  );
}
