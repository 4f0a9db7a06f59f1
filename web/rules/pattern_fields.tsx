import { Field } from "../components/field.tsx";
import { looking, type RuleDraft } from "./rule_draft.ts";
import { type How, HOWS_OF } from "./rule_shape.ts";
import { HOW_WORDS, MATCH_WORDS } from "./rule_words.ts";
import type { Rule } from "./wire.ts";

interface PatternFieldsProps {
  readonly draft: RuleDraft;
  readonly problem: string | undefined;
  readonly onChange: (draft: RuleDraft) => void;
}

type ChangeEvent = Event & { currentTarget: HTMLInputElement | HTMLSelectElement };

const HINTS: Readonly<Partial<Record<How, string>>> = {
  site: "The site's name, such as github.com; what is below it counts too",
  ends: "The last part of a title, where pages write the name of their site",
  pattern: "A regular expression (RE2); capitals and small letters are the same",
};
const MATCHES: readonly Rule["match"][] = ["title", "app", "url"];

/** What a rule looks at, how, and for which words. */
export function PatternFields({ draft, problem, onChange }: PatternFieldsProps) {
  return (
    <div class="pattern-fields">
      <Field label="Look at">
        <select
          value={draft.match}
          onChange={(event: ChangeEvent) =>
            onChange(looking(draft, event.currentTarget.value as Rule["match"]))}
        >
          {MATCHES.map((match) => <option key={match} value={match}>{MATCH_WORDS[match]}</option>)}
        </select>
      </Field>
      <Field label="Which">
        <select
          value={draft.how}
          onChange={(event: ChangeEvent) =>
            onChange({ ...draft, how: event.currentTarget.value as How })}
        >
          {HOWS_OF[draft.match].map((how) => <option key={how} value={how}>{HOW_WORDS[how]}
          </option>)}
        </select>
      </Field>
      <Field label="Words" class="pattern-text" hint={HINTS[draft.how]} problem={problem}>
        <input
          name="rule-text"
          value={draft.text}
          autoComplete="off"
          autoCapitalize="off"
          spellcheck={false}
          onInput={(event: ChangeEvent) => onChange({ ...draft, text: event.currentTarget.value })}
        />
      </Field>
    </div>
  );
}
