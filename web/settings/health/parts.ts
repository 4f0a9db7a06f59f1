/**
 * The daemon's parts as the health section tells of them: what needs a look first, and where that is mended.
 * @module
 */
import { isMissedByNobody } from "../../../daemon/core/health.ts";
import type { Query, View } from "../../router.ts";
import type { WirePart } from "../../wire.ts";
import type { Mark } from "../status_mark.tsx";

const MARKS: Record<WirePart["status"], Mark> = {
  ok: "ok",
  starting: "starting",
  degraded: "warn",
  off: "off",
};

/** A status as its sign; one that this page does not know is looked at. */
export function markOf(part: Pick<WirePart, "status">): Mark {
  return MARKS[part.status] ?? "warn";
}

/** Degraded first, then off, starting, well, and at the end what is off and missed by nobody. */
export function sortedParts(parts: readonly WirePart[]): WirePart[] {
  const rank = (part: WirePart) =>
    isMissedByNobody(part) ? 4 : ["degraded", "off", "starting", "ok"].indexOf(part.status);
  return parts.toSorted((a, b) => rank(a) - rank(b));
}

/** How it is with all of them, in a sentence. */
export function summaryOf(parts: readonly WirePart[]): string {
  const degraded = parts.filter(({ status }) => status === "degraded").length;
  const off = parts.filter((part) => part.status === "off" && !isMissedByNobody(part)).length;
  const isStarting = parts.some(({ status }) => status === "starting");
  if (degraded > 0) return `${count(degraded)} not work as it should.`;
  if (off > 0) return `What runs, runs well; ${off} of ${parts.length} parts are off.`;
  return isStarting ? "Starting." : "All is well.";
}

function count(degraded: number): string {
  return degraded === 1 ? "One part does" : `${degraded} parts do`;
}

/** A page where a part is set up. */
export interface Place {
  readonly to: View;
  readonly query?: Query;
  readonly label: string;
}

const settings = (section: string, label: string): Place => ({
  to: "settings",
  query: { section },
  label,
});

const PLACES: Readonly<Record<string, Place | undefined>> = {
  mail: settings("messages", "Messages"),
  sms: settings("messages", "Messages"),
  summaries: settings("messages", "Messages"),
  loop: settings("nudges", "Nudges"),
  backup: settings("data", "Data"),
  privacy: settings("privacy", "Privacy"),
  erasing: settings("privacy", "Privacy"),
  screenshots: settings("screenshots", "Screenshots"),
  blocker: { to: "block", label: "Block" },
  phone: { to: "phone", label: "Phone" },
  "live state": { to: "phone", label: "Phone" },
  vision: { to: "focus", label: "Focus" },
};

/** Where a part that needs a look is set up; `undefined`: not on these pages. */
export function placeOf({ name, status }: WirePart): Place | undefined {
  if (status !== "degraded" && status !== "off") return undefined;
  return Object.hasOwn(PLACES, name) ? PLACES[name] : undefined;
}
