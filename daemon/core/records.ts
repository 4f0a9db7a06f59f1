/**
 * Cutting streamed text into records: lines of JSON, or rows of CSV (RFC 4180).
 * @module
 */

/** A piece of input and the line it began on, counted from 1. */
export interface InputRecord<T> {
  readonly line: number;
  readonly value: T;
}

/** The most characters one record may have; a longer one is an error, not a full memory. */
export const MAX_RECORD_CHARS = 1_000_000;

/** Lines of a text that arrives in chunks, without their ends; empty ones are left out. */
export async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<InputRecord<string>> {
  let rest = "", line = 0;
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop()!;
    tooLong(rest.length, line + 1);
    for (const part of parts) {
      line++;
      const value = part.replace(/\r$/, "");
      if (value.trim() !== "") yield { line, value };
    }
  }
  if (rest.trim() !== "") yield { line: line + 1, value: rest };
}

/**
 * Rows of CSV as objects by the names in its first row. Quoted fields may hold commas, quotes and line
 * breaks; a byte order mark is skipped.
 * @throws {SyntaxError} for a quote that is never closed, or a row with more fields than names.
 */
export async function* csvRows(
  chunks: AsyncIterable<string>,
): AsyncGenerator<InputRecord<Record<string, string>>> {
  let names: string[] | undefined;
  for await (const { line, value } of csvFields(chunks)) {
    if (!names) {
      names = value.map((name) => name.trim());
      continue;
    }
    if (value.length === 1 && value[0] === "") continue;
    if (value.length > names.length) {
      throw new SyntaxError(
        `Line ${line} has ${value.length} fields, the first line ${names.length}`,
      );
    }
    yield { line, value: Object.fromEntries(value.map((field, i) => [names![i], field])) };
  }
}

async function* csvFields(chunks: AsyncIterable<string>): AsyncGenerator<InputRecord<string[]>> {
  let row: string[] = [], field = "", line = 1, rowLine = 1, rowChars = 0;
  let quoted = false, quoteSeen = false, first = true;
  for await (const chunk of chunks) {
    for (const char of first ? chunk.replace(/^\uFEFF/, "") : chunk) {
      if (char === "\n") line++;
      if (quoted && !quoteSeen) {
        if (char === '"') quoteSeen = true;
        else field += char;
      } else if (quoted && char === '"') {
        field += '"';
        quoteSeen = false;
      } else if (char === '"' && field === "" && !quoted) {
        quoted = true;
      } else if (char === ",") {
        row.push(field);
        rowChars += field.length + 1;
        field = "";
        quoted = quoteSeen = false;
      } else if (char === "\n") {
        row.push(field.replace(/\r$/, ""));
        yield { line: rowLine, value: row };
        row = [];
        rowChars = 0;
        field = "";
        quoted = quoteSeen = false;
        rowLine = line;
      } else {
        field += char;
      }
    }
    first &&= chunk === "";
    tooLong(rowChars + field.length, rowLine);
  }
  if (quoted && !quoteSeen) {
    throw new SyntaxError(`Line ${rowLine} opens a quote that is never closed`);
  }
  if (field !== "" || row.length > 0) {
    yield { line: rowLine, value: [...row, field.replace(/\r$/, "")] };
  }
}

function tooLong(chars: number, line: number): void {
  if (chars > MAX_RECORD_CHARS) {
    throw new SyntaxError(`Line ${line} is longer than ${MAX_RECORD_CHARS} characters`);
  }
}
