import * as z from "zod";
import {
  ALL_TIME,
  csvTexts,
  type ExportFormat,
  type ImportedEvent,
  importEvent,
} from "../core/export_format.ts";
import { csvRows, type InputRecord, lines } from "../core/records.ts";
import type { Span } from "../core/types.ts";
import type { ApiDeps, Position, StorePort } from "./deps.ts";
import { HttpError } from "./errors.ts";
import { rangeFields, spanOfRange } from "./period.ts";
import { route } from "./route.ts";
import { iso } from "./wire.ts";

const formatSchema = () => z.enum(["jsonl", "csv"]).default("jsonl");
/** A few at a time: whatever else the daemon does waits that long. */
const IMPORT_BATCH = 100;
const MAX_REPORTED_ERRORS = 20;

const importReplySchema = () =>
  z.object({
    read: z.number().int(),
    added: z.number().int(),
    duplicates: z.number().int(),
    dropped: z.number().int().describe("events that a privacy rule hides: not stored"),
    redacted: z.number().int().describe("events of which a privacy rule hides title and URL"),
    rejected: z.number().int(),
    errors: z.array(z.object({ line: z.number().int(), message: z.string() })),
  });
export type WireImported = z.infer<ReturnType<typeof importReplySchema>>;

/** The copies of the database that there are. */
export interface CopyList {
  /** The daily ones and those made by hand, in the data directory; newest first. */
  readonly kept: readonly {
    readonly path: string;
    readonly madeMs: number;
    readonly bytes: number;
  }[];
  /** How many of them stay. */
  readonly most: number;
  /** Made at paths of the user's, which may have moved them since. */
  readonly elsewhere: readonly { readonly path: string; readonly madeMs: number }[];
}

const copiesSchema = () => {
  const made = z.iso.datetime().meta({ example: "2026-01-31T09:30:00.000Z" });
  return z.object({
    kept: z.array(z.object({ path: z.string(), made, bytes: z.number().int() })),
    most: z.number().int().describe("how many are kept; of a day with several the older go first"),
    elsewhere: z.array(z.object({ path: z.string(), made }))
      .describe("made at a path; erasing does not reach them"),
  });
};
export type WireCopies = z.infer<ReturnType<typeof copiesSchema>>;

export function dataRoutes({ store, backup, copies, privacy, onImported }: ApiDeps) {
  return [
    route({
      method: "GET",
      path: "/backups",
      access: "token",
      tag: "Data",
      summary: "The copies of the database that there are, newest first",
      reply: () => copiesSchema(),
      handle: (): WireCopies => {
        const { kept, most, elsewhere } = copies();
        return {
          kept: kept.map(({ path, madeMs, bytes }) => ({ path, made: iso(madeMs), bytes })),
          most,
          elsewhere: elsewhere.map(({ path, madeMs }) => ({ path, made: iso(madeMs) })),
        };
      },
    }),
    route({
      method: "POST",
      path: "/backup",
      access: "token",
      tag: "Data",
      summary: "Makes a verified copy of the database, in the data directory or at a path",
      body: () => z.strictObject({ path: z.string().min(1).max(4096).optional() }),
      reply: () =>
        z.object({ path: z.string(), bytes: z.number().int(), events: z.number().int() }),
      handle: ({ body }) => backup(body.path),
    }),
    route({
      method: "GET",
      path: "/export",
      access: "token",
      tag: "Data",
      summary: "All events of a range, oldest first, as JSON Lines or CSV",
      query: () => z.object({ ...rangeFields(), format: formatSchema() }),
      replyType: "application/jsonl",
      handle: ({ query }) =>
        new Response(exportStream(store, spanOfRange(query, ALL_TIME), query.format), {
          headers: {
            "Content-Type": query.format === "csv"
              ? "text/csv; charset=utf-8"
              : "application/jsonl; charset=utf-8",
          },
        }),
    }),
    route({
      method: "POST",
      path: "/import",
      access: "token",
      tag: "Data",
      summary: "Adds exported events; what is there already is left alone",
      query: () => z.object({ format: formatSchema() }),
      maxBodyBytes: Infinity,
      reply: () => importReplySchema(),
      handle: async ({ query, request }) => {
        try {
          return await importStream({ store, privacy }, request, query.format);
        } finally {
          onImported();
        }
      },
    }),
  ];
}

