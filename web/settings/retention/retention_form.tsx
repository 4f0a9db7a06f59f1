import { useSignal } from "@preact/signals";
import type { Retention } from "../../../daemon/core/retention.ts";
import type { Api } from "../../api.ts";
import { Problem } from "../../components/problem.tsx";
import { useWrite } from "../../use_write.ts";
import { LimitField } from "./limit_field.tsx";
import {
  changedLimits,
  type Limit,
  LIMIT_NAMES,
  type LimitDraft,
  limitProblem,
  type RetentionDraft,
  retentionDraftOf,
  retentionOfDraft,
  tightenedLimits,
} from "./limits.ts";
import { TightenDialog } from "./tighten_dialog.tsx";

interface RetentionFormProps {
  readonly api: Api;
  /** As it is set. */
  readonly retention: Retention;
  readonly onSaved: () => void;
}

/** The limits; what lets something go sooner is asked about before it is saved. */
export function RetentionForm({ api, retention, onSaved }: RetentionFormProps) {
  /** Only what was touched: what is set elsewhere meanwhile shows in the rest. */
  const touched = useSignal<Partial<RetentionDraft>>({});
  const isAsking = useSignal(false);
  const write = useWrite();
  const draft: RetentionDraft = { ...retentionDraftOf(retention), ...touched.value };
  const wanted = retentionOfDraft(draft);
  const changed = wanted ? changedLimits(retention, wanted) : [];
  const set = (name: Limit, change: LimitDraft) =>
    touched.value = { ...touched.value, [name]: change };
  const save = async () => {
    if (wanted === undefined) return;
    const change = Object.fromEntries(changed.map((name) => [name, wanted[name]]));
    const done = await write.run(
      () => api.send<Retention>("PUT", "/retention", change),
      "Saved how long things are kept.",
    );
    if (done === undefined) return;
    isAsking.value = false;
    onSaved();
    touched.value = {};
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (wanted === undefined || changed.length === 0) return;
    if (tightenedLimits(retention, wanted).length > 0) isAsking.value = true;
    else save();
  };
  return (
    <form class="form retention-form" onSubmit={submit}>
      {LIMIT_NAMES.map((name) => (
        <LimitField
          key={name}
          name={name}
          draft={draft[name]}
          problem={limitProblem(name, draft[name])}
          onChange={(change) => set(name, change)}
        />
      ))}
      <div class="actions">
        <button
          type="submit"
          disabled={write.isBusy || wanted === undefined || changed.length === 0}
        >
          Save
        </button>
        {Object.keys(touched.value).length > 0 && (
          <button
            type="button"
            class="second"
            onClick={() => touched.value = {}}
          >
            As it was
          </button>
        )}
      </div>
      {!isAsking.value && <Problem of={write.problem} doing="save it" />}
      {isAsking.value && wanted !== undefined && (
        <TightenDialog
          api={api}
          before={retention}
          after={wanted}
          isBusy={write.isBusy}
          problem={write.problem}
          onSave={save}
          onClose={() => isAsking.value = false}
        />
      )}
    </form>
  );
}
