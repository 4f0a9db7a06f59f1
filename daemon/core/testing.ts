/**
 * What tests of days share.
 * @module
 */
import type { Zone } from "./day.ts";
import { BUCKET_MS } from "./spans.ts";

/** A zone by its IANA name; each moment is asked once. */
export function zoneOf(name: string): Zone {
  const format = new Intl.DateTimeFormat("en-US-u-hc-h23", {
    timeZone: name,
    timeZoneName: "longOffset",
  });
  const known = new Map<number, number>();
  return (utcMs) => {
    // No zone changes its clocks inside a quarter of an hour.
    const quarterMs = Math.floor(utcMs / BUCKET_MS) * BUCKET_MS;
    let offsetMs = known.get(quarterMs);
    if (offsetMs === undefined) {
      const text = format.formatToParts(quarterMs).find((p) => p.type === "timeZoneName")!.value;
      const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text)!;
      const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
      known.set(quarterMs, offsetMs = sign === "-" ? -size : size);
    }
    return offsetMs;
  };
}
