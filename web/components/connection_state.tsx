import { formatClock } from "../format.ts";
import { connection, lastHeardMs } from "../state.ts";
import { CONNECTION_WORDS } from "../words.ts";

/** Whether what the page shows is true right now; screen readers hear it change. */
export function ConnectionState() {
  const now = connection.value;
  const isStale = now === "offline" || now === "reconnecting";
  const heardMs = isStale ? lastHeardMs.value : undefined;
  return (
    <p class={`connection connection-${now}`} role="status" aria-live="polite">
      <span class="connection-dot" aria-hidden="true" />
      {CONNECTION_WORDS[now]}
      {heardMs !== undefined && (
        <span class="quiet">, as of {formatClock(new Date(heardMs).toISOString())}</span>
      )}
    </p>
  );
}
