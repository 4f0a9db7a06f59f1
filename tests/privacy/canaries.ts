/**
 * Words that must be nowhere: where a search for their bytes looks.
 * @module
 */
import { join } from "node:path";
import type { DaemonProcess } from "../daemon_process.ts";

/** All that a daemon left behind or said, by where it was found. */
export interface Traces {
  /** Adds something that was said. */
  say(where: string, text: string): void;
  /** Adds a folder, all files of which are read when it is searched. */
  folder(path: string): void;
  /** Where a word is to be found, in any case, as UTF-8, in JSON's escapes, Base64 or UTF-16. */
  find(word: string): string[];
}

export function traces(): Traces {
  const said = new Map<string, string>();
  const folders: string[] = [];
  return {
    say: (where, text) => void said.set(where, (said.get(where) ?? "") + text),
    folder: (path) => void folders.push(path),
    find(word) {
      const forms = formsOf(word);
      const holds = (text: string) => forms.some((form) => text.includes(form));
      const files = folders.flatMap(filesBelow).filter((path) => {
        const bytes = latin1(Deno.readFileSync(path));
        return holds(bytes.toLowerCase()) || holds(bytes) || holds(path.toLowerCase());
      });
      const spoken = [...said].filter(([, text]) => holds(text.toLowerCase()) || holds(text));
      return [...spoken.map(([where]) => where), ...files];
    },
  };
}

/** As the word may stand in a file: Base64 in each of the three ways in which its bytes can fall. */
function formsOf(word: string): string[] {
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = btoa("\0".repeat(shift) + word).replace(/=+$/, "");
    // The ends also hold bits of what stands beside the word.
    return encoded.slice(shift === 0 ? 0 : shift + 1, -2);
  });
  const utf16 = [...word.toLowerCase()].join("\0");
  return [word.toLowerCase(), utf16, ...base64];
}

function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory, isFile }) => {
    const path = join(folder, name);
    if (isDirectory) return filesBelow(path);
    return isFile ? [path] : [];
  });
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

/** Everything that a daemon's stream says, until it is ended. */
export async function captureStream(daemon: DaemonProcess, tell: (text: string) => void) {
  const stop = new AbortController();
  const response = await daemon.fetch("/stream", { signal: stop.signal });
  const reading = (async () => {
    try {
      for await (const text of response.body!.pipeThrough(new TextDecoderStream())) tell(text);
    } catch { /* it was cut off, or ended from here */ }
  })();
  return async () => {
    stop.abort();
    await reading;
  };
}
