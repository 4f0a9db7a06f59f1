import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Api } from "../../api.ts";
import { Field } from "../../components/field.tsx";
import { Panel } from "../../components/panel.tsx";
import { EraseDialog } from "./erase_dialog.tsx";
import { EraseTexts } from "./erase_texts.tsx";
import { EMPTY_WISH, type Way, WAYS, type WireWish, type WishDraft, wishOf } from "./wish.ts";

const WAY_WORDS: Readonly<Record<Way, string>> = {
  time: "A time",
  text: "An app, a title or an address",
  privacy: "What the privacy rules hide",
  all: "Everything",
};

const WAY_HINTS: Readonly<Record<Way, string>> = {
  time: "Whatever was recorded then: events, notes, screenshots, focus sessions.",
  text: "Every event that it was in front of. With more than one text, all have to fit.",
  privacy:
    "Titles that a rule drops or hashes are told so in the past as well; what a rule drops " +
    "as a whole goes.",
  all: "All that was recorded. Settings, rules, goals and paired phones stay.",
};

/** Where somebody says what is to be erased; what it comes to is shown before anything is. */
export function ErasePanel({ api }: { api: Api }) {
  const draft = useSignal<WishDraft>(EMPTY_WISH);
  const hasTried = useSignal(false);
  const asked = useSignal<WireWish | undefined>(undefined);
  const name = useId();
  const set = (change: Partial<WishDraft>) => draft.value = { ...draft.value, ...change };
  const now = draft.value;
  const wish = wishOf(now);
  const problem = "problem" in wish ? wish.problem : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    hasTried.value = true;
    if ("body" in wish) asked.value = wish.body;
  };
  const time = (field: "from" | "to", label: string) => (
    <Field label={label}>
      <input
        type="datetime-local"
        value={now[field]}
        onInput={(event: Event & { readonly currentTarget: HTMLInputElement }) =>
          set({ [field]: event.currentTarget.value })}
      />
    </Field>
  );
  return (
    <Panel heading="Erase what was recorded">
      <p class="quiet privacy-lead">
        For good: from the database, from every copy that ProdTracker made itself, and from what was
        made of it. You see what it comes to before anything is erased.
      </p>
      <form class="form" onSubmit={submit}>
        <fieldset class="choices">
          <legend>What</legend>
          {WAYS.map((way) => (
            <label key={way}>
              <input
                type="radio"
                name={name}
                value={way}
                checked={way === now.way}
                onChange={() => {
                  set({ way });
                  hasTried.value = false;
                }}
              />
              {WAY_WORDS[way]}
            </label>
          ))}
        </fieldset>
        <p class="quiet">{WAY_HINTS[now.way]}</p>
        {now.way === "text" && <EraseTexts draft={now} onChange={set} />}
        {now.way !== "all" && (
          <div class="form-row">
            {time("from", now.way === "time" ? "From" : "From (or all time)")}
            {time("to", now.way === "time" ? "To" : "To (or now)")}
          </div>
        )}
        <p class="field-problem" role="alert">{hasTried.value ? problem : undefined}</p>
        <div class="actions">
          <button type="submit" class="second">See what would go…</button>
        </div>
      </form>
      <EraseDialog
        api={api}
        title={now.way === "all" ? "Erase everything that was recorded" : "Erase for good"}
        wish={asked.value}
        onClose={() => asked.value = undefined}
      />
    </Panel>
  );
}
