import { ClassMark } from "../components/class_mark.tsx";
import { formatDay } from "../format.ts";
import { day } from "../state.ts";
import type { WireEvent } from "../wire.ts";
import { TimeOf } from "./time_of.tsx";
import { WindowName } from "./window_name.tsx";

/** What was in front before nothing was recorded any more, and until when. */
export function LastWindow({ event }: { event: WireEvent }) {
  const isToday = event.end >= (day.value?.from ?? "");
  return (
    <>
      <WindowName app={event.app} title={event.title} />
      <p class="now-facts">
        {event.class !== "afk" && <ClassMark kind={event.class} />}
        <span class="quiet">
          until {!isToday && `${formatDay(event.end)}, `}
          <TimeOf iso={event.end} />
        </span>
      </p>
    </>
  );
}
