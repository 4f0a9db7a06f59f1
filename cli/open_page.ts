/**
 * The dashboard in the browser, logged in.
 * @module
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { openInBrowser } from "../daemon/mod.ts";
import { note } from "./output.ts";
import { yellow } from "./style.ts";

/** How long the file that logs the browser in lies there; its code is no longer valid then. */
const PAGE_LIFE_MS = 60_000;

/**
 * Opens a one-time link by a private file that leads to it, so that the code stands in no process's arguments.
 * Disposing of the result removes the file, if its minute is not over.
 */
export async function openLoggedIn(
  link: string,
  dataDir: string,
  open: typeof openInBrowser,
): Promise<Disposable> {
  const path = join(dataDir, "login.html");
  const remove = () => {
    try {
      Deno.removeSync(path);
    } catch { /* it was not there, or is gone already */ }
  };
  remove();
  const page = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">` +
    `<title>ProdTracker</title><meta http-equiv="refresh" content="0;url=${link}">` +
    `<a href="${link}">ProdTracker</a>\n`;
  await Deno.writeTextFile(path, page, { mode: 0o600, createNew: true });
  // The program that opens it may run as long as the browser does.
  open(pathToFileURL(path).href).catch((error: Error) => {
    note(yellow(`${error.message}; open ${link.replace(/#.*/, "")} yourself`));
  });
  const timer = setTimeout(remove, PAGE_LIFE_MS);
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      remove();
    },
  };
}
