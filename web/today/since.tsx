import { formatElapsed } from "../format.ts";
import { connection, nowMs } from "../state.ts";
import { TimeOf } from "./time_of.tsx";

/** Since when, and while the page is live for how long. */
export function Since({ iso }: { iso: string }) {
  return (
    <span class="quiet">
      since <TimeOf iso={iso} />
      {connection.value === "live" && ` · ${formatElapsed(Date.parse(iso), nowMs.value)}`}
    </span>
  );
}
