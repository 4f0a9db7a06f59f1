import { UnsupportedError } from "../core/errors.ts";

const OPENERS: Partial<Record<typeof Deno.build.os, string[]>> = {
  darwin: ["open"],
  windows: ["cmd", "/c", "start", ""],
};

/**
 * Shows a page in the user's browser.
 * @param url Stands in the arguments of a process, which other users can read: no secrets in it.
 * @throws {UnsupportedError} when there is no program for it, or it failed.
 */
export async function openInBrowser(url: string): Promise<void> {
  const [program, ...args] = OPENERS[Deno.build.os] ?? ["xdg-open"];
  try {
    const command = new Deno.Command(program, {
      args: [...args, url],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    });
    const { code } = await command.output();
    if (code !== 0) throw new Error(`it ended with code ${code}`);
  } catch (error) {
    const { message } = error as Error;
    throw new UnsupportedError(`Cannot open a browser with ${program}: ${message}`, {
      cause: error,
    });
  }
}
