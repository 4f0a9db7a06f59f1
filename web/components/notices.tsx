import { formatDuration, formatShare } from "../format.ts";
import { clockAheadMinutes, connection, hasData, reclassifying, troubles } from "../state.ts";
import { partWord } from "../words.ts";

interface NoticesProps {
  /** Without the parts that are only switched off. */
  readonly isBrief?: boolean;
}

/** What does not work and why, what is off, and what is being worked on; nothing when all is well. */
export function Notices({ isBrief = false }: NoticesProps) {
  const told = troubles.value.filter(({ status }) => !isBrief || status !== "off");
  const isOffline = connection.value === "offline" && hasData.value;
  const progress = reclassifying.value;
  const ahead = clockAheadMinutes.value;
  if (!isOffline && progress === undefined && told.length === 0 && ahead === 0) return null;
  return (
    <section class="notices" aria-label="Notes">
      <ul>
        {isOffline && (
          <li class="notice notice-degraded">
            <strong>The daemon is not running</strong>
            <span>
              Start it with <code>prodtracker serve</code>. This page reconnects by itself.
            </span>
          </li>
        )}
        {progress !== undefined && (
          <li class="notice">
            <strong>Re-reading the past</strong>
            <span>
              with the changed rules: {formatShare(progress.done / Math.max(1, progress.total))}
            </span>
          </li>
        )}
        {ahead !== 0 && (
          <li class="notice">
            <strong>Two clocks</strong>
            <span>
              Times are shown by this browser's clock. Days and their hours go by the clock of the
              machine that records, which is {formatDuration(60 * Math.abs(ahead))}{" "}
              {ahead > 0 ? "ahead" : "behind"}.
            </span>
          </li>
        )}
        {told.map((part) => (
          <li key={part.name} class={`notice notice-${part.status}`}>
            <strong>{partWord(part.name)} {part.status}</strong>
            {part.detail && <span>{part.detail}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
