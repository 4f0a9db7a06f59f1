/**
 * Edits, notes and times away as the terminal shows them.
 * @module
 */
import type { WireAway, WireEdit, WireNote, WireTouched } from "../daemon/api/edits_wire.ts";
import { terminal } from "./output.ts";
import { CLASS_STYLE, CLASSES, dim, plain } from "./style.ts";
import { type Cell, table } from "./table.ts";
import { clock, count, duration, shortDay } from "./words.ts";

const DONE = { add: "added", change: "changed", delete: "deleted", note: "noted" } as const;

/** "Thu 26 Nov 13:00–14:00", or a moment. */
export function spanText(from: string, to: string | null): string {
  const begin = `${shortDay(localDate(from))} ${clock(from)}`;
  if (to === null || to === from) return begin;
  const sameDay = localDate(from) === localDate(to);
  return `${begin}–${sameDay ? "" : `${shortDay(localDate(to))} `}${clock(to)}`;
}

/** The journal, newest first. */
export function editTable(edits: readonly WireEdit[]): string[] {
  const columns = [
    { title: "#", align: "right" as const },
    { title: "what" },
    { title: "when" },
    { title: "length", align: "right" as const },
    { title: "title", shrinkTo: 12 },
    { title: "class" },
    { title: "category", shrinkTo: 8 },
    { title: "" },
  ];
  const rows = edits.map((edit): Cell[] => [
    { text: String(edit.id), paint: dim },
    DONE[edit.kind],
    spanText(edit.from, edit.to),
    { text: duration(edit.seconds), paint: dim },
    subjectOf(edit),
    classCell(edit.class),
    edit.category ?? "",
    { text: edit.undone_at === null ? "" : "undone", paint: dim },
  ]);
  return table(columns, rows, terminal.columns);
}

/** One line on an edit that was made. */
export function editLine(edit: WireEdit): string {
  const { kind, from, to, id } = edit;
  return `Edit ${id}: ${DONE[kind]} ${spanText(from, to)} (${duration(edit.seconds)})`;
}

export function noteTable(notes: readonly WireNote[]): string[] {
  const columns = [
    { title: "#", align: "right" as const },
    { title: "when" },
    { title: "note", shrinkTo: 20 },
  ];
  const rows = notes.map(({ id, from, to, text }): Cell[] => [
    { text: String(id), paint: dim },
    spanText(from, to),
    { text, paint: plain },
  ]);
  return table(columns, rows, terminal.columns);
}

export function awayTable(away: readonly WireAway[]): string[] {
  const rows = away.map(({ from, to, seconds }): Cell[] => [
    spanText(from, to),
    { text: duration(seconds), paint: dim },
  ]);
  return table([{ title: "away" }, { title: "length", align: "right" }], rows, terminal.columns);
}

/** What a deletion would touch. */
export function touchedLine(touched: WireTouched): string {
  const times = CLASSES.map((cls) => [cls, touched[`${cls}_seconds`]] as const)
    .filter(([, seconds]) => seconds > 0)
    .map(([cls, seconds]) => `${duration(seconds)} ${CLASS_STYLE[cls].word}`);
  const what = times.length === 0 ? "no time" : times.join(", ");
  return `${spanText(touched.from, touched.to)}: ${count(touched.events, "event")}, ${what}`;
}

function subjectOf({ title, source, event, note }: WireEdit): string {
  if (title !== null) return title;
  if (note !== null) return `note ${note}`;
  if (event !== null) return `event ${event}`;
  return source === null ? "" : `what ${source} saw`;
}

function classCell(cls: WireEdit["class"]): Cell {
  if (cls === null) return "";
  const { word, paint } = CLASS_STYLE[cls];
  return { text: word, paint };
}

/** The calendar date of the local clock. */
function localDate(at: string): string {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
