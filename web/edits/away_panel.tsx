import { useRef } from "preact/hooks";
import type { WireAway } from "../../daemon/api/edits_wire.ts";
import type { Span } from "../../daemon/core/types.ts";
import type { Api } from "../api.ts";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { useKeptFocus } from "../use_kept_focus.ts";
import { AwayQuestion } from "./away_question.tsx";
import { useEdited } from "./changes.ts";
import { wireSpan } from "./wire_span.ts";

interface AwayPanelProps {
  readonly api: Api;
  readonly day: Span;
  readonly isToday: boolean;
}

/** "Where were you?": the times away of the day that nobody has told about; nothing when there are none. */
export function AwayPanel({ api, day, isToday }: AwayPanelProps) {
  const search = isToday ? "" : `?${new URLSearchParams(wireSpan(day))}`;
  const read = useEdited<WireAway[]>(api, `/edits/away${search}`, ["returned"]);
  const questions = read.data ?? [];
  const place = useRef<HTMLDivElement>(null);
  useKeptFocus(place);
  return (
    <div ref={place} class={questions.length > 0 ? undefined : "nothing-asked"}>
      <Problem of={read.problem} doing="read when you were away" again={read.again} />
      {questions.length > 0 && (
        <Panel heading="Where were you?" class="away-panel">
          <ul class="away-list">
            {questions.map((away) => <AwayQuestion key={away.id} api={api} away={away} />)}
          </ul>
        </Panel>
      )}
    </div>
  );
}
