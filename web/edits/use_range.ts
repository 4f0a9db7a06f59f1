/**
 * A span of a day as it is typed.
 * @module
 */
import { useSignal } from "@preact/signals";
import { localZone } from "../../daemon/core/day.ts";
import type { Span } from "../../daemon/core/types.ts";
import { nowMs } from "../state.ts";
import { clockText, type ReadRange, readRange, type TypedRange } from "./day_clock.ts";

/** What stands in the two fields, and what it means. */
export interface Range {
  readonly typed: TypedRange;
  readonly read: ReadRange;
  set(change: Partial<Pick<TypedRange, "from" | "to">>): void;
}

/** How long an entry is at first, when nothing was chosen. */
const FIRST_MS = 30 * 60_000;

/** Begins with what was chosen, else with the half hour before now, or none on days that are over. */
export function useRange(day: Span, given: Span | undefined): Range {
  const typed = useSignal<TypedRange>(given ? typedOf(given) : firstOf(day, Date.now()));
  return {
    typed: typed.value,
    read: readRange(typed.value, day, {
      zone: localZone,
      nowMs: Math.max(nowMs.value, Date.now()),
    }),
    set: (change) => typed.value = { ...typed.peek(), ...change },
  };
}

function typedOf(given: Span): TypedRange {
  return {
    from: clockText(given.startMs, localZone),
    to: clockText(given.endMs, localZone),
    given: { startMs: given.startMs, endMs: given.endMs },
  };
}

function firstOf(day: Span, now: number): TypedRange {
  if (now < day.startMs || now > day.endMs) return { from: "", to: "", given: undefined };
  const minuteMs = Math.floor(now / 60_000) * 60_000;
  const from = clockText(Math.max(day.startMs, minuteMs - FIRST_MS), localZone);
  return { from, to: clockText(minuteMs, localZone), given: undefined };
}
