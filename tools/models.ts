// deno-lint-ignore-file no-console -- a tool speaks to the terminal it is run from
/**
 * Fetches the models into `dist/models`, with their licences, and says what they are:
 *
 *     deno task models [--json] [--quiet]
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { systemEnv } from "../daemon/config/env.ts";
import { FatalError } from "../daemon/core/errors.ts";
import { readNpmRegistry } from "../daemon/config/npm_registry.ts";
import {
  ensureModels,
  MODEL_FILES,
  type ModelProgress,
  modelsDir,
} from "../daemon/focus/model_files.ts";
import type { ModelRecord } from "../vision/models.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

const LICENCES = join(ROOT, "docs", "licences");

/** Makes `dist/models` complete and right, licences included, with progress on standard error. */
export async function makeModels(): Promise<void> {
  const say = progressLine();
  try {
    await ensureModels({ registry: readNpmRegistry(systemEnv), onProgress: say });
  } finally {
    say(undefined);
  }
  await Deno.writeTextFile(new URL("licences.txt", modelsDir()), await licenceTexts());
}

/** All texts of `docs/licences` one after the other, each under its name. */
async function licenceTexts(): Promise<string> {
  const names = await Array.fromAsync(Deno.readDir(LICENCES), ({ name }) => name);
  const texts = names.toSorted().map(async (name) => {
    const text = await Deno.readTextFile(join(LICENCES, name));
    return `${"=".repeat(80)}\n${name.replace(/\.txt$/, "")}\n${
      "=".repeat(80)
    }\n\n${text.trim()}\n`;
  });
  return (await Promise.all(texts)).join("\n");
}

/** One line that is written over in a terminal; elsewhere a line a package. */
function progressLine(): (progress: ModelProgress | undefined) => void {
  const isTerminal = Deno.stderr.isTerminal();
  let said = "";
  return (progress) => {
    if (!progress) {
      if (isTerminal && said) Deno.stderr.writeSync(new TextEncoder().encode("\r\x1b[K"));
      return;
    }
    const { doing, package: name, doneBytes, totalBytes } = progress;
    if (doing === "waiting") {
      console.error("models: another process is fetching them; waiting");
      return;
    }
    const line = isTerminal
      ? `models: ${megabytes(doneBytes)} of ${megabytes(totalBytes)}, ${doing} ${name}`
      : `models: ${doing} ${name}`;
    if (line === said) return;
    said = line;
    if (isTerminal) Deno.stderr.writeSync(new TextEncoder().encode(`\r${line}\x1b[K`));
    else console.error(line);
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** The rows of a table, columns side by side. */
function table(records: readonly ModelRecord[]): string {
  const rows = [
    ["file", "bytes", "sha256", "licence", "source"],
    ...records.map(({ file, bytes, sha256, licence, source }) => [
      file,
      String(bytes),
      sha256,
      licence,
      `${source.package}@${source.version} ${source.paths.join(", ")}`,
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd())
    .join("\n");
}

if (import.meta.main) {
  try {
    const { values: { json, quiet } } = parseArgs({
      options: { json: { type: "boolean" }, quiet: { type: "boolean" } },
    });
    await makeModels();
    if (json) console.log(JSON.stringify(MODEL_FILES, undefined, 2));
    else if (!quiet) console.log(table(MODEL_FILES));
  } catch (error) {
    console.error((error as Error).message);
    const isUsage = error instanceof TypeError || error instanceof FatalError;
    Deno.exit(isUsage ? 2 : 1);
  }
}
