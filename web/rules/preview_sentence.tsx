import { isRefusal, previewSentence } from "./preview_words.ts";
import { problemWords } from "./rule_words.ts";
import type { Tried } from "./use_tried.ts";

interface PreviewSentenceProps {
  readonly tried: Tried;
  /** The place of the rule that is being written; `undefined`: it is about all of them. */
  readonly rule: number | undefined;
  /** Whether there is anything to try. */
  readonly isRule: boolean;
}

/** What rules would change of what was recorded, in a sentence. */
export function PreviewSentence({ tried, rule, isRule }: PreviewSentenceProps) {
  const { data, problem, isReading } = tried;
  const isWrong = isRule && isRefusal(problem);
  return (
    <p
      class={`preview-sentence ${isWrong ? "field-problem" : ""}`}
      role="status"
      aria-busy={isReading}
    >
      {!isRule
        ? ""
        : isRefusal(problem)
        ? problemWords(problem.message)
        : data
        ? previewSentence(data, rule)
        : isReading
        ? "Looking at the past …"
        : ""}
    </p>
  );
}
