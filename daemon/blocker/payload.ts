/**
 * The files that the writer is made of: in a checkout its sources, in the executable one bundle.
 * @module
 */
import { dirname, join } from "node:path";

/**
 * The module at `entry` and all it imports by relative path, and the folder they are all in (with its last
 * separator). Packages are refused: what runs as root is our own code and the runtime's.
 */
export function payloadFiles(entry: string): { root: string; files: string[] } {
  const files: string[] = [];
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (files.includes(path)) continue;
    files.push(path);
    for (const specifier of importsOf(Deno.readTextFileSync(path))) {
      if (specifier.startsWith("node:")) continue;
      if (!specifier.startsWith(".")) {
        throw new TypeError(`Cannot install "${path}": it imports the package "${specifier}"`);
      }
      waiting.push(join(dirname(path), specifier));
    }
  }
  return { root: `${dirname(entry)}/`, files: files.toSorted() };
}

function importsOf(text: string): string[] {
  if (/\bimport\(/.test(text)) throw new TypeError("The writer must not load modules at run time");
  const statements = /^(?:import|export)\s+(?!type\b)(?:[^;"]*?\bfrom\s*)?"([^"]+)"/gm;
  return Array.from(text.matchAll(statements), ([, specifier]) => specifier);
}
