import type { WireLoopConfig } from "../settings_wire.ts";
import type { DraftProblems, Pace } from "./draft.ts";
import { PaceField } from "./pace_field.tsx";

const FIELDS: readonly {
  readonly name: Pace;
  readonly label: string;
  readonly hint: string;
}[] = [
  {
    name: "stronger_after_minutes",
    label: "Stronger nudge after",
    hint: "from the nudge, if it goes on",
  },
  {
    name: "block_after_minutes",
    label: "Block after",
    hint: "from the last nudge, where a rule blocks",
  },
  {
    name: "again_after_minutes",
    label: "Repeat after",
    hint: "from the last nudge, if it goes on; 0: never",
  },
  { name: "cooldown_minutes", label: "Least time between two", hint: "whatever the rules say" },
  { name: "clear_minutes", label: "Over after", hint: "so long without it" },
  { name: "snooze_minutes", label: "“More time” means", hint: "on a nudge" },
];

interface PaceFieldsProps {
  readonly config: WireLoopConfig;
  readonly problems: DraftProblems;
  readonly onChange: (config: WireLoopConfig) => void;
}

/** The times between the steps. */
export function PaceFields({ config, problems, onChange }: PaceFieldsProps) {
  return (
    <div class="pace">
      {FIELDS.map(({ name, label, hint }) => (
        <PaceField
          key={name}
          {...{ label, hint }}
          value={config[name]}
          problem={problems[name]}
          onChange={(minutes) => onChange({ ...config, [name]: minutes })}
        />
      ))}
    </div>
  );
}
