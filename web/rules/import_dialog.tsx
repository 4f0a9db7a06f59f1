import { useSignal } from "@preact/signals";
import type { Api } from "../api.ts";
import { Dialog } from "../components/dialog.tsx";
import { Problem } from "../components/problem.tsx";
import { LOCALE } from "../format.ts";
import { addingAll, newOf } from "./change_rules.ts";
import { PreviewSentence } from "./preview_sentence.tsx";
import { RulePreview } from "./rule_preview.tsx";
import { counted } from "./rule_words.ts";
import type { OwnRules } from "./use_rules.ts";
import { useTried } from "./use_tried.ts";
import type { Rule } from "./wire.ts";

interface ImportDialogProps {
  readonly api: Api;
  readonly own: OwnRules;
  readonly rules: readonly Rule[];
  /** What the file has. */
  readonly more: readonly Rule[];
  readonly onClose: () => void;
}

/** What becomes of a file's rules, and what they would change. */
export function ImportDialog({ api, own, rules, more, onClose }: ImportDialogProps) {
  const how = useSignal<"add" | "replace">("add");
  const fresh = newOf(rules, more);
  const change = how.value === "add" ? addingAll(more) : () => more;
  const tried = useTried(api, change(rules));
  const close = () => {
    own.clear();
    onClose();
  };
  const save = async () => {
    const said = how.value === "add"
      ? `Imported ${counted(fresh.length, "rule")}`
      : `Your rules were replaced by ${counted(more.length, "rule")}`;
    if (await own.change(change, said)) onClose();
  };
  return (
    <Dialog title="Import rules" class="rule-dialog" isOpen onClose={close}>
      <form
        class="rule-form"
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          save();
        }}
      >
        <p>
          The file has {counted(more.length, "rule")}, {fresh.length.toLocaleString(LOCALE)}{" "}
          of them new.
        </p>
        <fieldset class="choices is-stacked">
          <legend>What to do with them</legend>
          <label>
            <input
              type="radio"
              name="import-how"
              checked={how.value === "add"}
              onChange={() => how.value = "add"}
            />
            Add the new ones after yours
          </label>
          <label>
            <input
              type="radio"
              name="import-how"
              checked={how.value === "replace"}
              onChange={() => how.value = "replace"}
            />
            Replace yours: {counted(rules.length, "rule")} would be gone
          </label>
        </fieldset>
        <RulePreview tried={tried} isRule />
        <Problem of={own.changeProblem} doing="import the rules" />
        <div class="actions form-foot">
          <PreviewSentence tried={tried} rule={undefined} isRule />
          <button
            type="submit"
            disabled={own.isBusy || (how.value === "add" && fresh.length === 0)}
          >
            Import
          </button>
          <button type="button" class="second" onClick={close}>Cancel</button>
        </div>
      </form>
    </Dialog>
  );
}
