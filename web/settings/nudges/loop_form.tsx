import { signal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { useWrite } from "../../use_write.ts";
import type { WireLoop, WireLoopConfig } from "../settings_wire.ts";
import { BlockFields } from "./block_fields.tsx";
import { isSame, problemsOf, RULES } from "./draft.ts";
import { PaceFields } from "./pace_fields.tsx";
import { QuietFields } from "./quiet_fields.tsx";
import { RuleCard } from "./rule_card.tsx";
import { SaveBar } from "./save_bar.tsx";

interface Draft {
  readonly config: WireLoopConfig;
  /** What was stored when it was begun. */
  readonly base: WireLoopConfig;
}

/** What was changed and not saved yet; it outlives a look at another section. */
const draft = signal<Draft | undefined>(undefined);

interface LoopFormProps {
  readonly api: Api;
  readonly loop: WireLoop;
  /** Told what is stored now. */
  readonly onSaved: () => void;
}

/** All that the loop is set to; nothing of it holds before it is saved. */
export function LoopForm({ api, loop, onSaved }: LoopFormProps) {
  const write = useWrite();
  const config = draft.value?.config ?? loop.config;
  const base = draft.value?.base ?? loop.config;
  const problems = problemsOf(config);
  const isChanged = !isSame(config, loop.config);
  const onChange = (config: WireLoopConfig) => draft.value = { config, base };
  const common = { config, problems, onChange };
  const save = () => {
    if (!isChanged || Object.keys(problems).length > 0) return;
    write.run(
      async () => {
        const stored = await api.send<WireLoop>("PUT", "/loop", config);
        onSaved();
        // What was changed while it was sent is still to be saved.
        const later = draft.peek();
        draft.value = later && !isSame(later.config, config)
          ? { config: later.config, base: stored.config }
          : undefined;
      },
      "Saved how you are nudged",
    );
  };
  return (
    <form
      class="page loop-form"
      onSubmit={(event: Event) => {
        event.preventDefault();
        save();
      }}
    >
      <Panel
        heading="When you are nudged"
        aside={
          <label class="check">
            <input
              type="checkbox"
              checked={config.on}
              onChange={(event: Event & { currentTarget: HTMLInputElement }) =>
                onChange({ ...config, on: event.currentTarget.checked })}
            />
            Nudge me
          </label>
        }
      >
        <div class={config.on ? "rule-cards" : "rule-cards is-off"}>
          {RULES.map((name) => (
            <RuleCard
              key={name}
              {...{ name, ...common }}
              evidence={loop.evidence.rules.find(({ rule }) => rule === name)}
            />
          ))}
        </div>
      </Panel>
      <Panel heading="What a block is">
        <BlockFields api={api} {...common} />
      </Panel>
      <Panel heading="When nothing is said">
        <QuietFields {...common} />
      </Panel>
      <Panel heading="How it goes on">
        <PaceFields {...common} />
      </Panel>
      <Problem of={write.problem} doing="save" again={save} />
      {isChanged && (
        <SaveBar
          isBusy={write.isBusy}
          problems={Object.keys(problems).length}
          isChangedElsewhere={!isSame(base, loop.config)}
          onDiscard={() => {
            draft.value = undefined;
            write.clear();
          }}
        />
      )}
    </form>
  );
}