/** Pulls one page at a time from the reader, so that a slow client holds nothing up. */
function exportStream(
  store: StorePort,
  span: Span,
  format: ExportFormat,
): ReadableStream<Uint8Array> {
  let after: Position | undefined;
  let lastPageMs = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      // A third of a core at most: an export can wait, a write cannot.
      await new Promise((resolve) => setTimeout(resolve, 2 * lastPageMs));
      const startedMs = performance.now();
      const page = await store.reader.call("exportPage", span, format, after);
      if (page.text.length > 0) controller.enqueue(page.text);
      after = page.next;
      lastPageMs = performance.now() - startedMs;
      if (after === undefined) controller.close();
    },
  }, { highWaterMark: 0 });
}

async function importStream(
  { store, privacy }: Pick<ApiDeps, "store" | "privacy">,
  request: Request,
  format: ExportFormat,
) {
  const reply = { read: 0, added: 0, duplicates: 0, dropped: 0, redacted: 0, rejected: 0 };
  const errors: { line: number; message: string }[] = [];
  let batch: ImportedEvent[] = [];
  const save = async () => {
    // As late as can be: the rest of a batch may take its time to come, and rules may come before it.
    const known = batch.flatMap((event) => {
      const left = knownEvent(event, privacy);
      if (!left) reply.dropped++;
      else if (left !== event) reply.redacted++;
      return left ?? [];
    });
    batch = [];
    for (const { change } of await store.import(known)) {
      if (change === "none") reply.duplicates++;
      else reply.added++;
    }
    // What is there to be read follows without a turn of the event loop: an import can wait, the rest cannot.
    await new Promise((resolve) => setTimeout(resolve));
  };
  const text = ReadableStream.from(bodyOf(request))
    .pipeThrough(
      new TextDecoderStream("utf-8", { fatal: true }) as TransformStream<Uint8Array, string>,
    );
  const records: AsyncIterable<InputRecord<string | Record<string, string>>> = format === "csv"
    ? csvRows(text)
    : lines(text);
  try {
    for await (const { line, value } of records) {
      reply.read++;
      try {
        batch.push(importEvent(typeof value === "string" ? parseLine(value) : csvTexts(value)));
      } catch (error) {
        reply.rejected++;
        const { message } = error as Error;
        if (errors.length < MAX_REPORTED_ERRORS) errors.push({ line, message });
      }
      if (batch.length >= IMPORT_BATCH) await save();
    }
  } catch (error) {
    if (batch.length > 0) await save();
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    const reason = error instanceof SyntaxError ? error.message : "it is not UTF-8";
    throw new HttpError(
      400,
      "wrong_shape",
      `Cannot import further: ${reason}. ${reply.added} events were added before it`,
    );
  }
  if (batch.length > 0) await save();
  return { ...reply, errors };
}

/** @throws {HttpError} when whoever sends it stops in the middle: that is no error of the daemon's. */
async function* bodyOf({ body }: Request): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  try {
    if (body) yield* body;
  } catch (cause) {
    const message = `The body ended in the middle: ${(cause as Error).message}`;
    throw new HttpError(400, "stopped", message);
  }
}

/** What of an event may be stored; what somebody typed is as they wish it, what a change kept of a window is not. */
function knownEvent(
  event: ImportedEvent,
  privacy: ApiDeps["privacy"],
): ImportedEvent | undefined {
  const { source, subject: { app, url } } = event;
  const isTyped = source === "manual" && app === undefined && url === undefined;
  if (isTyped || source === "afk") return event;
  const subject = privacy.filterSubject(event.subject);
  return subject && (subject === event.subject ? event : { ...event, subject });
}

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TypeError("is not JSON");
  }
}
