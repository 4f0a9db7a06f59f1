import type { Api } from "../../api.ts";
import { ForeignText } from "../../components/foreign_text.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { formatClock } from "../../format.ts";
import { useWrite } from "../../use_write.ts";
import type { WireLoopNow } from "../../wire.ts";
import type { WireLoop } from "../settings_wire.ts";
import { formatMoment } from "../moments.ts";

const SNOOZES: readonly (readonly [minutes: number, label: string])[] = [
  [5, "5 minutes"],
  [30, "30 minutes"],
  [60, "1 hour"],
  [240, "4 hours"],
];

interface LoopNowPanelProps {
  readonly api: Api;
  readonly loop: WireLoop;
  readonly again: () => void;
}

/** What the loop says now, and quiet for a while. */
export function LoopNowPanel({ api, loop, again }: LoopNowPanelProps) {
  const write = useWrite();
  const { nudge, snoozed_until: until, held_by: heldBy } = loop.now;
  const snooze = (minutes: number) =>
    write.run(
      () => api.send<WireLoopNow>("POST", "/loop/snooze", { minutes }).finally(again),
      ({ snoozed_until }) =>
        snoozed_until === null
          ? "Nudges are shown again"
          : `No nudges until ${formatMoment(snoozed_until)}`,
    );
  return (
    <Panel heading="Now">
      <div role="status" class="loop-now">
        {!loop.config.on ? <p>Off: nothing nudges, and nothing blocks.</p> : (
          <>
            {nudge && (
              <p>
                {nudge.step === "block" ? "Blocked" : "Nudged"} at {formatClock(nudge.at)}:{" "}
                <ForeignText text={nudge.explanation} />
              </p>
            )}
            {until && <p>Quiet until {formatMoment(until)}.</p>}
            {heldBy && (
              <p>
                Held back: <ForeignText text={heldBy} />
              </p>
            )}
            {!nudge && !until && !heldBy && <p>On; there is nothing to say now.</p>}
          </>
        )}
      </div>
      {loop.config.on && (
        <div class="actions" role="group" aria-label="Say nothing for">
          <span class="quiet hint" aria-hidden="true">Say nothing for</span>
          {SNOOZES.map(([minutes, label]) => (
            <button
              key={minutes}
              type="button"
              class="second"
              aria-disabled={write.isBusy || undefined}
              onClick={() => snooze(minutes)}
            >
              {label}
            </button>
          ))}
          {until && (
            <button
              type="button"
              aria-disabled={write.isBusy || undefined}
              onClick={() => snooze(0)}
            >
              Nudge me again
            </button>
          )}
        </div>
      )}
      <Problem of={write.problem} doing="change that" />
    </Panel>
  );
}
