import assert from "node:assert/strict";
import fc from "fast-check";
import {
  csvTexts,
  type ExportFormat,
  exportHeader,
  exportLine,
  importEvent,
} from "./export_format.ts";
import { csvRows, lines } from "./records.ts";
import type { ActivityEvent } from "./types.ts";

/** The text in pieces of `size` characters. */
async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let i = 0; i < text.length; i += size) yield text.slice(i, i + size);
  await Promise.resolve();
}

async function all<T>(records: AsyncIterable<{ line: number; value: T }>): Promise<T[]> {
  const values: T[] = [];
  for await (const { value } of records) values.push(value);
  return values;
}

Deno.test("lines() counts the lines it skips and takes a last one without its end", async () => {
  const found = [];
  for await (const record of lines(pieces("a\r\n\nb\nc", 2))) found.push(record);
  assert.deepEqual(found, [
    { line: 1, value: "a" },
    { line: 3, value: "b" },
    { line: 4, value: "c" },
  ]);
});

Deno.test("csvRows() reads quoted commas, quotes and line breaks, however they are cut", async () => {
  const text = '\uFEFFapp,title\r\nx,"a,""b""\nc"\r\n"",z\r\n';
  for (const size of [1, 2, 3, 5, 100]) {
    assert.deepEqual(await all(csvRows(pieces(text, size))), [
      { app: "x", title: 'a,"b"\nc' },
      { app: "", title: "z" },
    ]);
  }
});

Deno.test("csvRows() refuses an open quote and a row that is too long", async () => {
  await assert.rejects(all(csvRows(pieces('a\n"b', 9))), SyntaxError);
  await assert.rejects(all(csvRows(pieces("a\nb,c\n", 9))), SyntaxError);
});

Deno.test("csvRows() refuses a row that never ends, of commas as of letters", async () => {
  const endless = (piece: string) =>
    (async function* () {
      yield "a\n";
      for (let i = 0; i < 40; i++) yield await Promise.resolve(piece.repeat(100_000));
    })();
  for (const piece of [",", "x", "x,"]) {
    await assert.rejects(all(csvRows(endless(piece))), /^SyntaxError: Line 2 is longer than/);
  }
});

Deno.test("exportLine() writes no text into CSV that a spreadsheet would calculate", () => {
  const event: ActivityEvent = {
    ...{ id: 1, startMs: 0, endMs: 1, utcOffsetMin: -300, source: "window", class: "neutral" },
  };
  for (
    const title of ['=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "＝1"]
  ) {
    const line = exportLine({ ...event, title }, "csv");
    assert.match(line, /,-300,window,,,"?'/, title);
    assert.equal(JSON.parse(exportLine({ ...event, title }, "jsonl")).title, title);
  }
  assert.match(exportLine({ ...event, title: "'tis" }, "csv"), /,'tis,/);
});

const word = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
  fc.string({ unit: fc.constantFrom("'", "=", "-", ",", '"', "\n", "x"), minLength: 1 }),
);
const text = fc.option(
  word.map((s) => s.replaceAll("\0", " ")),
  { nil: undefined },
);
const eventArbitrary: fc.Arbitrary<ActivityEvent> = fc.record({
  id: fc.nat(),
  startMs: fc.integer({ min: 0, max: 3_000_000_000_000 }),
  lengthMs: fc.integer({ min: 0, max: 86_400_000 }),
  utcOffsetMin: fc.integer({ min: -720, max: 840 }),
  source: fc.constantFrom("window" as const, "afk" as const, "phone" as const),
  app: text,
  title: text,
  url: text,
  device: text,
}).map(({ lengthMs, ...event }) => ({
  ...event,
  endMs: event.startMs + lengthMs,
  class: "neutral" as const,
}));

for (const format of ["jsonl", "csv"] as ExportFormat[]) {
  Deno.test(`importEvent() gives back what exportLine() wrote as ${format}`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(eventArbitrary, { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        async (events, size) => {
          // A lone surrogate cannot be written in UTF-8; the store never holds one.
          fc.pre(
            events.every((e) =>
              [e.app, e.title, e.url, e.device].every((t) => t === undefined || t.isWellFormed())
            ),
          );
          const written = exportHeader(format) + events.map((e) => exportLine(e, format)).join("");
          const read = format === "csv"
            ? (await all(csvRows(pieces(written, size)))).map(csvTexts)
            : (await all(lines(pieces(written, size)))).map((line) => JSON.parse(line));
          assert.deepEqual(
            read.map(importEvent),
            events.map((e) => ({
              source: e.source,
              startMs: e.startMs,
              endMs: e.endMs,
              utcOffsetMin: e.utcOffsetMin,
              device: e.device,
              subject: { app: e.app, title: e.title, url: e.url },
            })),
          );
        },
      ),
    );
  });
}

Deno.test("importEvent() takes nothing that an export would not give back", () => {
  const event = { start: "2026-01-31T09:30:00Z", end: "2026-01-31T09:31:00Z", source: "window" };
  assert.equal(importEvent({ ...event, title: "a\0b" }).subject.title, "a b");
  for (const year of ["0001", "1969", "2070", "9999"]) {
    const start = event.start.replace("2026", year), end = event.end.replace("2026", year);
    assert.throws(() => importEvent({ ...event, start, end }), /years 1970 to 2069/);
  }
});
