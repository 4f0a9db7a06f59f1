import { ClassMark } from "../components/class_mark.tsx";
import { recording } from "../state.ts";

const WORDS = {
  on: {
    heading: "Your day starts here",
    lead:
      "ProdTracker is watching which window has the focus. Switch to another window: within a few seconds it appears on this page.",
  },
  unknown: {
    heading: "Your day starts here",
    lead: "ProdTracker is looking for the desktop whose windows it is to watch.",
  },
  paused: {
    heading: "Ready, but paused",
    lead: "Nothing is being recorded now, as you asked. prodtracker pause off records again.",
  },
  off: {
    heading: "Ready, but not recording",
    lead:
      "No window tracker is running, so nothing is being recorded on this machine. The reason is in the notes above, or run prodtracker doctor.",
  },
} as const;

/** What a new installation shows instead of empty charts. */
export function FirstRun() {
  const { heading, lead } = WORDS[recording.value];
  return (
    <section class="first-run" aria-labelledby="first-run-heading">
      <h1 id="first-run-heading">
        {heading}
      </h1>
      <p class="lead">{lead}</p>
      <h2>What you will see</h2>
      <dl class="first-run-list">
        <dt>
          <ClassMark kind="signal" />
        </dt>
        <dd>Time in the programs you work with: editors, documents, meetings.</dd>
        <dt>
          <ClassMark kind="noise" />
        </dt>
        <dd>Time that pulls you away: videos, feeds, games.</dd>
        <dt>
          <ClassMark kind="neutral" />
        </dt>
        <dd>Everything a rule has no opinion on yet.</dd>
        <dt>
          <ClassMark kind="afk" />
        </dt>
        <dd>Time without keyboard or mouse, counted from your last input.</dd>
      </dl>
      <p class="quiet">
        What counts as which is up to you: <code>prodtracker rules list</code>{" "}
        shows the rules in force. Everything stays on this machine.
      </p>
    </section>
  );
}
