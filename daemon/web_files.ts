/**
 * The files of the dashboard.
 * @module
 */

/** The built dashboard: beside the bundle, or in a checkout's dist folder. */
const WEB_ROOT = new URL(
  import.meta.url.endsWith(".ts") ? "../dist/web/" : "../web/",
  import.meta.url,
);

/** A file by its path below the web folder; `undefined`: there is none. */
export async function webFile(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await Deno.readFile(new URL(path, WEB_ROOT));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.IsADirectory) {
      return undefined;
    }
    throw error;
  }
}
