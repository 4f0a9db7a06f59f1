import type { Subject } from "../../daemon/core/types.ts";
import { ForeignText } from "../components/foreign_text.tsx";
import { proposals, tellingWords } from "./propose.ts";
import { type Pattern, patternOf, type Shape } from "./rule_shape.ts";
import { leadOf } from "./rule_words.ts";

interface ProposalChipsProps {
  readonly subject: Subject;
  /** What is chosen. */
  readonly pattern: Pattern;
  readonly onPick: (shape: Shape) => void;
}

/** What of a window a rule could be made of, each a press away. */
export function ProposalChips({ subject, pattern, onPick }: ProposalChipsProps) {
  const words = tellingWords(subject.title ?? "")
    .map((text): Shape => ({ match: "title", how: "contains", text }));
  const chosen = JSON.stringify(pattern);
  const chip = (shape: Shape, lead?: string) => (
    <button
      key={`${shape.match} ${shape.how} ${shape.text}`}
      type="button"
      class="second proposal"
      aria-pressed={JSON.stringify(patternOf(shape)) === chosen}
      onClick={() => onPick(shape)}
    >
      {lead && <span class="quiet">{lead}</span>} <ForeignText text={shape.text} class="cut" />
    </button>
  );
  return (
    <div class="proposals">
      <div role="group" aria-label="Suggestions" class="proposal-group">
        {proposals(subject).map((shape) => chip(shape, leadOf(shape)))}
      </div>
      {words.length > 0 && (
        <div role="group" aria-labelledby="proposal-words" class="proposal-group">
          <span id="proposal-words" class="quiet">Title contains</span>
          {words.map((shape) =>
            chip(shape)
          )}
        </div>
      )}
    </div>
  );
}
