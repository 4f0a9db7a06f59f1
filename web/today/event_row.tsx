import { ClassMark } from "../components/class_mark.tsx";
import { ForeignText } from "../components/foreign_text.tsx";
import { ViewLink } from "../components/view_link.tsx";
import { formatClock, formatDuration, hostOf } from "../format.ts";
import type { WireEvent } from "../wire.ts";
import { RuleLink } from "./rule_link.tsx";

/** One event; narrow screens show its length below its class. Its time leads to changing it, its title to a rule. */
export function EventRow({ event }: { event: WireEvent }) {
  const length = formatDuration(event.duration_seconds);
  const detail = event.title ?? (event.url === null ? null : hostOf(event.url));
  const isNameless = !event.app?.trim() && !detail?.trim();
  const text = detail !== null && <ForeignText class="event-title" text={detail} />;
  return (
    <tr>
      <td class="event-time">
        <ViewLink class="calm-link" to="edits" query={{ from: event.start, to: event.end }}>
          <time dateTime={event.start}>{formatClock(event.start)}</time>
          <span class="only-heard">, change this time</span>
        </ViewLink>
      </td>
      <td class="event-what">
        {event.app !== null && <ForeignText class="event-app" text={event.app} />}
        {isNameless && (
          <span class="event-app quiet">
            {event.source === "afk" ? "No keyboard or mouse" : "A window without a name"}
          </span>
        )}
        {event.device !== null && <ForeignText class="event-device quiet" text={event.device} />}
        {event.title?.trim()
          ? <RuleLink app={event.app ?? undefined} title={event.title}>{text}</RuleLink>
          : text}
      </td>
      <td class="event-length">{length}</td>
      <td class="event-class">
        <ClassMark kind={event.class} />
        <span class="event-length-narrow quiet">{length}</span>
      </td>
    </tr>
  );
}
