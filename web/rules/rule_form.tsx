import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Subject } from "../../daemon/core/types.ts";
import type { Api } from "../api.ts";
import { ClassChoice } from "../components/class_choice.tsx";
import { Problem } from "../components/problem.tsx";
import { CLASS_WORDS } from "../words.ts";
import { adding, removing, replacing, ruleKey } from "./change_rules.ts";
import { CategoryField } from "./category_field.tsx";
import { PatternFields } from "./pattern_fields.tsx";
import { PlaceChoice } from "./place_choice.tsx";
import { ProposalChips } from "./proposal_chips.tsx";
import { checkDraft, type RuleDraft } from "./rule_draft.ts";
import { PreviewSentence } from "./preview_sentence.tsx";
import { RulePreview } from "./rule_preview.tsx";
import { patternOf } from "./rule_shape.ts";
import { ruleName } from "./rule_words.ts";
import type { OwnRules } from "./use_rules.ts";
import { useTried } from "./use_tried.ts";
import { WindowNow } from "./window_now.tsx";
import type { Rule, WireVerdict } from "./wire.ts";

interface RuleFormProps {
  readonly api: Api;
  readonly own: OwnRules;
  readonly rules: readonly Rule[];
  /** The rule of yours that is changed; `undefined`: it is a new one. */
  readonly editing: { readonly index: number; readonly rule: Rule } | undefined;
  /** The window that it is made from, and how that is judged now. */
  readonly subject: Subject | undefined;
  readonly verdict: WireVerdict | undefined;
  readonly start: RuleDraft;
  readonly onClose: () => void;
}

/** What a rule is made of, and what it would change. */
export function RuleForm(props: RuleFormProps) {
  const { api, own, rules, editing, subject, verdict, start, onClose } = props;
  const draft = useSignal(start);
  const place = useSignal<"first" | "last">("first");
  const isSubmitted = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  // What is seen when a rule is changed: another window may move it meanwhile.
  const seen = useRef(editing).current;
  const checked = checkDraft(draft.value);
  const rule = "rule" in checked ? checked.rule : undefined;
  const next = rule && listWith(rules, rule, editing?.index, place.value);
  const tried = useTried(api, next?.rules);
  const twin = rule &&
    rules.findIndex((each, index) => index !== editing?.index && ruleKey(each) === ruleKey(rule));
  useEffect(() => {
    // Return saves from either: what is made from a window is right as it is, mostly.
    const first = subject ? "input[type=radio]:checked" : "[name=rule-text]";
    form.current?.querySelector<HTMLElement>(first)?.focus({ preventScroll: true });
  }, []);
  const change = (changes: Partial<RuleDraft>) => draft.value = { ...draft.value, ...changes };
  const wrong = "problem" in checked && (isSubmitted.value || draft.value.text.trim() !== "")
    ? checked
    : undefined;

  const save = async () => {
    isSubmitted.value = true;
    if (rule === undefined) {
      form.current?.querySelector<HTMLElement>(
        `[name=rule-${"field" in checked ? checked.field : "text"}]`,
      )
        ?.focus();
      return;
    }
    const name = ruleName(rule);
    const isMade = seen
      ? await own.change(replacing(seen.index, seen.rule, rule), `Saved: ${name}`)
      : await own.change(
        adding(rule, place.value),
        `Saved: ${name}, ${CLASS_WORDS[rule.class].toLowerCase()}`,
      );
    if (isMade) onClose();
  };
  const remove = async () => {
    const change = removing(seen!.index, seen!.rule);
    if (await own.change(change, `Deleted: ${ruleName(seen!.rule)}`)) onClose();
  };
  return (
    <form
      ref={form}
      class="rule-form"
      noValidate
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        save();
      }}
    >
      {subject && <WindowNow subject={subject} verdict={verdict} />}
      {subject && (
        <ProposalChips
          subject={subject}
          pattern={patternOf(draft.value)}
          onPick={change}
        />
      )}
      <PatternFields
        draft={draft.value}
        problem={wrong?.field === "text" ? wrong.problem : undefined}
        onChange={(next) => draft.value = next}
      />
      <div class="form-row">
        <ClassChoice value={draft.value.class} onChange={(cls) => change({ class: cls })} />
        <CategoryField
          rules={rules}
          value={draft.value.category}
          problem={wrong?.field === "category" ? wrong.problem : undefined}
          onChange={(category) => change({ category })}
        />
      </div>
      {!editing && rules.length > 0 && (
        <PlaceChoice
          value={place.value}
          onChange={(next) => place.value = next}
        />
      )}
      {twin !== undefined && twin >= 0 && (
        <p class="notice">You have this rule already: it is number {twin + 1}.</p>
      )}
      <RulePreview tried={tried} isRule={rule !== undefined} />
      <Problem of={own.changeProblem} doing="save the rule" />
      <div class="actions form-foot">
        <PreviewSentence tried={tried} rule={next?.index} isRule={rule !== undefined} />
        <button type="submit" aria-disabled={own.isBusy}>Save</button>
        <button type="button" class="second" onClick={onClose}>Cancel</button>
        {editing && (
          <button type="button" class="second danger at-end" onClick={remove}>Delete</button>
        )}
      </div>
    </form>
  );
}

/** The list as it would be, and where the rule stands in it. */
function listWith(
  rules: readonly Rule[],
  rule: Rule,
  edited: number | undefined,
  place: "first" | "last",
) {
  if (edited !== undefined) return { rules: rules.with(edited, rule), index: edited };
  return place === "first"
    ? { rules: [rule, ...rules], index: 0 }
    : { rules: [...rules, rule], index: rules.length };
}
