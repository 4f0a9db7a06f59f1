import { useId } from "preact/hooks";
import type { LoopRule, WireLoopConfig, WireLoopEvidence } from "../settings_wire.ts";
import { type DraftProblems, STEPS, withRule, withStep } from "./draft.ts";
import { Evidence } from "./evidence.tsx";
import { RuleCondition } from "./rule_condition.tsx";
import { RULE_WORDS, STEP_WORDS } from "./words.ts";

interface RuleCardProps {
  readonly name: LoopRule;
  readonly config: WireLoopConfig;
  readonly problems: DraftProblems;
  readonly evidence: WireLoopEvidence | undefined;
  readonly onChange: (config: WireLoopConfig) => void;
}

/** One rule: on or off, when it speaks, what it may do, and how it stands. */
export function RuleCard({ name, config, problems, evidence, onChange }: RuleCardProps) {
  const id = useId();
  const { title, about } = RULE_WORDS[name];
  const rule = config.rules[name];
  const problem = problems[`rules.${name}.steps`];
  type Ticked = Event & { currentTarget: HTMLInputElement };
  return (
    <div class={rule.on ? "rule-card" : "rule-card is-off"} role="group" aria-labelledby={id}>
      <label class="check rule-title">
        <input
          type="checkbox"
          checked={rule.on}
          onChange={(event: Ticked) =>
            onChange(withRule(config, name, { on: event.currentTarget.checked }))}
        />
        <span id={id}>{title}</span>
      </label>
      <p class="quiet hint">{about}</p>
      <RuleCondition {...{ name, config, problems, onChange }} />
      <fieldset class="choices" aria-describedby={problem && `${id}-problem`}>
        <legend>Then</legend>
        {STEPS.map((step) => (
          <label key={step}>
            <input
              type="checkbox"
              checked={rule.steps[step]}
              onChange={(event: Ticked) =>
                onChange(withStep(config, name, step, event.currentTarget.checked))}
            />
            {STEP_WORDS[step]}
          </label>
        ))}
      </fieldset>
      {problem && <p id={`${id}-problem`} class="field-problem">{problem}</p>}
      {rule.on && config.on && evidence && <Evidence of={evidence} />}
    </div>
  );
}
