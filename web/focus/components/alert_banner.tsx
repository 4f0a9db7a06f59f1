import { alertLevel, phase, reason, study } from "../state.ts";

/** From the second level of an alert on: what is wrong, above whichever view is shown. */
export function AlertBanner() {
  const isShown = phase.value === "running" && alertLevel.value >= 2 &&
    study.value?.is !== "looking";
  return (
    <div class="alert" role="alert">
      {isShown && (
        <p class={`alert-banner alert-${alertLevel.value}`}>
          {reason.value === "eyes closed" ? "Your eyes are closed" : "Back to the screen?"}
        </p>
      )}
    </div>
  );
}
