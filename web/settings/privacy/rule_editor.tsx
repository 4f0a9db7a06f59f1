import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { PRIVACY_ACTIONS, type PrivacyRule } from "../../../daemon/core/privacy.ts";
import { type Api, ApiError } from "../../api.ts";
import { Field } from "../../components/field.tsx";
import { Problem } from "../../components/problem.tsx";
import { PrivacyPreview } from "./preview.tsx";
import {
  ACTION_WORDS,
  draftOf,
  EMPTY_DRAFT,
  type How,
  HOW_WORDS,
  MATCH_WORDS,
  problemOf,
  type RuleDraft,
  ruleOf,
} from "./rules.ts";
import type { WirePrivacyPreview } from "../privacy_wire.ts";
import { usePosted } from "../use_posted.ts";

interface PrivacyRuleEditorProps {
  readonly api: Api;
  /** The one that is changed; `undefined`: a new one. */
  readonly rule: PrivacyRule | undefined;
  readonly isBusy: boolean;
  /** Why it could not be saved. */
  readonly problem: Error | undefined;
  /** What it comes to while it is written; `undefined` while it cannot be used. */
  readonly onTry: (rule: PrivacyRule | undefined) => void;
  readonly onSave: (rule: PrivacyRule) => void;
  readonly onCancel: () => void;
}

type Change<T extends HTMLElement> = Event & { readonly currentTarget: T };

/** Where a privacy rule is written, with what it would change of what was recorded. */
export function PrivacyRuleEditor(
  { api, rule, isBusy, problem, onTry, onSave, onCancel }: PrivacyRuleEditorProps,
) {
  const draft = useSignal<RuleDraft>(rule ? draftOf(rule) : EMPTY_DRAFT);
  const hasTried = useSignal(false);
  const text = useRef<HTMLInputElement>(null);
  const name = useId();
  useEffect(() => text.current?.focus(), []);
  const { match, how, action } = draft.value;
  const wrong = problemOf(draft.value);
  const made = wrong === undefined ? ruleOf(draft.value) : undefined;
  const preview = usePosted<WirePrivacyPreview>(
    api,
    "/privacy/preview",
    made && { rules: [made] },
    { waitMs: 400 },
  );
  const refused = refusalOf(preview.problem) ?? refusalOf(problem);
  const set = (change: Partial<RuleDraft>) => draft.value = { ...draft.value, ...change };
  // A pattern that the daemon refuses is nothing to test by.
  const tried = JSON.stringify(refused === undefined && !preview.isReading ? made ?? null : null);
  useEffect(() => onTry(JSON.parse(tried) ?? undefined), [tried]);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    hasTried.value = true;
    if (made === undefined) return text.current?.focus();
    onSave(made);
  };
  return (
    <form
      class="form rule-editor"
      aria-label={rule ? "Change the privacy rule" : "New privacy rule"}
      onSubmit={submit}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <div class="rule-condition">
        <Field label="Of">
          <select
            value={match}
            onChange={(event: Change<HTMLSelectElement>) =>
              set({ match: event.currentTarget.value as PrivacyRule["match"] })}
          >
            {Object.entries(MATCH_WORDS).map(([value, words]) => (
              <option key={value} value={value}>{words}</option>
            ))}
          </select>
        </Field>
        <Field label="How">
          <select
            value={how}
            onChange={(event: Change<HTMLSelectElement>) =>
              set({ how: event.currentTarget.value as How })}
          >
            {Object.entries(HOW_WORDS).map(([value, words]) => (
              <option key={value} value={value}>{words}</option>
            ))}
          </select>
        </Field>
        <Field
          label={how === "regex" ? "Pattern" : "Text"}
          class="rule-text-field"
          hint={HINTS[how]}
          problem={refused ?? (hasTried.value ? wrong : undefined)}
        >
          <input
            ref={text}
            type="text"
            value={draft.value.text}
            spellcheck={false}
            autocomplete="off"
            onInput={(event: Change<HTMLInputElement>) => set({ text: event.currentTarget.value })}
          />
        </Field>
      </div>
      <fieldset class="action-choice">
        <legend>What is done</legend>
        {PRIVACY_ACTIONS.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name={name}
              value={each}
              checked={each === action}
              onChange={() => set({ action: each })}
            />
            <span>
              <strong>{ACTION_WORDS[each].name}</strong>{" "}
              <span class="quiet">{ACTION_WORDS[each].known}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <PrivacyPreview
        preview={preview.data}
        isReading={preview.isReading}
        subject="this rule"
        shown={5}
      />
      {refused === undefined && (
        <Problem of={preview.problem} doing="look at what it would change" />
      )}
      <div class="actions">
        <button type="submit" disabled={isBusy}>Save</button>
        <button type="button" class="second" onClick={onCancel}>Cancel</button>
      </div>
      {refused === undefined && <Problem of={problem} doing="save the rule" />}
    </form>
  );
}

const HINTS: Readonly<Record<How, string>> = {
  exact: "The whole text, in any case.",
  contains: "Anywhere in it, in any case.",
  regex: "A regular expression (RE2), found anywhere, in any case: bank|doctor",
};

/** What the daemon has against the text itself, without what the form says anyway. */
function refusalOf(error: Error | undefined): string | undefined {
  if (!(error instanceof ApiError) || ![400, 422].includes(error.status)) return undefined;
  const words = error.message.replace(/^Cannot use privacy rule \d+: /, "");
  return `It cannot be used: ${words}${/[.!?]$/.test(words) ? "" : "."}`;
}
