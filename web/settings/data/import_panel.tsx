import { useSignal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { Field } from "../../components/field.tsx";
import { ForeignText } from "../../components/foreign_text.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { useWrite } from "../../use_write.ts";
import { formatBytes } from "../moments.ts";
import type { WireImported } from "../settings_wire.ts";
import { formatOf, importWords } from "./transfer.ts";

/** Events of a file, added to those that are there. */
export function ImportPanel({ api }: { api: Api }) {
  const file = useSignal<File | undefined>(undefined);
  const stop = useSignal<AbortController | undefined>(undefined);
  const result = useSignal<WireImported | "stopped" | undefined>(undefined);
  const write = useWrite();
  const chosen = file.value;
  const add = (chosen: File) => {
    if (write.isBusy) return;
    const stopping = stop.value = new AbortController();
    result.value = undefined;
    const path = `/import?format=${formatOf(chosen.name)}`;
    write.run(async () => {
      try {
        const reply = await api.upload<WireImported>(path, chosen, { signal: stopping.signal });
        result.value = reply;
        return `Imported: ${reply.added.toLocaleString()} events added`;
      } catch (error) {
        if (!stopping.signal.aborted) throw error;
        result.value = "stopped";
        return "Stopped: what was added before stays";
      } finally {
        stop.value = undefined;
      }
    }, (said) => said);
  };
  const found = result.value;
  return (
    <Panel heading="Import" isBusy={write.isBusy}>
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
              result.value = undefined;
              write.clear();
            }}
          />
        </Field>
        <div class="actions">
          <button
            type="submit"
            aria-disabled={write.isBusy || undefined}
            disabled={chosen === undefined}
          >
            Import
          </button>
          {stop.value && (
            <button type="button" class="second" onClick={() => stop.value?.abort()}>Stop</button>
          )}
        </div>
      </form>
      <div role="status" class="imported">
        {write.isBusy && <p class="quiet">Importing; a long file takes its time.</p>}
        {found === "stopped" && (
          <p>Stopped. What was added before stays; importing the file again adds the rest.</p>
        )}
        {typeof found === "object" && importWords(found).map((line) => <p key={line}>{line}</p>)}
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
      </div>
      <Problem of={write.problem} doing="import all of it" />
    </Panel>
  );
}
