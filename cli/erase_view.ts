/**
 * What an erasing would do, or did, in words.
 * @module
 */
import type { WireErasure, WireErasurePreview, WireErasures } from "../daemon/api/erasure.ts";
import { bold, dim, green, yellow } from "./style.ts";
import { clean } from "./text.ts";
import { bytes, clock, count, duration } from "./words.ts";

type CopyNotReached = WireErasures["not_reached"][number];

/** What it would do, a line for each kind of thing. */
export function previewLines(facts: WireErasurePreview): string[] {
  const { events, seconds, screenshots, notes, heartbeats, messages, copies, set_aside } = facts;
  const parts = [
    `${count(events, "event")}${seconds > 0 ? ` (${duration(seconds)})` : ""}`,
    ...some(notes, "note"),
    ...some(screenshots, "screenshot"),
    ...some(heartbeats, "phone heartbeat"),
    ...some(facts.focus_sessions, "focus session"),
  ];
  const copyBytes = copies.reduce((sum, copy) => sum + copy.bytes, 0);
  return [
    `${bold("Erases")}       ${parts.join(", ")}`,
    ...(messages > 0 ? [`${bold("Cancels")}      ${count(messages, "message")} not yet sent`] : []),
    ...(copies.length > 0
      ? [`${bold("Rewrites")}     ${copiesText(copies.length)} (${bytes(copyBytes)})`]
      : []),
    ...set_aside.map((path) => `${bold("Removes")}      ${clean(path)}`),
    ...notReachedLines(facts.not_reached),
  ];
}

/** Copies that erasing does not reach, a line each. */
export function notReachedLines(copies: readonly CopyNotReached[]): string[] {
  return copies.map(({ path, made, there }) => {
    const state = there === true ? "" : there === false ? "; it is not there any more" : "";
    return `${yellow("Not reached")}  ${clean(path)} ${dim(`made ${localDate(made)}${state}`)}`;
  });
}

/** What became of one. */
export function erasureLines({ asked, done, events, pending }: WireErasure): string[] {
  const when = `${localDate(asked)} ${clock(asked)}`;
  const state = done !== null && pending.length === 0 ? green("erased") : yellow("pending");
  return [
    `${dim(when)}  ${state}  ${count(events, "event")}`,
    ...pending.map(({ place, error }) =>
      `  ${yellow("not yet")}  ${clean(placeName(place))}${
        error === null ? "" : `: ${clean(error)}`
      }`
    ),
  ];
}

/** How far it is. */
export function progressText({ phase, events, places, places_done }: {
  readonly phase: string;
  readonly events: number;
  readonly places: number;
  readonly places_done: number;
}): string {
  return phase === "database"
    ? `Erasing: ${count(events, "event")}`
    : `Erased ${count(events, "event")}; copies and other places: ${places_done} of ${places}`;
}

/** "2026-01-31" of the local calendar. */
function localDate(at: string): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function placeName(place: string): string {
  const names: Readonly<Record<string, string>> = {
    database: "the database",
    phones: "what Redis knows of phones",
    outbox: "the outbox",
    log: "the database's log",
  };
  return names[place] ?? place;
}

function some(number: number, what: string): string[] {
  return number > 0 ? [count(number, what)] : [];
}

function copiesText(number: number): string {
  return number === 1 ? "1 daily copy" : `${number} daily copies`;
}
