import type { Api } from "../../api.ts";
import { Problem } from "../../components/problem.tsx";
import { useRead } from "../../use_read.ts";
import type { WireLoop } from "../settings_wire.ts";
import { LoopForm } from "./loop_form.tsx";
import { LoopNowPanel } from "./loop_now_panel.tsx";
import { StepsPanel } from "./steps_panel.tsx";

/** How rules stand changes with time alone. */
const EVIDENCE_EVERY_MS = 10_000;

/** The loop: what it says now, what it is set to, and what it did. */
export function NudgesSection({ api }: { api: Api }) {
  const { data, problem, again } = useRead<WireLoop>(api, "/loop", {
    on: ["loop"],
    everyMs: EVIDENCE_EVERY_MS,
  });
  return (
    <div class="page">
      <Problem of={problem} doing="read how you are nudged" again={again} />
      {data && <LoopNowPanel api={api} loop={data} again={again} />}
      {data && <LoopForm api={api} loop={data} onSaved={again} />}
      <StepsPanel api={api} />
    </div>
  );
}
