import { problem } from "../state.ts";

/** Why there is no session, and what helps. */
export function ProblemNote() {
  const now = problem.value;
  if (now === undefined) return null;
  return (
    <p class="notice notice-degraded" role="alert">
      <strong>{now.title}</strong>
      <span>{now.remedy}</span>
    </p>
  );
}
