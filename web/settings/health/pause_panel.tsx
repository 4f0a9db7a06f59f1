import { useSignal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { Field } from "../../components/field.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { formatClock, formatDay } from "../../format.ts";
import { useRead } from "../../use_read.ts";
import { useWrite } from "../../use_write.ts";
import type { WirePause } from "../../wire.ts";
import { nextClock, untilWords } from "./pause_times.ts";

const LENGTHS: readonly (readonly [minutes: number, label: string])[] = [
  [15, "15 minutes"],
  [30, "30 minutes"],
  [60, "1 hour"],
  [120, "2 hours"],
];

/** Whether recording is paused, and the ways to begin and to end that. */
export function PausePanel({ api }: { api: Api }) {
  const { data, problem, again } = useRead<WirePause>(api, "/pause", { on: ["pause"] });
  const write = useWrite();
  const clock = useSignal("");
  const isTime = nextClock(clock.value, new Date()) !== undefined;
  const pause = (wish: Record<string, unknown>) =>
    write.run(
      () => api.send<WirePause>("PUT", "/pause", wish).finally(again),
      ({ paused_until }) => `Paused ${words(paused_until)}`,
    );
  const end = () =>
    write.run(() => api.send<WirePause>("DELETE", "/pause").finally(again), "Recording again");
  return (
    <Panel heading="Pause recording">
      <Problem of={problem} doing="read whether it is paused" again={again} />
      <p role="status" class={data?.paused ? "pause-state is-paused" : "pause-state"}>
        {data === undefined
          ? "Reading…"
          : data.paused
          ? `Paused ${words(data.paused_until)}: nothing is recorded.`
          : "Recording is not paused."}
      </p>
      <p class="quiet hint">
        A pause leaves out windows, time away, phones and screenshots. Focus sessions and blocks go
        on.
      </p>
      <div
        class="actions"
        role="group"
        aria-label={data?.paused ? "Pause for another" : "Pause for"}
      >
        {data?.paused && (
          <button
            type="button"
            aria-disabled={write.isBusy || undefined}
            onClick={end}
          >
            Record again
          </button>
        )}
        {LENGTHS.map(([minutes, label]) => (
          <button
            key={minutes}
            type="button"
            class="second"
            aria-disabled={write.isBusy || undefined}
            onClick={() => pause({ minutes })}
          >
            {label}
          </button>
        ))}
        <button
          type="button"
          class="second"
          aria-disabled={write.isBusy || undefined}
          onClick={() => pause({ on: true })}
        >
          Until I end it
        </button>
      </div>
      <form
        class="form-row pause-until"
        onSubmit={(event: Event) => {
          event.preventDefault();
          // Counted when it is pressed: the time may have gone by since it was typed.
          const until = nextClock(clock.value, new Date());
          if (until !== undefined) pause({ until: until.toISOString() });
        }}
      >
        <Field label="Or until">
          <input
            type="time"
            value={clock.value}
            onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) =>
              clock.value = event.currentTarget.value}
          />
        </Field>
        <button
          type="submit"
          class="second"
          aria-disabled={write.isBusy || undefined}
          disabled={!isTime}
        >
          Pause until then
        </button>
      </form>
      <Problem of={write.problem} doing="change the pause" />
    </Panel>
  );
}

function words(end: string | null): string {
  return untilWords(end, new Date(), { clock: formatClock, day: formatDay });
}
