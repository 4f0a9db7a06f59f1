import type { PrivacyRule } from "../../../daemon/core/privacy.ts";
import { ForeignText } from "../../components/foreign_text.tsx";
import { clip, withoutControls } from "../../format.ts";
import { ACTION_WORDS, draftOf, ruleWords } from "./rules.ts";

interface PrivacyRuleRowProps {
  readonly rule: PrivacyRule;
  readonly index: number;
  readonly count: number;
  readonly isBusy: boolean;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
  readonly onMove: (by: 1 | -1) => void;
}

/** One privacy rule, with what can be done to it. */
export function PrivacyRuleRow(
  { rule, index, count, isBusy, onEdit, onDelete, onMove }: PrivacyRuleRowProps,
) {
  const { text } = draftOf(rule);
  const name = `rule ${index + 1}: ${ruleWords(rule)} ${withoutControls(clip(text, 80))}`;
  return (
    <div class="rule-row">
      <span class="rule-number quiet" aria-hidden="true">{index + 1}</span>
      <span class={`chip action-${rule.action}`}>{ACTION_WORDS[rule.action].name}</span>
      <span class="rule-what">
        <span class="quiet">{ruleWords(rule)}</span> <ForeignText class="rule-text" text={text} />
      </span>
      <span class="rule-actions">
        {count > 1 && (
          <>
            <MoveButton by={-1} name={name} isOff={index === 0} onMove={onMove} />
            <MoveButton by={1} name={name} isOff={index === count - 1} onMove={onMove} />
          </>
        )}
        <button type="button" class="plain rule-edit" aria-label={`Edit ${name}`} onClick={onEdit}>
          Edit
        </button>
        <button
          type="button"
          class="plain rule-delete"
          aria-label={`Delete ${name}`}
          disabled={isBusy}
          onClick={onDelete}
        >
          Delete
        </button>
      </span>
    </div>
  );
}

function MoveButton({ by, name, isOff, onMove }: {
  readonly by: 1 | -1;
  readonly name: string;
  readonly isOff: boolean;
  readonly onMove: (by: 1 | -1) => void;
}) {
  const way = by < 0 ? "up" : "down";
  return (
    <button
      type="button"
      class={`plain rule-move rule-${way}`}
      aria-label={`Move ${way} ${name}`}
      disabled={isOff}
      onClick={() => onMove(by)}
    >
      <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        <path d={by < 0 ? "M2 8l4-4 4 4" : "M2 4l4 4 4-4"} />
      </svg>
    </button>
  );
}
