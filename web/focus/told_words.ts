/**
 * What became of a session's summary, in words.
 * @module
 */
import { formatClock } from "../format.ts";
import type { WireMessage } from "../wire.ts";

/** One message, as a sentence; a reason comes from a mail server or a service, and is others' text. */
export function toldWords({ state, recipient, error, next_try: next }: WireMessage): string {
  const why = error === null ? "" : `: ${withoutStop(error)}`;
  switch (state) {
    case "sent":
      return `Sent to ${recipient}`;
    case "sending":
      return `Sending to ${recipient}…`;
    case "waiting": {
      const when = next === null ? "" : ` at ${formatClock(next)}`;
      return `Waiting for ${recipient}${why}; the daemon tries again${when}`;
    }
    case "unknown":
      return `Perhaps sent to ${recipient}, and not sent again${why}`;
    default:
      return `Not sent to ${recipient}${why}`;
  }
}

function withoutStop(text: string): string {
  return text.trim().replace(/\.$/, "");
}
