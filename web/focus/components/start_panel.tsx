import { focus } from "../context.ts";
import { isStarting, loadedShare, phase, wish } from "../state.ts";
import { LengthChoice } from "./length_choice.tsx";
import { ModelState } from "./model_state.tsx";
import { ProblemNote } from "./problem_note.tsx";
import { SettingsPanel } from "./settings_panel.tsx";

/** The way to a session: how long, and off. */
export function StartPanel({ isElsewhere }: { isElsewhere: boolean }) {
  const { session } = focus();
  return (
    <section class="start" aria-labelledby="start-heading">
      <h2 id="start-heading" class="headline">
        {isElsewhere ? "Or start anew here" : "Start a focus session"}
      </h2>
      <p class="lead">
        Your camera sees whether you look at the screen; its pictures never leave this page, and
        none is stored.
      </p>
      <ProblemNote />
      <form
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          session.start();
        }}
      >
        <LengthChoice isDisabled={isStarting.value} />
        <div class="actions">
          {isStarting.value
            ? <button type="button" onClick={() => session.cancel()}>Cancel</button>
            : <button type="submit">Start</button>}
          {isStarting.value ? <StartProgress /> : <ModelState />}
          {!isStarting.value && <SendNote />}
        </div>
      </form>
      {isElsewhere && <p class="quiet">Starting here ends the one that runs.</p>}
      <SettingsPanel />
    </section>
  );
}

/** What was chosen some day in the settings, and is of consequence. */
function SendNote() {
  const { email, sms } = wish.value;
  const ways = [email ? "mail" : "", sms ? "SMS" : ""].filter((way) => way !== "");
  if (ways.length === 0) return null;
  return <p class="quiet">When it ends, the summary comes by {ways.join(" and ")}.</p>;
}

function StartProgress() {
  return (
    <p class="quiet" role="status">
      {phase.value === "camera" && "Waiting for the camera: the browser may ask you for it."}
      {phase.value === "models" && (
        <>
          <progress class="progress" max={1} value={loadedShare.value} aria-label="Loading" />{" "}
          Loading what recognises your gaze
        </>
      )}
      {phase.value === "joining" && "Beginning"}
    </p>
  );
}
