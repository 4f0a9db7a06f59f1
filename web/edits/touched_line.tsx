import type { TouchedRead } from "./use_touched.ts";
import { touchedWords } from "./edit_words.ts";

interface TouchedLineProps extends Pick<TouchedRead, "touched" | "problem"> {
  /** "Goes", "In this time". */
  readonly lead: string;
}

/** How much of the record is meant; its line is there from the start, so that nothing jumps. */
export function TouchedLine({ touched, problem, lead }: TouchedLineProps) {
  return (
    <p class="touched" aria-live="polite">
      {problem !== undefined && <span class="quiet">Could not look what lies in this time.</span>}
      {touched !== undefined && (
        <>
          <span class="quiet">{lead}:</span> {touchedWords(touched)}
        </>
      )}
    </p>
  );
}
