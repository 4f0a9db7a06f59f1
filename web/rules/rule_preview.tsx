import { useSignal } from "@preact/signals";
import { ClassMark } from "../components/class_mark.tsx";
import { Problem } from "../components/problem.tsx";
import { formatDuration } from "../format.ts";
import { classChanges, isRefusal, signedDuration } from "./preview_words.ts";
import { RejudgedRow } from "./rejudged_row.tsx";
import type { Tried } from "./use_tried.ts";

interface RulePreviewProps {
  readonly tried: Tried;
  /** Whether there is anything to try. */
  readonly isRule: boolean;
}

const SHOWN = 5;

/** What rules would change of what was recorded. */
export function RulePreview({ tried, isRule }: RulePreviewProps) {
  const isLong = useSignal(false);
  const { data, problem, isReading } = tried;
  const isRefused = isRefusal(problem);
  const changes = data ? classChanges(data) : [];
  const top = data?.top ?? [];
  return (
    <section class="rule-preview" aria-label="What it would change" aria-busy={isReading}>
      {!isRule && <p class="quiet">What it would change of the past is shown here.</p>}
      {!isRefused && <Problem of={problem} doing="try the rule" again={tried.again} />}
      {isRule && !isRefused && changes.length > 0 && (
        <table class="table preview-classes">
          <thead>
            <tr>
              <th scope="col">All time</th>
              <th scope="col" class="number">Now</th>
              <th scope="col" class="number">Then</th>
              <th scope="col" class="number">Change</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ kind, before, after }) => (
              <tr key={kind}>
                <th scope="row">
                  <ClassMark kind={kind} />
                </th>
                <td class="number">{formatDuration(before)}</td>
                <td class="number">{formatDuration(after)}</td>
                <td class="number">{signedDuration(after - before)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {isRule && !isRefused && top.length > 0 && (
        <>
          <ul class="rejudged">
            {top.slice(0, isLong.value ? top.length : SHOWN).map((row, index) => (
              <RejudgedRow key={index} row={row} />
            ))}
          </ul>
          {top.length > SHOWN && (
            <button
              type="button"
              class="plain"
              aria-expanded={isLong.value}
              onClick={() => isLong.value = !isLong.value}
            >
              {isLong.value ? "Show fewer" : `Show ${top.length}`}
            </button>
          )}
        </>
      )}
    </section>
  );
}
