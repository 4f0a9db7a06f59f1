import { formatClock, formatDuration, hostOf } from "../format.ts";
import type { WireEvent } from "../wire.ts";
import { ClassMark } from "./class_mark.tsx";
import { ForeignText } from "./foreign_text.tsx";

/** One event; narrow screens show its length below its class. */
export function EventRow({ event }: { event: WireEvent }) {
  const length = formatDuration(event.duration_seconds);
  const detail = event.title ?? (event.url === null ? null : hostOf(event.url));
  const isNameless = !event.app?.trim() && !detail?.trim();
  return (
    <tr>
      <td class="event-time">
        <time dateTime={event.start}>{formatClock(event.start)}</time>
      </td>
      <td class="event-what">
        {event.app !== null && <ForeignText class="event-app" text={event.app} />}
        {isNameless && (
          <span class="event-app quiet">
            {event.source === "afk" ? "No keyboard or mouse" : "A window without a name"}
          </span>
        )}
        {event.device !== null && <ForeignText class="event-device quiet" text={event.device} />}
        {detail !== null && <ForeignText class="event-title" text={detail} />}
      </td>
      <td class="event-length">{length}</td>
      <td class="event-class">
        <ClassMark kind={event.class} />
        <span class="event-length-narrow quiet">{length}</span>
      </td>
    </tr>
  );
}
