// deno-lint-ignore-file no-console -- a tool speaks to the terminal it is run from
/**
 * Builds what `deno task start` and `deno task prodtracker` run, when it is older than its sources: the
 * dashboard in `dist/web`, the program's bundle in `dist/start`. From the bundle the daemon takes 56 MB of
 * memory, from the sources 69 MB.
 *
 *     deno run -A tools/build.ts [--quiet]
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildWeb } from "./build_web.ts";
import { bundleProgram, parseOnce, PRODTRACKER } from "./bundle.ts";
import { type BuildWhen, isDue } from "./stale.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const TARGET = join(ROOT, "dist", "start");
const SOURCES = ["main.ts", "cli", "daemon", "vision", "deno.json", "tools/bundle.ts"];

/** How long a daemon may go on running from files that a newer build no longer has. */
const KEPT_MS = 7 * 86_400_000;

/**
 * Bundles the program into `target`. Parts of an earlier build stay for a week: a daemon that runs from
 * them still loads some when they are needed.
 */
export async function buildProgram(when: BuildWhen, target = TARGET): Promise<boolean> {
  if (!await isDue(when, join(target, "main.js"), SOURCES)) return false;
  await Deno.mkdir(target, { recursive: true });
  const fresh = await Deno.makeTempDir({ dir: join(target, ".."), prefix: ".start-" });
  try {
    await bundleProgram({ root: ROOT, ...PRODTRACKER }, fresh);
    await moveOver(fresh, target);
    await removeOlder(target, Date.now() - KEPT_MS);
    await parseOnce(target);
  } finally {
    await Deno.remove(fresh, { recursive: true });
  }
  return true;
}

/** Moves every file below `from` to its place below `to`, the entry last: it names the others. */
async function moveOver(from: string, to: string): Promise<void> {
  const entries = await Array.fromAsync(Deno.readDir(from));
  entries.sort((a, b) => Number(a.name === "main.js") - Number(b.name === "main.js"));
  for (const { name, isDirectory } of entries) {
    if (!isDirectory) {
      await Deno.rename(join(from, name), join(to, name));
      continue;
    }
    await Deno.mkdir(join(to, name), { recursive: true });
    await moveOver(join(from, name), join(to, name));
  }
}

async function removeOlder(folder: string, limitMs: number): Promise<void> {
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (!isFile) continue;
    const { mtime } = await Deno.stat(join(folder, name));
    if (mtime && mtime.getTime() < limitMs) await Deno.remove(join(folder, name));
  }
}

if (import.meta.main) {
  try {
    const web = await buildWeb("stale");
    const program = await buildProgram("stale");
    if (!Deno.args.includes("--quiet")) {
      if (web !== undefined) console.log(web);
      if (program) console.log("program: built");
    }
  } catch (error) {
    console.error((error as Error).message);
    Deno.exit(1);
  }
}
