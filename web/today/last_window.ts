/**
 * Which window was in front last, of what is known.
 * @module
 */
import type { WireEvent } from "../wire.ts";

/** The newest window of a list of events, newest first; `undefined` when it has none, or none with a name. */
export function lastWindow(events: readonly WireEvent[]): WireEvent | undefined {
  return events.find(({ source, app, title }) =>
    source === "window" && Boolean(app?.trim() || title?.trim())
  );
}
