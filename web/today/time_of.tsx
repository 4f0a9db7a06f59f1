import { formatClock } from "../format.ts";

/** A time of day. */
export function TimeOf({ iso }: { iso: string }) {
  return <time dateTime={iso}>{formatClock(iso)}</time>;
}
