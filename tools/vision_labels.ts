/**
 * Labels of pictures: CSV with a header, as `../shared/vision` has it.
 * @module
 */

/** What a picture shows, as far as a verdict can say. */
export const CLASSES = ["focused", "eyes closed", "turned away", "no face"] as const;
export type Class = (typeof CLASSES)[number];

export interface Label {
  readonly file: string;
  /** `undefined` where people do not agree. */
  readonly truth: Class | undefined;
  /** By eye, in degrees; positive is towards the image's left. */
  readonly yawDeg: number;
  readonly source: string;
}

/** Heads turned further than this are away when the label does not say what is expected. */
const AWAY_DEG = 30;
/** Heads turned less than this are not. */
const FRONTAL_DEG = 15;

/** The rows of a CSV file by their columns' names; fields in quotes may hold commas, quotes and line ends. */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  const field = /("(?:[^"]|"")*"|(?!")[^,\r\n]*)(,|\r?\n|$)/y;
  for (let at = 0; at < text.length; at = field.lastIndex) {
    field.lastIndex = at;
    const match = field.exec(text);
    if (!match) throw new SyntaxError(`Cannot read the CSV: a quote is not closed at ${at}`);
    const [, value, end] = match;
    rows.at(-1)!.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end !== ",") rows.push([]);
  }
  const [header = [], ...records] = rows.filter((row) => row.some((value) => value !== ""));
  return records.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ""])));
}

/**
 * The labels in `text`.
 *
 * @throws {SyntaxError} when a column is missing or a row contradicts itself
 */
export function parseLabels(text: string): Label[] {
  const rows = parseCsv(text);
  if (rows.length === 0) throw new SyntaxError("Cannot read the labels: there are none");
  for (const column of ["file", "face", "eyes", "yaw"]) {
    if (!(column in rows[0])) {
      throw new SyntaxError(`Cannot read the labels: the column "${column}" is missing`);
    }
  }
  return rows.map((row) => ({
    file: row.file,
    truth: truthOf(row),
    yawDeg: Number(row.yaw) || 0,
    source: row.source || row.file.split("_")[0],
  }));
}

function truthOf(row: Record<string, string>): Class | undefined {
  const { face, eyes, expected = "" } = row;
  const turnedDeg = Math.max(Math.abs(Number(row.yaw) || 0), Math.abs(Number(row.pitch) || 0));
  switch (expected.toUpperCase()) {
    case "AMBIG":
      return undefined;
    case "NO_FACE":
      return "no face";
    case "FOCUSED":
      return "focused";
    case "UNFOCUSED":
      return eyes === "closed" && turnedDeg < AWAY_DEG ? "eyes closed" : "turned away";
    case "":
      break;
    default:
      throw new SyntaxError(`Cannot read the label of "${row.file}": expected is "${expected}"`);
  }
  if (face === "0") return "no face";
  if (turnedDeg >= AWAY_DEG) return "turned away";
  if (turnedDeg >= FRONTAL_DEG) return undefined;
  if (eyes === "closed") return "eyes closed";
  return eyes === "open" ? "focused" : undefined;
}
