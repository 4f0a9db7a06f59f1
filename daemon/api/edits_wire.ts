/**
 * Edits, notes and questions about time away as JSON.
 * @module
 */
import * as z from "zod";
import type { EditRecord, Note } from "../core/edit.ts";
import type { ClassTotals, Span } from "../core/types.ts";
import { classSchema, iso, seconds, sourceSchema, timesSchema, toWireTimes } from "./wire.ts";

const instant = () => z.iso.datetime().meta({ example: "2026-01-31T09:30:00.000Z" });

export const editSchema = () =>
  z.object({
    id: z.number().int(),
    at: instant(),
    kind: z.enum(["add", "change", "delete", "note"]),
    from: instant(),
    to: instant(),
    seconds: z.number(),
    title: z.string().nullable(),
    class: classSchema().nullable(),
    category: z.string().nullable(),
    source: sourceSchema().nullable(),
    event: z.number().int().nullable(),
    note: z.number().int().nullable(),
    undone_at: instant().nullable(),
  });
export type WireEdit = z.infer<ReturnType<typeof editSchema>>;

export function toWireEdit({ request, ...edit }: EditRecord): WireEdit {
  return {
    id: edit.id,
    at: iso(edit.atMs),
    kind: edit.kind,
    from: iso(edit.startMs),
    to: iso(edit.endMs),
    seconds: seconds(edit.endMs - edit.startMs),
    title: request.title ?? null,
    class: request.class ?? null,
    category: request.category ?? null,
    source: request.source ?? null,
    event: request.event ?? null,
    note: request.note ?? null,
    undone_at: edit.undoneMs === undefined ? null : iso(edit.undoneMs),
  };
}

export const noteSchema = () =>
  z.object({
    id: z.number().int(),
    from: instant(),
    to: instant().nullable().describe("null: a moment"),
    text: z.string(),
  });
export type WireNote = z.infer<ReturnType<typeof noteSchema>>;

export function toWireNote({ id, startMs, endMs, text }: Note): WireNote {
  return { id, from: iso(startMs), to: endMs === undefined ? null : iso(endMs), text };
}

export const awaySchema = () =>
  z.object({ id: z.number().int(), from: instant(), to: instant(), seconds: z.number() });
export type WireAway = z.infer<ReturnType<typeof awaySchema>>;

export function toWireAway({ id, startMs, endMs }: Span & { readonly id: number }): WireAway {
  return { id, from: iso(startMs), to: iso(endMs), seconds: seconds(endMs - startMs) };
}

export const touchedSchema = () =>
  z.object({ from: instant(), to: instant(), events: z.number().int(), ...timesSchema().shape });
export type WireTouched = z.infer<ReturnType<typeof touchedSchema>>;

export function toWireTouched(
  { span, events, totals }: {
    readonly span: Span;
    readonly events: number;
    readonly totals: ClassTotals;
  },
): WireTouched {
  return { from: iso(span.startMs), to: iso(span.endMs), events, ...toWireTimes(totals) };
}
