import { health } from "../../state.ts";

/** Whether what the camera needs is there yet; nothing to say when it is. */
export function ModelState() {
  const part = health.value?.parts.find(({ name }) => name === "vision");
  if (part === undefined || part.status === "ok") return null;
  return (
    <p class="quiet" role="status">
      {part.status === "starting"
        ? "What recognises your gaze is still on its way"
        : "What recognises your gaze is not here"}
      {part.detail === null ? "." : `: ${part.detail}.`}
    </p>
  );
}
