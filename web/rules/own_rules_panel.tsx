import { useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import type { Api } from "../api.ts";
import { Empty } from "../components/empty.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { LOCALE } from "../format.ts";
import { query, setQuery } from "../router.ts";
import { moving, removing } from "./change_rules.ts";
import { OwnRuleRow } from "./own_rule_row.tsx";
import { NO_DRAFT, sourceOf } from "./rule_draft.ts";
import { ruleName } from "./rule_words.ts";
import { RulesFiles } from "./rules_files.tsx";
import { useReorder } from "./use_reorder.ts";
import type { OwnRules } from "./use_rules.ts";
import { useTried } from "./use_tried.ts";

const SHOWN = 100;
const HELP = "rules-order-help";

/** Your rules in their order, with what each decides. */
export function OwnRulesPanel({ api, own }: { api: Api; own: OwnRules }) {
  const limit = useSignal(SHOWN);
  const rules = own.rules ?? [];
  const shown = useMemo(() => rules.slice(0, limit.value), [own.rules, limit.value]);
  const tried = useTried(api, rules.length > 0 ? rules : undefined, { isLive: true });
  const uses = tried.isReading ? undefined : tried.data?.uses;
  const newRule = useRef<HTMLButtonElement>(null);
  const move = (from: number, to: number) => {
    const said = `Moved to place ${to + 1} of ${rules.length}: ${ruleName(rules[from])}`;
    return own.change(moving(from, to, rules[from]), said);
  };
  const reorder = useReorder({
    items: shown,
    nameOf: (index) => ruleName(rules[index]),
    onMove: move,
  });
  const remove = async (index: number) => {
    const rule = rules[index];
    reorder.focusLater(index, ".rule-delete");
    await own.change(removing(index, rule), `Deleted: ${ruleName(rule)}`);
    if (document.activeElement === document.body) newRule.current?.focus();
  };
  const isWriting = sourceOf(query.value) !== undefined;
  return (
    <Panel
      heading="Your rules"
      class="own-rules"
      aside={
        <div class="actions">
          <button
            ref={newRule}
            type="button"
            aria-haspopup="dialog"
            onClick={() => setQuery({ ...NO_DRAFT, new: "1" })}
          >
            New rule
          </button>
          <RulesFiles api={api} own={own} />
        </div>
      }
    >
      <Problem of={own.problem} doing="read your rules" again={own.again} />
      {!isWriting && <Problem of={own.changeProblem} doing="change your rules" again={own.again} />}
      {own.rules?.length === 0 && (
        <Empty heading="You have no rules of your own">
          The rules that come with the program judge what you use. Yours come before them: make one
          from a title in the list of what no rule knows, or start a new one.
        </Empty>
      )}
      {shown.length > 0 && (
        <>
          <p class="quiet">
            The first that fits counts. What fits none of them is judged by the rules that come with
            the program.
          </p>
          <p id={HELP} class="only-heard">
            Drag to move, or press Space, the arrow keys, and Space again.
          </p>
          <p class="only-heard" role="status">{reorder.spoken}</p>
          <ol ref={reorder.list} class={`own-rule-rows ${reorder.held ? "is-moving" : ""}`}>
            {shown.map((rule, index) => (
              <OwnRuleRow
                key={index}
                rule={rule}
                index={index}
                count={rules.length}
                use={uses?.[index]}
                handle={reorder.handle(index)}
                helpId={HELP}
                shiftPx={reorder.held?.shifts[index] ?? 0}
                isHeld={reorder.held?.from === index}
                onMove={(to) => {
                  reorder.focusLater(to, to < index ? ".rule-up" : ".rule-down");
                  move(index, to);
                }}
                onEdit={() => setQuery({ ...NO_DRAFT, edit: String(index + 1) })}
                onDelete={() => remove(index)}
              />
            ))}
          </ol>
          {rules.length > shown.length && (
            <button
              type="button"
              class="second"
              onClick={() => limit.value += SHOWN}
            >
              Show more of {rules.length.toLocaleString(LOCALE)}
            </button>
          )}
        </>
      )}
    </Panel>
  );
}
