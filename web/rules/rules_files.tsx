import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Api } from "../api.ts";
import { Problem } from "../components/problem.tsx";
import { saveFile } from "../save_file.ts";
import { say } from "../saying.ts";
import { ImportDialog } from "./import_dialog.tsx";
import { counted } from "./rule_words.ts";
import { MAX_FILE_BYTES, readRules, rulesFileName, rulesText } from "./rules_file.ts";
import type { OwnRules } from "./use_rules.ts";
import type { Rule } from "./wire.ts";

/** Your rules to a file, and a file to your rules. */
export function RulesFiles({ api, own }: { api: Api; own: OwnRules }) {
  const chosen = useSignal<readonly Rule[] | undefined>(undefined);
  const problem = useSignal<Error | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    problem.value = undefined;
    try {
      if (file.size > MAX_FILE_BYTES) {
        throw new RangeError("It is larger than 8 MB, which no list of rules is");
      }
      chosen.value = readRules(await file.text());
    } catch (error) {
      problem.value = new Error((error as Error).message, { cause: error });
    }
  };
  const rules = own.rules ?? [];
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        class="only-heard"
        tabIndex={-1}
        aria-label="File of rules"
        onChange={(event: Event & { currentTarget: HTMLInputElement }) => {
          const { currentTarget } = event;
          read(currentTarget.files?.[0]).finally(() => currentTarget.value = "");
        }}
      />
      <button type="button" class="second" onClick={() => input.current?.click()}>Import</button>
      <button
        type="button"
        class="second"
        disabled={rules.length === 0}
        onClick={() => {
          const date = new Date().toLocaleDateString("sv");
          saveFile(new Blob([rulesText(rules)], { type: "application/json" }), rulesFileName(date));
          say(`Exported ${counted(rules.length, "rule")}`);
        }}
      >
        Export
      </button>
      <Problem of={problem.value} doing="read the file" />
      {chosen.value && own.rules && (
        <ImportDialog
          api={api}
          own={own}
          rules={own.rules}
          more={chosen.value}
          onClose={() => chosen.value = undefined}
        />
      )}
    </>
  );
}
