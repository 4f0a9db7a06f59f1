import * as z from "zod";
import { ALL_TIME } from "../core/export_format.ts";
import type { Change, Deletion, EditRecord, Entry, Note, NoteChange } from "../core/edit.ts";
import type { ClassTotals, Span } from "../core/types.ts";
import type { ApiDeps } from "./deps.ts";
import {
  awaySchema,
  editSchema,
  noteSchema,
  touchedSchema,
  toWireAway,
  toWireEdit,
  toWireNote,
  toWireTouched,
} from "./edits_wire.ts";
import { HttpError } from "./errors.ts";
import { rangeFields, spanOfRange } from "./period.ts";
import { route } from "./route.ts";
import { classSchema, queryInstant, queryInteger, sourceSchema } from "./wire.ts";

/** A time away that nobody has told about; its number stays while it goes on. */
export type AwaySpan = Span & { readonly id: number };

/** What an edit of a note came to. */
export interface NoteEdit {
  readonly note: Note;
  readonly edit: EditRecord;
}

/** What the API needs of changes by hand; each resolves once it is stored. */
export interface EditPort {
  list(
    query: { readonly span: Span; readonly beforeId?: number; readonly limit: number },
  ): EditRecord[];
  add(entry: Entry): Promise<EditRecord>;
  change(change: Change): Promise<EditRecord>;
  remove(deletion: Deletion): Promise<EditRecord>;
  /** What a deletion would touch. */
  plan(
    deletion: Deletion,
  ): { readonly span: Span; readonly events: number; readonly totals: ClassTotals };
  undo(id: number): Promise<EditRecord>;
  redo(id: number): Promise<EditRecord>;
  notes(span: Span, limit: number): Note[];
  addNote(note: Omit<Note, "id">): Promise<NoteEdit>;
  changeNote(id: number, note: NoteChange): Promise<NoteEdit>;
  removeNote(id: number): Promise<NoteEdit>;
  /** Times away that wait for an answer; of today when no span is named. */
  away(span: Partial<Span>): Promise<AwaySpan[]>;
  dismiss(span: Span): Promise<void>;
}

const title = () => z.string().trim().min(1).max(1_000).refine(isPlain, "must be one line of text");
const category = () => z.string().max(100);
/** Since the number of an event is what a client knows it by, one event can be named in place of a span. */
const place = () => ({
  from: queryInstant().optional(),
  to: queryInstant().optional(),
  event: z.number().int().positive().optional(),
});
const noteBody = () =>
  z.strictObject({
    from: queryInstant().describe("the moment, or where it begins"),
    to: queryInstant().nullable().optional(),
    text: z.string().min(1).max(10_000).refine((text) => text.trim() !== "", "must say something"),
  });
const edited = () => z.object({ edit: editSchema() });
const noteEdited = () => z.object({ note: noteSchema(), edit: editSchema() });

export function editRoutes(deps: ApiDeps) {
  return [...listRoutes(deps), ...changeRoutes(deps), ...noteRoutes(deps)];
}

function listRoutes({ edits }: ApiDeps) {
  return [
    route({
      method: "GET",
      path: "/edits",
      access: "token",
      tag: "Edits",
      summary: "Changes by hand that touch a range, newest first, in pages",
      query: () =>
        z.object({
          ...rangeFields(),
          cursor: z.string().regex(/^\d{1,15}$/, "must be one that a page gave").optional(),
          limit: queryInteger(1, 500).default(100),
        }),
      reply: () => z.object({ edits: z.array(editSchema()), next_cursor: z.string().nullable() }),
      handle: async ({ query }) => {
        const { cursor, limit } = query;
        const span = spanOfRange(query, ALL_TIME);
        const found = (await edits()).list({
          ...{ span, limit: limit + 1 },
          beforeId: cursor === undefined ? undefined : Number(cursor),
        });
        const page = found.slice(0, limit);
        const next = found.length > limit ? String(page[page.length - 1].id) : null;
        return { edits: page.map(toWireEdit), next_cursor: next };
      },
    }),
    route({
      method: "GET",
      path: "/edits/away",
      access: "token",
      tag: "Edits",
      summary: "Times away that have no entry and were not dismissed; of today by default",
      query: () => z.object(rangeFields()),
      reply: () => z.array(awaySchema()),
      handle: async ({ query: { from, to } }) => {
        const span = {
          ...from !== undefined && { startMs: from },
          ...to !== undefined && { endMs: to },
        };
        return (await (await edits()).away(span)).map(toWireAway);
      },
    }),
    route({
      method: "POST",
      path: "/edits/away/dismiss",
      access: "token",
      tag: "Edits",
      summary: "Does not ask about a time away again",
      body: () => z.strictObject({ from: queryInstant(), to: queryInstant() }),
      reply: () => z.object({ dismissed: z.literal(true) }),
      handle: async ({ body }) => {
        await (await edits()).dismiss({ startMs: body.from, endMs: body.to });
        return { dismissed: true };
      },
    }),
  ];
}

