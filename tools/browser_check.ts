/**
 * The second type check of what runs in a browser too: against a browser's libraries, without Deno's.
 *
 * A check of the whole tree cannot tell, because one test file beside the code brings in all of Deno.
 * @module
 */
import { join, resolve } from "node:path";

/** What runs in a browser, or must be able to. */
export const BROWSER_FOLDERS = ["daemon/core", "vision", "web"];

/**
 * The modules below `folder` (relative to `root`) without their tests; none when it is not there.
 */
export async function modulesIn(root: string, folder: string): Promise<string[]> {
  const files: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(join(root, folder))) {
      const path = `${folder}/${name}`;
      if (isDirectory) files.push(...await modulesIn(root, path));
      else if (/\.tsx?$/.test(name) && !/(_test|testing)\.tsx?$/.test(name)) files.push(path);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files.toSorted();
}

/**
 * The arguments of the `deno` that checks `files` of the project at `root`, whose dashboard's `web/deno.json`
 * says what a browser has; a configuration for it is written into the folder `work`.
 */
export async function browserCheckArgs(
  root: string,
  files: readonly string[],
  work: string,
): Promise<string[]> {
  const [project, web] = await Promise.all(["deno.json", "web/deno.json"].map(async (name) => {
    return JSON.parse(await Deno.readTextFile(join(root, name)));
  }));
  const config = {
    compilerOptions: web.compilerOptions,
    imports: { ...project.imports, ...web.imports },
    lock: false,
  };
  const path = resolve(work, "deno.json");
  await Deno.writeTextFile(path, JSON.stringify(config));
  return ["check", "--quiet", "--config", path, ...files];
}
