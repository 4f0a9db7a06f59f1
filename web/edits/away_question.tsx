import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { WireAway } from "../../daemon/api/edits_wire.ts";
import type { ActivityClass } from "../../daemon/core/types.ts";
import type { Api } from "../api.ts";
import { ClassChoice } from "../components/class_choice.tsx";
import { Problem } from "../components/problem.tsx";
import { formatDuration } from "../format.ts";
import { useWrite } from "../use_write.ts";
import { changes, type Edited, saidOf } from "./changes.ts";
import { rangeWords } from "./edit_words.ts";

interface AwayQuestionProps {
  readonly api: Api;
  readonly away: WireAway;
}

/** One time away, answered where it stands. */
export function AwayQuestion({ api, away }: AwayQuestionProps) {
  const title = useSignal("");
  const kind = useSignal<ActivityClass | undefined>(undefined);
  const isChecked = useSignal(false);
  const write = useWrite();
  const id = useId();
  const { from, to } = away;
  const when = rangeWords(from, to);
  const answer = (event: Event) => {
    event.preventDefault();
    isChecked.value = true;
    if (title.value.trim() === "" || kind.value === undefined) return;
    const body = { from, to, title: title.value.trim(), class: kind.value };
    write.run(() => api.send<Edited>("POST", "/edits/entries", body), saidOf(api));
  };
  const dismiss = () =>
    write.run(() => api.send("POST", "/edits/away/dismiss", { from, to }), () => {
      changes.value++;
      return "You will not be asked about it again";
    });
  const isNameless = isChecked.value && title.value.trim() === "";
  const isUnclassed = isChecked.value && kind.value === undefined;
  return (
    <li>
      <form class="away-form" noValidate onSubmit={answer}>
        <p class="away-when">
          <strong>{when}</strong> <span class="quiet">{formatDuration(away.seconds)}</span>
        </p>
        <div class="field">
          <label for={id} class="only-heard">What you did from {when}</label>
          <input
            id={id}
            type="text"
            maxLength={1000}
            autocomplete="off"
            placeholder="Lunch, a call, a meeting…"
            value={title.value}
            aria-invalid={isNameless || undefined}
            aria-describedby={isNameless ? `${id}-problem` : undefined}
            onInput={(event) => title.value = event.currentTarget.value}
          />
          {isNameless && (
            <p id={`${id}-problem`} class="field-problem" role="alert">Say where you were.</p>
          )}
        </div>
        <div>
          <ClassChoice value={kind.value} onChange={(next) => kind.value = next} />
          {isUnclassed && <p class="field-problem" role="alert">Choose what it counts as.</p>}
        </div>
        <div class="actions">
          <button type="submit" aria-disabled={write.isBusy || undefined}>Save</button>
          <button
            type="button"
            class="plain"
            aria-disabled={write.isBusy || undefined}
            onClick={dismiss}
          >
            Do not ask again
          </button>
        </div>
        <Problem of={write.problem} doing="save that" />
      </form>
    </li>
  );
}
