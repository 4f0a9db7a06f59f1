import { useId } from "preact/hooks";
import type { LoopRule, WireLoopConfig } from "../settings_wire.ts";
import { type DraftProblems, withRule } from "./draft.ts";
import { MinutesInput } from "./minutes_input.tsx";
import { RULE_WORDS } from "./words.ts";

interface RuleConditionProps {
  readonly name: LoopRule;
  readonly config: WireLoopConfig;
  readonly problems: DraftProblems;
  readonly onChange: (config: WireLoopConfig) => void;
}

/** When a rule speaks, as a sentence with its numbers to fill in. */
export function RuleCondition({ name, config, problems, onChange }: RuleConditionProps) {
  const id = useId();
  const problem = problems[`rules.${name}.minutes`];
  const ofProblem = problems[`rules.${name}.of_minutes`];
  const { title } = RULE_WORDS[name];
  const minutes = (
    <MinutesInput
      label={`${title}: minutes`}
      value={config.rules[name].minutes}
      problem={problem}
      problemId={`${id}-problem`}
      onChange={(minutes) => onChange(withRule(config, name, { minutes }))}
    />
  );
  const said = problem ?? ofProblem;
  return (
    <div>
      <p class="sentence">
        {name === "noise" && (
          <>
            Speak up after {minutes} of the last{" "}
            <MinutesInput
              label={`${title}: of the last minutes`}
              value={config.rules.noise.of_minutes}
              problem={ofProblem}
              problemId={`${id}-problem`}
              onChange={(of_minutes) => onChange(withRule(config, "noise", { of_minutes }))}
            />{" "}
            minutes.
          </>
        )}
        {name === "phone" && <>Speak up after {minutes} minutes on the phone.</>}
        {name === "unfocused" && <>Speak up after {minutes} minutes of looking away.</>}
        {name === "budget" && <>Speak up over {minutes} minutes a day.</>}
      </p>
      {said && <p id={`${id}-problem`} class="field-problem">Allowed: {said}</p>}
    </div>
  );
}
