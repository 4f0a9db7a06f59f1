import { ClassMark } from "../components/class_mark.tsx";
import { ForeignText } from "../components/foreign_text.tsx";
import { ViewLink } from "../components/view_link.tsx";
import { formatDuration } from "../format.ts";
import { RuleLink } from "./rule_link.tsx";
import type { Lane, LaneSpan } from "./timeline_lanes.ts";
import { formatSpan, isClass, kindWord, openWords, severalWords } from "./timeline_words.ts";
import { addressOfSpan } from "./timeline_links.ts";

interface TimelineReadoutProps {
  readonly lane: Lane | undefined;
  readonly span: LaneSpan | undefined;
  readonly dayMs: number;
}

/** What is marked on the timeline, and what can be done with it. */
export function TimelineReadout({ lane, span, dayMs }: TimelineReadoutProps) {
  if (lane === undefined || span === undefined) {
    return (
      <p class="timeline-readout quiet">
        <span class="with-mouse">
          Point at a span, or walk with the arrow keys, to see what it was. A drag moves, Ctrl and
          the wheel zoom.
        </span>
        <span class="with-finger">
          Tap a span to see what it was, and again to open it. A drag moves, two fingers zoom.
        </span>
      </p>
    );
  }
  const several = severalWords(lane.key, span);
  const { to, query } = addressOfSpan(lane.key, span, dayMs);
  return (
    <div class="timeline-readout">
      <p class="timeline-facts">
        <span class="timeline-time">{formatSpan(span, dayMs)}</span>
        <span>{formatDuration(span.seconds)}</span>
        {isClass(span.kind) ? <ClassMark kind={span.kind} /> : <span>{kindWord(span.kind)}</span>}
        <ViewLink to={to} query={query}>{openWords(lane.key)}</ViewLink>
      </p>
      <p class="timeline-texts">
        {several && <span class="quiet">{several}</span>}
        {span.app && <ForeignText class="timeline-app" text={span.app} />}
        {span.title && (lane.key === "blocks"
          ? <ForeignText text={span.title} />
          : (
            <RuleLink app={span.app} title={span.title}>
              <ForeignText text={span.title} />
            </RuleLink>
          ))}
      </p>
    </div>
  );
}
