import { focusPercent } from "../../../daemon/core/focus.ts";
import type { Api } from "../../api.ts";
import { formatDuration } from "../../format.ts";
import { focus } from "../context.ts";
import { type Ending, ending, isSaved, minutes, ownSession, sending, totals } from "../state.ts";
import { countOf, formatPercent } from "../words.ts";
import { FocusBar } from "./focus_bar.tsx";
import { FocusedOn } from "./focused_on.tsx";
import { MinuteStrip } from "./minute_strip.tsx";
import { ToldList } from "./told_list.tsx";

const HEADLINES: Record<Ending, string> = {
  ended: "Session over",
  complete: "Done: the time is over",
  elsewhere: "This session was ended from somewhere else",
  broken: "The session had to end: the camera could not be watched any more",
};

/** What the session came to. */
export function SummaryPanel({ api }: { api: Api }) {
  const { session } = focus();
  const now = totals.value;
  return (
    <section class="summary" aria-labelledby="summary-heading">
      <h2 id="summary-heading" class="headline">{HEADLINES[ending.value]}</h2>
      <p class="lead">
        {formatPercent(focusPercent(now))} focused in {formatDuration(now.totalMs / 1_000)},{" "}
        {countOf(now.breaks, "break")}, longest streak{" "}
        {formatDuration(now.longestStreakMs / 1_000)}.
      </p>
      <FocusBar totals={now} />
      <MinuteStrip minutes={minutes.value} />
      {isSaved.value && ownSession.value && <FocusedOn api={api} id={ownSession.value.id} />}
      <ToldList />
      <div class="actions">
        <button type="button" onClick={() => session.start()}>Start another</button>
        <button type="button" class="plain" onClick={() => session.dismiss()}>Close</button>
        <p class="quiet" role="status">{savedWords()}</p>
      </div>
    </section>
  );
}

function savedWords(): string {
  if (isSaved.value) return sending.value === "over" ? "" : "Saved.";
  if (sending.value === "locked") return "Not saved yet: sign in, and it will be.";
  return sending.value === "unreachable"
    ? "Not saved yet: the daemon does not answer. Leave this page open until it does."
    : "Saving…";
}
