/**
 * `complete -- <words>`: what a shell's completion script asks at each press of the tabulator key.
 * @module
 */
import { RootCommand } from "@bomb.sh/tab";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { findCommand } from "../commands.ts";
import type { Context, Define } from "../context.ts";
import { print } from "../output.ts";
import { createProgram, fillIn } from "../program.ts";

/** A shell's answer to "nothing of ours": names of files. */
const FILES = ":0";

export const define: Define = (command, context) => {
  command.argument("[words...]", "the command line so far")
    .allowUnknownOption()
    .helpOption(false)
    .action((words) => complete(words, context));
};

async function complete(words: string[], context: Context): Promise<void> {
  const program = createProgram();
  const row = findCommand(words);
  const command = row && await fillIn(program, row, context);
  if (wantsFile(words, command)) return print(FILES);
  const root = new RootCommand();
  describe(program as unknown as CommandUnknownOpts, "", root);
  root.parse(words.map((word) => word === row?.alias ? row.name : word));
}

/** Whether the word being typed is the name of a file: an option's value, or the command's argument. */
function wantsFile(words: readonly string[], command: CommandUnknownOpts | undefined): boolean {
  const [previous, typed] = [words.at(-2), words.at(-1) ?? ""];
  const option = /^--?[a-z-]+$/.test(previous ?? "") ? previous : /^(--[a-z-]+)=/.exec(typed)?.[1];
  const options = [...command?.options ?? [], ...command?.parent?.options ?? []];
  const found = option && options.find(({ long, short }) => option === long || option === short);
  if (found && (found.required || found.optional)) return isPath(found.flags);
  if (typed.startsWith("-") || words.length < 2) return false;
  return command?.registeredArguments.some((argument) => /^(file|path)$/.test(argument.name())) ??
    false;
}

function isPath(flags: string): boolean {
  return /[<[](file|dir|path)[>\]]/.test(flags);
}

type TabCommand = ReturnType<RootCommand["command"]>;

/** Tells the completion engine of a command, its options and arguments, and of those below it. */
function describe(command: CommandUnknownOpts, path: string, root: RootCommand): void {
  const target: TabCommand = path === "" ? root : root.command(path, command.summary());
  const help = command.createHelp();
  for (const option of [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)]) {
    const name = option.long?.slice(2);
    if (name === undefined) continue;
    const short = option.short?.slice(1);
    if (option.required || option.optional) {
      const values = option.argChoices ?? datesFor(option.flags);
      target.option(name, option.description, (add) => values.forEach((v) => add(v, "")), short);
    } else target.option(name, option.description, short);
  }
  for (const argument of command.registeredArguments) {
    const values = argument.argChoices ?? [];
    const add = (each: (value: string, description: string) => void) =>
      values.forEach((value) => each(value, ""));
    target.argument(argument.name(), add, argument.variadic);
  }
  for (const each of help.visibleCommands(command)) {
    describe(each, `${path} ${each.name()}`.trim(), root);
  }
}

function datesFor(flags: string): string[] {
  return /[<[](date|when)[>\]]/.test(flags) ? ["today", "yesterday"] : [];
}
