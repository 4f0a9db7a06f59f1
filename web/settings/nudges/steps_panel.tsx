import { useSignal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { Empty } from "../../components/empty.tsx";
import { ForeignText } from "../../components/foreign_text.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { useRead } from "../../use_read.ts";
import { formatMoment } from "../moments.ts";
import type { WireLoopStep } from "../settings_wire.ts";
import { outcomeWords, STEP_WORDS } from "./words.ts";

const FIRST = 10, MOST = 1_000;

/** What the loop did or was held back from, newest first. */
export function StepsPanel({ api }: { api: Api }) {
  const limit = useSignal(FIRST);
  const { data, problem, isReading, again } = useRead<readonly WireLoopStep[]>(
    api,
    `/loop/steps?limit=${limit.value}`,
    { on: ["loop"] },
  );
  return (
    <Panel heading="What was said and done" isBusy={isReading}>
      <Problem of={problem} doing="read what was said" again={again} />
      {data?.length === 0 && (
        <Empty heading="Nothing was said yet">
          Each nudge will stand here, with why it came and what you answered.
        </Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <ul class="rows steps">
          {data.map((step) => (
            <li key={step.id} class="row">
              <time class="quiet" dateTime={step.at}>{formatMoment(step.at)}</time>
              <span class="row-name">{STEP_WORDS[step.step] ?? step.step}</span>
              <span class="row-detail">
                <ForeignText text={step.explanation} />
                {outcomeWords(step) !== "" && (
                  <ForeignText class="quiet step-outcome" text={outcomeWords(step)} />
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {data?.length === limit.value && limit.value < MOST && (
        <button
          type="button"
          class="plain"
          onClick={() => limit.value = Math.min(MOST, limit.value * 5)}
        >
          Show more
        </button>
      )}
    </Panel>
  );
}
