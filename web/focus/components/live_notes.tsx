import { useSignal } from "@preact/signals";
import {
  attention,
  canWatchHidden,
  isDrowsy,
  isLearning,
  phase,
  sending,
  study,
  trouble,
} from "../state.ts";

/** What the person should know meanwhile; nothing when all is well. */
export function LiveNotes() {
  const now = trouble.value;
  return (
    <ul class="live-notes" aria-live="polite">
      {now && <Note isBad title={now.title}>{now.remedy}</Note>}
      {sending.value === "unreachable" && (
        <Note isBad title="The daemon does not answer">
          What is measured is kept in this page and sent as soon as it is back. Start it with{" "}
          <code>prodtracker serve</code>.
        </Note>
      )}
      {sending.value === "locked" && (
        <Note isBad title="The daemon wants a token">
          What is measured is kept in this page until you sign in.
        </Note>
      )}
      {!canWatchHidden.value && phase.value === "running" && (
        <Note title="Keep this tab in sight">
          This browser does not let a hidden tab be watched: that time counts as uncertain. For work
          in other windows: <code>prodtracker focus</code> in a terminal.
        </Note>
      )}
      <Drowsy />
      <StudyNote />
      {isLearning.value && study.value === undefined && phase.value === "running" && (
        <Note title="Getting to know you">
          For the first minute, look at the screen as you usually do.
        </Note>
      )}
    </ul>
  );
}

interface NoteProps {
  readonly title: string;
  readonly isBad?: boolean;
  readonly children: preact.ComponentChildren;
}

function Note({ title, isBad, children }: NoteProps) {
  return (
    <li class={isBad ? "notice notice-degraded" : "notice"}>
      <strong>{title}</strong>
      <span>{children}</span>
    </li>
  );
}

/** Eyes that are closed too much of the time; can be put away until they have been open again. */
function Drowsy() {
  const isPutAway = useSignal(false);
  if (!isDrowsy.value) {
    isPutAway.value = false;
    return null;
  }
  if (isPutAway.value || phase.value !== "running") return null;
  const share = Math.round(100 * (attention.peek()?.perclos ?? 0));
  return (
    <Note title="You seem tired">
      Your eyes were closed for {share}{" "}
      % of the last minute. A short break does more than pushing on.{" "}
      <button type="button" class="plain" onClick={() => isPutAway.value = true}>Put away</button>
    </Note>
  );
}

function StudyNote() {
  const now = study.value;
  if (now === undefined || phase.value !== "running") return null;
  const what = now.what === "screen" ? "the screen" : "the other screen";
  if (now.is === "looking") {
    return (
      <Note title={`Look at ${what} now`}>
        Six seconds, until you hear a sound. Let your eyes wander over it.
      </Note>
    );
  }
  return now.is === "done"
    ? (
      <Note title="Learned">
        {now.what === "screen"
          ? "This is how you look at the screen."
          : "Looking there counts as focused from now on."}
      </Note>
    )
    : (
      <Note isBad title="That was not clear enough">
        Be alone in the picture, in good light, and keep looking at {what}. Then try again.
      </Note>
    );
}
