import { useComputed } from "@preact/signals";
import { Panel } from "../../components/panel.tsx";
import { formatClock, formatDay, formatDuration } from "../../format.ts";
import { health, nowMs } from "../../state.ts";
import { PartRow } from "./part_row.tsx";
import { sortedParts, summaryOf } from "./parts.ts";

/** Every part of the daemon, live: what needs a look first. */
export function PartsPanel() {
  const known = health.value;
  const parts = useComputed(() => sortedParts(health.value?.parts ?? []));
  return (
    <Panel heading="What runs">
      <p class="health-summary" role="status">{known ? summaryOf(known.parts) : "Reading…"}</p>
      <ul class="rows">
        {parts.value.map((part) => <PartRow key={part.name} part={part} />)}
      </ul>
      {known && (
        <p class="quiet hint">
          Version {known.version}, running for{" "}
          {formatDuration((nowMs.value - Date.parse(known.started_at)) / 1000)}, since{" "}
          <time dateTime={known.started_at}>
            {formatDay(known.started_at)}, {formatClock(known.started_at)}
          </time>
        </p>
      )}
    </Panel>
  );
}
