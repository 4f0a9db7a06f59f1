/**
 * Programs with names that a text could stumble over, and the parsers of others that read the texts back.
 * @module
 */
import fc from "fast-check";
import type { ServiceProgram } from "./program.ts";

/** Words as paths and arguments may be; no NUL, which neither can have. */
export const words = fc.oneof(
  fc.constantFrom("a b", "100%", "%h", "$HOME", "${HOME}", "$$", `it's`, 'say "so"', "back\\slash"),
  fc.constantFrom(
    "é",
    "日本",
    "a\nb",
    "a\tb",
    ";",
    "#",
    "a=b",
    "",
    "\\",
    "\\\\",
    '"',
    "'",
    "`id`",
    "&<>",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replaceAll("\0", "")),
);

/** Programs with such words in their path and arguments. */
export const programs: fc.Arbitrary<ServiceProgram> = fc.record({
  command: fc.tuple(words, fc.array(words, { maxLength: 4 })).map(([path, args]) =>
    [`/opt/${path}/prodtracker`, ...args] as const
  ),
  env: fc.constant({ DENO_NO_UPDATE_CHECK: "1" }),
});

/** What a Python program makes of JSON: its result as JSON. */
export async function python<T>(program: string, input: unknown): Promise<T> {
  const child = new Deno.Command("python3", {
    args: ["-c", `import json, sys\nx = json.load(sys.stdin)\n${program}`],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(input)));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(decoder.decode(stderr));
  return JSON.parse(decoder.decode(stdout));
}
