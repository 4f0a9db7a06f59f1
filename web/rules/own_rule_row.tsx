import { ClassMark } from "../components/class_mark.tsx";
import { ForeignText } from "../components/foreign_text.tsx";
import { formatDuration } from "../format.ts";
import { MoveGlyph } from "./move_glyph.tsx";
import { shapeOf } from "./rule_shape.ts";
import { counted, leadOf, ruleName } from "./rule_words.ts";
import type { Reorder } from "./use_reorder.ts";
import type { Rule, WireRulesPreview } from "./wire.ts";

interface OwnRuleRowProps {
  readonly rule: Rule;
  readonly index: number;
  readonly count: number;
  /** What it decides; `undefined`: not known yet. */
  readonly use: WireRulesPreview["uses"][number] | undefined;
  readonly handle: ReturnType<Reorder["handle"]>;
  /** What says how it is moved. */
  readonly helpId: string;
  /** How far from its place it is shown. */
  readonly shiftPx: number;
  readonly isHeld: boolean;
  readonly onMove: (to: number) => void;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

/** One of your rules: what it says, what it decides, and what can be done with it. */
export function OwnRuleRow(props: OwnRuleRowProps) {
  const { rule, index, count, use, handle, helpId, shiftPx, isHeld } = props;
  const shape = shapeOf(rule);
  const name = `rule ${index + 1}: ${ruleName(rule)}`;
  return (
    <li
      class={`own-rule ${isHeld ? "is-held" : ""}`}
      style={{ transform: shiftPx === 0 ? undefined : `translateY(${shiftPx}px)` }}
    >
      <button
        type="button"
        class="rule-handle"
        aria-label={`Move ${name}`}
        aria-describedby={helpId}
        aria-pressed={isHeld}
        {...handle}
      >
        <MoveGlyph kind="grip" />
        <span class="rule-number">{index + 1}</span>
      </button>
      <div class="own-rule-what">
        <p>
          <span class="quiet">{leadOf(shape)}</span>{" "}
          <ForeignText
            text={shape.text}
            class={shape.how === "pattern" ? "rule-pattern" : "rule-text"}
          />
        </p>
        <p class="own-rule-facts">
          <ClassMark kind={rule.class} />
          {rule.category && (
            <span class="chip">
              <ForeignText text={rule.category} />
            </span>
          )}
          {use && (
            <span class="quiet">
              {use.subjects === 0
                ? "decides nothing so far"
                : `${formatDuration(use.seconds)}, ${counted(use.subjects, "window")}`}
            </span>
          )}
        </p>
      </div>
      <div class="own-rule-actions">
        <button
          type="button"
          class="second step rule-up"
          aria-label={`Move up ${name}`}
          disabled={index === 0}
          onClick={() => props.onMove(index - 1)}
        >
          <MoveGlyph kind="up" />
        </button>
        <button
          type="button"
          class="second step rule-down"
          aria-label={`Move down ${name}`}
          disabled={index === count - 1}
          onClick={() => props.onMove(index + 1)}
        >
          <MoveGlyph kind="down" />
        </button>
        <button
          type="button"
          class="plain"
          aria-label={`Edit ${name}`}
          aria-haspopup="dialog"
          onClick={props.onEdit}
        >
          Edit
        </button>
        <button
          type="button"
          class="plain rule-delete"
          aria-label={`Delete ${name}`}
          onClick={props.onDelete}
        >
          Delete
        </button>
      </div>
    </li>
  );
}
