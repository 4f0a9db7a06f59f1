/**
 * `export`: the recorded events, oldest first, as they come.
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { basename, dirname, join, resolve } from "node:path";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import { connect, type Context, type Define, readConfig } from "../context.ts";
import { calendarOf, parseInstant } from "../dates.ts";
import { examples } from "../help.ts";
import { note, Progress, writeStream } from "../output.ts";
import { dim } from "../style.ts";
import { clean } from "../text.ts";
import { bytes } from "../words.ts";

interface ExportOptions {
  readonly format: "jsonl" | "csv";
  readonly from?: string;
  readonly to?: string;
  readonly output?: string;
}

export const define: Define = (command, context) => {
  command
    .addOption(
      new Option("--format <format>", "how to write them").choices(["jsonl", "csv"] as const)
        .default("jsonl" as const),
    )
    .option("--from <when>", "begin: a date, or a time with its zone (default: the first event)")
    .option("--to <when>", "end; a date is meant with all its day (default: the last event)")
    .option("-o, --output <file>", "file to write (default: standard output)")
    .action((options) => exportEvents(options, context));
  examples(
    command,
    ["export > events.jsonl", "everything"],
    ["export --format csv --from 2026-01-01 -o 2026.csv", "a range, for a spreadsheet"],
    ["export --from today | head", "only a look"],
  );
};

async function exportEvents(options: ExportOptions, context: Context): Promise<void> {
  const { format, from, to, output } = options;
  const calendar = calendarOf(await readConfig(context));
  const query = {
    format,
    from: from === undefined ? undefined : parseInstant("--from", from, "begin", calendar),
    to: to === undefined ? undefined : parseInstant("--to", to, "end", calendar),
  };
  const client = await connect(context);
  const events = await client.download("/export", query);
  if (output === undefined || output === "-") return await writeStream(events);
  const path = resolve(output);
  const size = await save(events, path, context);
  note(dim(`${clean(path)}, ${bytes(size)}`));
}

/** Writes a private file that has its name only once it is whole. */
async function save(
  stream: ReadableStream<Uint8Array>,
  path: string,
  { cleanups }: Context,
): Promise<number> {
  const part = join(dirname(path), `.${basename(path)}.${crypto.randomUUID().slice(0, 8)}.part`);
  let size = 0;
  try {
    using file = await Deno.open(part, { write: true, createNew: true, mode: 0o600 });
    cleanups.defer(() => removeIfThere(part));
    using progress = new Progress();
    for await (const chunk of stream) {
      for (let at = 0; at < chunk.length;) at += await file.write(chunk.subarray(at));
      size += chunk.length;
      progress.update(`${bytes(size)} written`);
    }
    await file.sync();
    await Deno.rename(part, path);
    return size;
  } catch (error) {
    const isOurs = error instanceof FatalError || !(error instanceof Error);
    if (isOurs) throw error;
    const denied = error instanceof Deno.errors.PermissionDenied;
    throw new FatalError(
      `Cannot write "${path}": ${error.message.replace(/:? (open|rename) '.*$/, "")}`,
      denied ? EXIT_CODES.notPermitted : EXIT_CODES.failed,
      { cause: error },
    );
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
