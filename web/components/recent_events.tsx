import { events } from "../state.ts";
import { EventRow } from "./event_row.tsx";

/** The latest events, newest first, as they come in. */
export function RecentEvents() {
  return (
    <section class="recent" aria-labelledby="recent-heading">
      <h2 id="recent-heading">Recently</h2>
      {events.value.length === 0
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
              {events.value.map((event) => <EventRow key={event.id} event={event} />)}
            </tbody>
          </table>
        )}
    </section>
  );
}
