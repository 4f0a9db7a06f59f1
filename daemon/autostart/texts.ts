/**
 * Words as shells and XML take them.
 * @module
 */
import type { CommandLine, ServiceProgram } from "./program.ts";

/** A word of a POSIX shell's command line. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What starts the program by a POSIX shell that becomes it, with its log in a private file. */
export function shellScript(program: ServiceProgram, logPath: string): string {
  const { command, prepare, env } = program;
  const line = (words: CommandLine) => words.map(shellWord).join(" ");
  return [
    "umask 077",
    `exec </dev/null >>${shellWord(logPath)} 2>&1`,
    ...Object.entries(env).map(([name, value]) => `export ${name}=${shellWord(value)}`),
    ...(prepare ? [`${line(prepare)} || exit`] : []),
    `exec ${line(command)}`,
  ].join("; ");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

/** Text inside an XML element. @throws {RangeError} for what no XML document can hold. */
export function xmlText(text: string): string {
  // deno-lint-ignore no-control-regex -- XML 1.0 has no way to write them
  if (/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/u.test(text)) {
    throw new RangeError(
      `Cannot write ${JSON.stringify(text)} into XML: a character may not be in it`,
    );
  }
  return text.replaceAll(/[&<>"'\n\r\t]/g, (sign) => ENTITIES[sign]);
}
