/**
 * Whether something is to be built again.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** When to build: always, only without a target, or only with sources newer than it. */
export type BuildWhen = "always" | "missing" | "stale";

/** Whether the file `target` is to be built from `sources`, which are below the checkout's root. */
export async function isDue(
  when: BuildWhen,
  target: string,
  sources: readonly string[],
): Promise<boolean> {
  const builtMs = await mtimeMs(target);
  if (builtMs === undefined || when === "always") return true;
  return when === "stale" && builtMs <= await newestMs(sources);
}

async function mtimeMs(path: string): Promise<number | undefined> {
  const info = await Deno.stat(path).catch(() => undefined);
  return info?.mtime?.getTime();
}

/** The newest change below `paths`; folders count too, so that a removed file is noticed. */
async function newestMs(paths: readonly string[]): Promise<number> {
  let newest = 0;
  for (const path of paths) {
    const full = join(ROOT, path);
    newest = Math.max(newest, await mtimeMs(full) ?? 0);
    if (!(await Deno.stat(full)).isDirectory) continue;
    const children = await Array.fromAsync(Deno.readDir(full), (entry) => join(path, entry.name));
    newest = Math.max(newest, await newestMs(children));
  }
  return newest;
}
