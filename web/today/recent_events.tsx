import { useSignal } from "@preact/signals";
import { Panel } from "../components/panel.tsx";
import { events } from "../state.ts";
import { EventRow } from "./event_row.tsx";

/** How many are shown until somebody wants all. */
const FEW = 20;

/** The latest events, newest first, as they come in. */
export function RecentEvents() {
  const isWhole = useSignal(false);
  const all = events.value;
  const shown = isWhole.value ? all : all.slice(0, FEW);
  return (
    <Panel class="recent whole" heading="Recently">
      {all.length === 0
        ? <p class="quiet">Nothing yet. The next window you switch to appears here.</p>
        : (
          <table class="events">
            <thead>
              <tr>
                <th scope="col" class="event-time">Time</th>
                <th scope="col" class="event-what">Program and title</th>
                <th scope="col" class="event-length">Length</th>
                <th scope="col" class="event-class">Class</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((event) => <EventRow key={event.id} event={event} />)}
            </tbody>
          </table>
        )}
      {all.length > FEW && (
        <button
          type="button"
          class="plain"
          aria-expanded={isWhole.value}
          onClick={() => isWhole.value = !isWhole.value}
        >
          {isWhole.value ? "Show fewer" : `Show all ${all.length}`}
        </button>
      )}
    </Panel>
  );
}
