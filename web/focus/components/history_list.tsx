import type { ReadonlySignal } from "@preact/signals";
import { isLoginOpen } from "../../state.ts";
import type { WireFocusSession } from "../../wire.ts";
import type { History } from "../history.ts";
import { SessionRow } from "./session_row.tsx";

/** The sessions there were. */
export function HistoryList({ history }: { history: ReadonlySignal<History> }) {
  const now = history.value;
  return (
    <section class="sessions" aria-labelledby="sessions-heading">
      <h2 id="sessions-heading">Past sessions</h2>
      {now.is === "reading" && <p class="quiet slow-to-appear">Reading…</p>}
      {now.is === "locked" && (
        <p class="quiet">
          They are shown to who is signed in.{" "}
          <button type="button" class="plain" onClick={() => isLoginOpen.value = true}>
            Sign in
          </button>
        </p>
      )}
      {now.is === "unreachable" && <p class="quiet">The daemon does not tell them now.</p>}
      {now.is === "read" && now.sessions.length === 0 && (
        <p class="quiet">None yet. The first one will stand here.</p>
      )}
      {now.is === "read" && now.sessions.length > 0 && <Sessions sessions={now.sessions} />}
    </section>
  );
}

function Sessions({ sessions }: { sessions: readonly WireFocusSession[] }) {
  return (
    <table class="events session-table">
      <thead>
        <tr>
          <th scope="col">Began</th>
          <th scope="col">Length</th>
          <th scope="col">Focused</th>
          <th scope="col" class="wide-only">Longest streak</th>
          <th scope="col" class="wide-only">Breaks</th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => <SessionRow key={session.id} session={session} />)}
      </tbody>
    </table>
  );
}
