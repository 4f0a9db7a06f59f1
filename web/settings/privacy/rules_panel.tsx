import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { PrivacyRule } from "../../../daemon/core/privacy.ts";
import type { Api } from "../../api.ts";
import { Empty } from "../../components/empty.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { useWrite } from "../../use_write.ts";
import { changeRules, type SeenRule } from "./change.ts";
import { PrivacyRuleEditor } from "./rule_editor.tsx";
import { PrivacyRuleRow } from "./rule_row.tsx";
import { withRule } from "./rules.ts";

interface PrivacyRulesProps {
  readonly api: Api;
  readonly rules: readonly PrivacyRule[];
  readonly onChanged: () => void;
  /** The rules with the one that is being written; `undefined` once none is. */
  readonly onTry: (rules: readonly PrivacyRule[] | undefined) => void;
}

/** The list of privacy rules, and where one is written. */
export function PrivacyRules({ api, rules, onChanged, onTry }: PrivacyRulesProps) {
  const edited = useSignal<SeenRule | "new" | undefined>(undefined);
  const write = useWrite();
  const addButton = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const wanted = useRef<string>(undefined);

  // What had the focus may be gone with what was done: it goes to what stands for it now.
  useEffect(() => {
    const selector = wanted.current;
    if (selector === undefined) return;
    wanted.current = undefined;
    const found = list.current?.querySelector<HTMLElement>(selector);
    (found ?? addButton.current)?.focus();
  });

  const close = (index: number | undefined) => {
    edited.value = undefined;
    onTry(undefined);
    wanted.current = index === undefined ? "none" : `[data-rule="${index}"] .rule-edit`;
  };
  const change = async (...args: Parameters<typeof write.run<PrivacyRule[]>>) => {
    const done = await write.run(...args);
    // Also when it failed: then the list is not what this page thinks it is.
    onChanged();
    return done;
  };
  const remove = async (seen: SeenRule) => {
    wanted.current = `[data-rule="${Math.min(seen.index, rules.length - 2)}"] .rule-delete`;
    const { rule, index } = seen;
    await change(() => changeRules(api, { kind: "remove", seen }), () => ({
      text: "Deleted the privacy rule.",
      action: {
        label: "Undo",
        run: () =>
          void change(() => changeRules(api, { kind: "add", rule, index }), "The rule is back."),
      },
    }));
  };
  const move = async (seen: SeenRule, by: 1 | -1) => {
    const to = seen.index + by;
    await change(
      () => changeRules(api, { kind: "move", seen, by }),
      `Moved to ${to + 1} of ${rules.length}.`,
    );
    // The end of the list has no button to go further on.
    const kind = to === 0 ? "down" : to === rules.length - 1 ? "up" : by < 0 ? "up" : "down";
    wanted.current = `[data-rule="${to}"] .rule-${kind}`;
  };
  const save = async (rule: PrivacyRule, seen: SeenRule | undefined) => {
    const done = await write.run(
      () => changeRules(api, seen ? { kind: "replace", seen, rule } : { kind: "add", rule }),
      "Saved: what the rule hides is not recorded from now on.",
    );
    if (done === undefined) return;
    close(seen?.index);
    onChanged();
  };
  const editor = (seen: SeenRule | undefined) => (
    <PrivacyRuleEditor
      api={api}
      rule={seen?.rule}
      isBusy={write.isBusy}
      problem={write.problem}
      onTry={(rule) => onTry(rule && withRule(rules, rule, seen?.index))}
      onSave={(rule) => save(rule, seen)}
      onCancel={() => {
        write.clear();
        close(seen?.index);
      }}
    />
  );
  const now = edited.value;
  return (
    <Panel
      heading="Privacy rules"
      aside={now === undefined && (
        <button
          ref={addButton}
          type="button"
          class="second"
          onClick={() => {
            write.clear();
            edited.value = "new";
          }}
        >
          Add a rule
        </button>
      )}
    >
      <p class="quiet privacy-lead">
        They are applied before anything is stored, shown or sent. Of all that match, the strictest
        counts, so their order changes nothing. Private windows of browsers that can be told are
        known by their app alone, without any rule.
      </p>
      {now === "new" && editor(undefined)}
      {rules.length === 0 && now === undefined && (
        <Empty heading="No privacy rules">
          Titles are recorded as your programs show them. Add a rule for what nobody should know: a
          password manager, a bank, a chat.
        </Empty>
      )}
      <ol class="rule-list" ref={list} aria-label="Your privacy rules">
        {rules.map((rule, index) => (
          <li key={index} data-rule={index}>
            {now !== undefined && now !== "new" && now.index === index
              ? editor(now)
              : (
                <PrivacyRuleRow
                  rule={rule}
                  index={index}
                  count={rules.length}
                  isBusy={write.isBusy}
                  onEdit={() => {
                    write.clear();
                    edited.value = { rule, index };
                  }}
                  onDelete={() => remove({ rule, index })}
                  onMove={(by) => move({ rule, index }, by)}
                />
              )}
          </li>
        ))}
      </ol>
      {now === undefined && <Problem of={write.problem} doing="change the rules" />}
    </Panel>
  );
}