function changeRoutes({ edits }: ApiDeps) {
  return [
    route({
      method: "POST",
      path: "/edits/entries",
      access: "token",
      tag: "Edits",
      summary: "Says what a span of the past was spent on, at most 24 hours of it",
      body: () =>
        z.strictObject({
          ...{ from: queryInstant(), to: queryInstant(), title: title(), class: classSchema() },
          category: category().nullable().optional(),
        }),
      reply: edited,
      handle: async ({ body: { from, to, title, class: cls, category } }) => {
        const entry = { startMs: from, endMs: to, title, class: cls };
        const edit = await (await edits()).add({ ...entry, category: category ?? undefined });
        return { edit: toWireEdit(edit) };
      },
    }),
    route({
      method: "POST",
      path: "/edits/changes",
      access: "token",
      tag: "Edits",
      summary: "Gives a span or an event another class, category or title; the rest stays",
      body: () =>
        z.strictObject({
          ...place(),
          class: classSchema().optional(),
          category: category().nullable().optional().describe("null: none"),
          title: title().optional(),
          include_afk: z.boolean().default(false),
        }),
      reply: edited,
      handle: async ({ body: { from, to, event, include_afk, ...what } }) => {
        const place = placeOf({ from, to, event });
        const edit = await (await edits()).change({ ...what, ...place, includeAfk: include_afk });
        return { edit: toWireEdit(edit) };
      },
    }),
    route({
      method: "POST",
      path: "/edits/deletions",
      access: "token",
      tag: "Edits",
      summary: "Takes a span or an event out of the record; or tells what that would touch",
      body: () =>
        z.strictObject({
          ...place(),
          source: sourceSchema().optional().describe("only what this source saw"),
          dry_run: z.boolean().default(false),
        }),
      reply: () => z.object({ edit: editSchema().nullable(), touched: touchedSchema() }),
      handle: async ({ body: { from, to, event, source, dry_run } }) => {
        const port = await edits();
        const deletion = { ...placeOf({ from, to, event }), source };
        const touched = toWireTouched(port.plan(deletion));
        const edit = dry_run ? undefined : await port.remove(deletion);
        return { edit: edit ? toWireEdit(edit) : null, touched };
      },
    }),
    ...(["undo", "redo"] as const).map((what) =>
      route({
        method: "POST",
        path: `/edits/:id/${what}`,
        access: "token",
        tag: "Edits",
        summary: what === "undo"
          ? "Takes an edit back; later ones of the same time must be undone before"
          : "Makes an edit again that was undone",
        reply: edited,
        handle: async ({ params }) => {
          const port = await edits();
          return { edit: toWireEdit(await port[what](numberOf(params.id, "edit"))) };
        },
      })
    ),
  ];
}

function noteRoutes({ edits }: ApiDeps) {
  return [
    route({
      method: "GET",
      path: "/notes",
      access: "token",
      tag: "Notes",
      summary: "Notes of a range, oldest first",
      query: () => z.object({ ...rangeFields(), limit: queryInteger(1, 1000).default(1000) }),
      reply: () => z.array(noteSchema()),
      handle: async ({ query }) =>
        (await edits()).notes(spanOfRange(query, ALL_TIME), query.limit).map(toWireNote),
    }),
    route({
      method: "POST",
      path: "/notes",
      access: "token",
      tag: "Notes",
      summary: "Writes down what a moment, or a span, was about",
      body: noteBody,
      reply: noteEdited,
      handle: async ({ body }) => toWireNoteEdit(await (await edits()).addNote(noteOf(body))),
    }),
    route({
      method: "PUT",
      path: "/notes/:id",
      access: "token",
      tag: "Notes",
      summary: "Replaces a note; without from its time stays",
      body: () => noteBody().partial({ from: true }),
      reply: noteEdited,
      handle: async ({ params, body: { from, to, text } }) => {
        const id = numberOf(params.id, "note");
        if (from === undefined && to) {
          throw new HttpError(422, "wrong_value", `Cannot use "to" without "from"`);
        }
        const note = from === undefined ? { text: plain(text) } : noteOf({ from, to, text });
        return toWireNoteEdit(await (await edits()).changeNote(id, note));
      },
    }),
    route({
      method: "DELETE",
      path: "/notes/:id",
      access: "token",
      tag: "Notes",
      summary: "Deletes a note; that can be undone",
      reply: noteEdited,
      handle: async ({ params }) =>
        toWireNoteEdit(await (await edits()).removeNote(numberOf(params.id, "note"))),
    }),
  ];
}

interface PlaceBody {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly event: number | undefined;
}

/** Either a span or an event: which of them, the service checks. */
function placeOf({ from, to, event }: PlaceBody): { span?: Span; event?: number } {
  if ((from === undefined) !== (to === undefined)) {
    throw new HttpError(422, "wrong_value", `Cannot use the span: it needs both "from" and "to"`);
  }
  return {
    ...from !== undefined && to !== undefined && { span: { startMs: from, endMs: to } },
    ...event !== undefined && { event },
  };
}

function noteOf(
  { from, to, text }: { from: number; to?: number | null; text: string },
): Omit<Note, "id"> {
  return { startMs: from, ...to !== undefined && to !== null && { endMs: to }, text: plain(text) };
}

/** SQLite would keep what follows a NUL, and never give it back. */
function plain(text: string): string {
  return text.replaceAll("\0", " ");
}

function toWireNoteEdit({ note, edit }: NoteEdit) {
  return { note: toWireNote(note), edit: toWireEdit(edit) };
}

function numberOf(text: string, what: "edit" | "note"): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new HttpError(404, "not_found", `Cannot find ${what} ${JSON.stringify(text.slice(0, 40))}`);
}

/** Whether a text is one line without controls. */
function isPlain(text: string): boolean {
  return !/\p{Cc}/u.test(text);
}
