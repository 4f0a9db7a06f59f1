import { isDemo } from "../state.ts";

/** Says on every page that nothing on it is real; nothing where it is. */
export function DemoMark() {
  if (!isDemo.value) return null;
  return (
    <p class="demo-mark">
      <strong>Demo data</strong>{" "}
      <span>Made up, all of it. Nothing is recorded, blocked or sent.</span>
    </p>
  );
}
