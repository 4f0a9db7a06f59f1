/**
 * `import`: events that were exported, added to those that are there.
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { resolve } from "node:path";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import { connect, type Context, type Define } from "../context.ts";
import { examples } from "../help.ts";
import { note, print, printJson, Progress } from "../output.ts";
import { dim, red, yellow } from "../style.ts";
import { clean } from "../text.ts";
import type { ImportReply } from "../wire.ts";
import { bytes, count, percent } from "../words.ts";

interface ImportOptions {
  readonly format?: "jsonl" | "csv";
  readonly json?: true;
}

export const define: Define = (command, context) => {
  command
    .argument("<file>", "what export wrote, or - for standard input")
    .addOption(
      new Option(
        "--format <format>",
        "how it is written (default: csv for a .csv file, else jsonl)",
      )
        .choices(["jsonl", "csv"] as const),
    )
    .option("--json", "print JSON")
    .action((file, options) => importEvents(file, options, context));
  examples(
    command,
    ["import events.jsonl", "what is there already is left alone"],
    ["import - --format csv < events.csv", "from standard input"],
  );
};

async function importEvents(
  file: string,
  options: ImportOptions,
  context: Context,
): Promise<void> {
  const format = options.format ?? (/\.csv$/i.test(file) ? "csv" : "jsonl");
  const input = await openInput(file);
  const client = await connect(context);
  let reply: ImportReply;
  {
    using progress = new Progress();
    const counted = input.stream.pipeThrough(counter((read) => {
      const part = input.size ? ` (${percent(read / input.size)})` : "";
      progress.update(`${bytes(read)} read${part}`);
    }));
    reply = await client.upload<ImportReply>("/import", counted, { format });
  }
  if (options.json) printJson(reply);
  else print(...view(reply));
  if (reply.rejected > 0) context.result.exitCode = EXIT_CODES.failed;
}

interface Input {
  readonly stream: ReadableStream<Uint8Array>;
  readonly size?: number;
}

async function openInput(file: string): Promise<Input> {
  if (file === "-") {
    if (Deno.stdin.isTerminal()) note(dim("Reading the terminal; Ctrl-D ends it"));
    return { stream: Deno.stdin.readable };
  }
  const path = resolve(file);
  try {
    const opened = await Deno.open(path, { read: true });
    const { isDirectory, isFile, size } = await opened.stat();
    if (!isDirectory) return { stream: opened.readable, size: isFile ? size : undefined };
    opened.close();
    throw new FatalError(`Cannot read "${path}": it is a directory`, EXIT_CODES.failed);
  } catch (error) {
    if (error instanceof FatalError) throw error;
    const missing = error instanceof Deno.errors.NotFound;
    const denied = error instanceof Deno.errors.PermissionDenied;
    const reason = missing ? "there is no such file" : (error as Error).message;
    throw new FatalError(
      `Cannot read "${path}": ${denied ? "you may not" : reason}`,
      denied ? EXIT_CODES.notPermitted : EXIT_CODES.failed,
      { cause: error },
    );
  }
}

/** Passes bytes on and tells how many there were so far. */
function counter(tell: (bytes: number) => void): TransformStream<Uint8Array, Uint8Array> {
  let read = 0;
  return new TransformStream({
    transform(chunk, controller) {
      tell(read += chunk.length);
      controller.enqueue(chunk);
    },
  });
}

function view(reply: ImportReply): string[] {
  const { read, added, duplicates, dropped, redacted, rejected, errors } = reply;
  const parts = [`${count(read, "event")} read`, `${added} added`, `${duplicates} there already`];
  if (dropped > 0) parts.push(`${dropped} dropped by your privacy rules`);
  if (redacted > 0) parts.push(`${redacted} without title by them`);
  if (rejected > 0) parts.push(red(`${rejected} rejected`));
  const lines = [parts.join(", ")];
  for (const { line, message } of errors) lines.push(`  line ${line}: ${clean(message)}`);
  if (rejected > errors.length) lines.push(yellow(`  and ${rejected - errors.length} more`));
  return lines;
}
