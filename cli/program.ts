import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { VERSION } from "../daemon/core/version.ts";
import { type CommandRow, COMMANDS } from "./commands.ts";
import type { Context } from "./context.ts";
import { examples, HELP_OUTPUT, HELP_STYLE } from "./help.ts";
import { bold } from "./style.ts";

const EXIT_CODE_TEXT = `
${bold("Exit codes:")}
  0 done, 1 failed, 2 wrong usage, 3 the daemon named by API_BASE is not reachable,
  4 not permitted, 5 not supported here`;

/** The root command with the table's commands, each of which is filled in when it is used. */
export function createProgram() {
  const program = new Command("prodtracker")
    .description("Records what has the focus, tells signal from noise, keeps it on this machine.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "explain a command")
    .helpCommand("help [command]", "explain a command")
    .option("--data-dir <dir>", "where everything is kept")
    .option("--env-file <file>", "read the settings from this file, not from .env")
    .configureHelp(HELP_STYLE)
    .configureOutput(HELP_OUTPUT)
    .exitOverride();
  examples(
    program as unknown as Command,
    ["serve --open", "run it, and look at the dashboard"],
    ["status", "what is in front now, and today so far"],
    ["summary --week", "what this week came to"],
    ["help rules", "how to say what counts as noise"],
  );
  program.addHelpText("after", EXIT_CODE_TEXT);
  for (const { name, alias, summary, hidden } of COMMANDS) {
    const command = program.command(name, { hidden }).summary(summary).description(
      sentence(summary),
    );
    if (alias) command.alias(alias);
  }
  return program;
}

/** Loads the file of the command that `row` stands for and lets it add its options and its action. */
export async function fillIn(
  program: ReturnType<typeof createProgram>,
  row: CommandRow,
  context: Context,
): Promise<CommandUnknownOpts> {
  const command = program.commands.find((each) => each.name() === row.name)!;
  (await row.load()).define(command as unknown as Command, context);
  return command;
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
