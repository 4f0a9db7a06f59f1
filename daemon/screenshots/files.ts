/**
 * The files of screenshots: `<folder>/YYYY-MM-DD/HHMMSS-<monitor>.png`, readable by their owner only.
 * @module
 */
import { dirname, join } from "node:path";
import { randomHex } from "../core/secrets.ts";

/** The folder of all screenshots in a data directory. */
export function screenshotFolder(dataDir: string): string {
  return join(dataDir, "screenshots");
}

/**
 * Where a picture goes, below the folder: local time, and the monitor's name as far as a file may bear it; with a
 * number if `isTaken`.
 */
export function fileFor(at: Date, monitor: string, isTaken: (file: string) => boolean): string {
  const pad = (number: number, length = 2) => String(number).padStart(length, "0");
  const day = `${pad(at.getFullYear(), 4)}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => pad(part)).join("");
  const name = monitor.replaceAll(/[^A-Za-z0-9_-]+/g, "_").slice(0, 60) || "screen";
  for (let number = 1;; number++) {
    const file = `${day}/${time}-${name}${number > 1 ? `-${number}` : ""}.png`;
    if (!isTaken(file)) return file;
  }
}

/** Writes a picture beside its place and moves it there, once all of it is on the disk. */
export async function writePicture(folder: string, file: string, png: Uint8Array): Promise<void> {
  const path = join(folder, file);
  const temp = join(dirname(path), `.${randomHex(6)}.tmp`);
  try {
    await Deno.mkdir(dirname(path), { recursive: true, mode: 0o700 });
    using handle = await Deno.open(temp, { write: true, createNew: true, mode: 0o600 });
    for (let at = 0; at < png.length;) at += await handle.write(png.subarray(at));
    await handle.sync();
    await Deno.rename(temp, path);
  } catch (error) {
    await removeFile(temp);
    throw new Error(`Cannot write the screenshot "${path}": ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** A picture's bytes; `undefined`: there is no such file any more. */
export async function readPicture(
  folder: string,
  file: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const path = join(folder, file);
    // What somebody put in its place could be waited for without end.
    return (await Deno.stat(path)).isFile ? await Deno.readFile(path) : undefined;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** Removes a picture, and its day's folder when it was the last in it; what is gone already is no failure. */
export async function removePicture(folder: string, file: string): Promise<void> {
  const path = join(folder, file);
  await removeFile(path);
  await Deno.remove(dirname(path)).catch(() => {});
}

/** Removes files that `isKnown` does not know: what was cut off left them. */
export async function sweep(folder: string, isKnown: (file: string) => boolean): Promise<void> {
  for (const day of await entries(folder)) {
    if (!day.isDirectory || !/^\d{4,}-\d\d-\d\d$/.test(day.name)) continue;
    for (const { name, isFile } of await entries(join(folder, day.name))) {
      const file = `${day.name}/${name}`;
      if (isFile && /\.(png|tmp)$/.test(name) && !isKnown(file)) await removePicture(folder, file);
    }
  }
}

async function entries(folder: string): Promise<Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

async function removeFile(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Whether there is no such file, nor a folder that it could be in. */
function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}
