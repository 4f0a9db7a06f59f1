/**
 * The look of `--help`, and the one line for a command line that cannot be understood.
 * @module
 */
import { type Command, Help, type OutputConfiguration } from "@commander-js/extra-typings";
import { note, terminal, write } from "./output.ts";
import { bold, cyan, dim, green } from "./style.ts";

const GLOBAL = Object.assign(new Help(), { showGlobalOptions: true });

/** Settings of the root command; its commands inherit them. */
export const HELP_STYLE: Partial<Help> = {
  showGlobalOptions: true,
  // The version is asked of the program, not of each command.
  visibleGlobalOptions: (command) =>
    GLOBAL.visibleGlobalOptions(command).filter(({ long }) => long !== "--version"),
  styleTitle: bold,
  styleCommandText: green,
  styleSubcommandTerm: green,
  styleOptionTerm: cyan,
  styleArgumentTerm: cyan,
};

/** Where help and usage errors go. */
export const HELP_OUTPUT: OutputConfiguration = {
  writeOut: write,
  writeErr: (text) => note(text.trimEnd()),
  getOutHelpWidth: () => Math.min(100, terminal.columns),
  getErrHelpWidth: () => Math.min(100, terminal.columns),
  getOutHasColors: () => terminal.colour.stdout,
  getErrHasColors: () => terminal.colour.stderr,
  // The error is told once, where all are: by its exit code's keeper.
  outputError: () => {},
};

/** Adds examples below a command's help: what to type, and what it does. */
export function examples(command: Command, ...lines: readonly (readonly [string, string])[]): void {
  const width = Math.max(...lines.map(([typed]) => typed.length));
  const fits = lines.every(([, does]) => width + does.length <= 62);
  const text = lines.map(([typed, does]) =>
    fits
      ? `  ${green("prodtracker")} ${typed.padEnd(width)}  ${dim(does)}`
      : `  ${dim(`# ${does}`)}\n  ${green("prodtracker")} ${typed}`
  );
  command.addHelpText("after", `\n${bold("Examples:")}\n${text.join("\n")}`);
}

/** Commander's message as one line of ours. */
export function usageError(message: string): string {
  const [problem, ...suggestion] = message.replace(/^error: /, "").trim().split(/\s*\n\s*/);
  const asked = suggestion.join(" ").replace(
    /^\(Did you mean (one of )?(.*)\?\)$/,
    "did you mean $2?",
  );
  const said = problem.replace(/\.$/, "").replaceAll("'", '"');
  return `Cannot read the command line: ${said}${asked ? `; ${asked}` : ""}`;
}
