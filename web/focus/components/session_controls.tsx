import { useSignal } from "@preact/signals";
import { focus } from "../context.ts";
import { isWaking, phase } from "../state.ts";
import { ProblemNote } from "./problem_note.tsx";

/** Pause, go on, end; the end is asked about, as nothing takes it back. */
export function SessionControls() {
  const { session } = focus();
  const isAsking = useSignal(false);
  return (
    <div class="controls">
      <ProblemNote />
      <div class="actions">
        {phase.value === "paused"
          ? (
            <button type="button" disabled={isWaking.value} onClick={() => session.goOn()}>
              {isWaking.value ? "Opening the camera…" : "Go on"}
            </button>
          )
          : <button type="button" onClick={() => session.pause()}>Pause</button>}
        {isAsking.value
          ? (
            <>
              <button type="button" class="second" onClick={() => session.end()}>
                Yes, end it
              </button>
              <button type="button" class="plain" onClick={() => isAsking.value = false}>
                No
              </button>
            </>
          )
          : (
            <button type="button" class="second" onClick={() => isAsking.value = true}>
              End session
            </button>
          )}
      </div>
    </div>
  );
}
