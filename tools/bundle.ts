/**
 * Bundles the program for its executable: one folder of minified, split JavaScript beside the dashboard.
 * @module
 */
import { basename, join } from "node:path";
import { removeIfThere } from "./files.ts";

/** What an executable is made from; paths are relative to `root`. */
export interface Program {
  readonly root: string;
  readonly entry: string;
  /** Modules started by `new Worker(…)` or in a process, which no import leads to. */
  readonly workers: readonly string[];
  /** Modules that run in a process of their own: each becomes one file that needs no other. */
  readonly alone?: readonly string[];
}

/** ProdTracker itself. */
export const PRODTRACKER: Omit<Program, "root"> = {
  entry: "main.ts",
  workers: [
    "daemon/store/reader_worker.ts",
    "daemon/focus/model_process.ts",
    "daemon/focus/inference_worker.ts",
    "daemon/screenshots/screenshot_worker.ts",
  ],
  alone: ["hosts_apply.ts"],
};

/**
 * Bundles `program` into `outDir`, which is replaced: `main.js`, its chunks, and each worker under its file's
 * name, all in this one folder. So a chunk finds a worker by `new URL("./worker.js", import.meta.url)`
 * wherever its source lay, and the dashboard by `new URL("../web/", import.meta.url)`.
 * @throws {Error} with the bundler's words.
 */
export async function bundleProgram(program: Program, outDir: string): Promise<void> {
  const { root, entry, workers, alone = [] } = program;
  await removeIfThere(outDir);
  await bundle(root, ["--code-splitting", "--outdir", outDir, entry, ...workers]);
  for (const module of alone) {
    const file = basename(module).replace(/\.ts$/, ".js");
    await bundle(root, ["--output", join(outDir, file), module]);
  }
  await hideDynamicImports(outDir);
  for (const worker of workers) {
    // The bundler keeps the folders of its entry points, but puts all chunks into the outermost.
    const bundled = worker.replace(/\.ts$/, ".js");
    if (!bundled.includes("/")) continue;
    await Deno.writeTextFile(join(outDir, basename(bundled)), `import "./${bundled}";\n`);
  }
}

async function bundle(root: string, args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--minify", "--platform", "deno", ...args],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  if (!success) {
    throw new Error(`Cannot bundle "${args.at(-1)}": ${new TextDecoder().decode(stderr).trim()}`);
  }
}

/**
 * Deno parses each file once and remembers what it imports. Done beforehand, it does not cost the
 * service that is started first 10 MB of memory.
 */
export async function parseOnce(folder: string): Promise<void> {
  const files = await Array.fromAsync(Deno.readDir(folder), ({ name }) => join(folder, name));
  const args = ["cache", "--quiet", ...files.filter((path) => path.endsWith(".js"))];
  await new Deno.Command(Deno.execPath(), { args, stdout: "null", stderr: "null" }).output();
}

/**
 * Deno reads every module that a literal `import("…")` names before the program starts, and keeps its
 * text: 900 KB of libraries that most runs never use. What is no literal is read when it is needed.
 */
async function hideDynamicImports(folder: string): Promise<void> {
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (!isFile || !name.endsWith(".js")) continue;
    const path = join(folder, name);
    const text = await Deno.readTextFile(path);
    const hidden = text.replace(/\bimport\("(\.\/[^"]+)"\)/g, 'import(String("$1"))');
    if (hidden !== text) await Deno.writeTextFile(path, hidden);
  }
}
