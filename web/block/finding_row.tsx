import { ForeignText } from "../components/foreign_text.tsx";
import { StateMark } from "./state_mark.tsx";
import type { WireFinding } from "./wire.ts";
import { FINDING_WORDS, layerWord } from "./words.ts";

const KINDS = {
  "enforced": "good",
  "not enforced": "bad",
  "restart needed": "wait",
  "not there": "off",
  "unknown": "off",
} as const;

/** What was found of one layer or browser, and what to do. */
export function FindingRow({ finding }: { finding: WireFinding }) {
  const { layer, status, detail, remedy } = finding;
  return (
    <li class="finding">
      <h3>{layerWord(layer)}</h3>
      <StateMark kind={KINDS[status] ?? "off"}>{FINDING_WORDS[status] ?? status}</StateMark>
      <p class="quiet">
        <ForeignText text={detail} />
      </p>
      {remedy !== null && (
        <p class="remedy">
          <ForeignText text={remedy} />
        </p>
      )}
    </li>
  );
}
