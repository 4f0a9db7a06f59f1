/**
 * `summary goals`: what every day is to keep.
 * @module
 */
import type { Command } from "@commander-js/extra-typings";
import type { WireGoal } from "../../daemon/api/goals.ts";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import { goalText, MAX_GOALS, parseGoal } from "../../daemon/core/goals.ts";
import { connect, type Context } from "../context.ts";
import { examples } from "../help.ts";
import { withoutNumber } from "../numbered.ts";
import { note, print, printJson } from "../output.ts";
import { dim } from "../style.ts";

export function defineGoals(command: Command, context: Context): void {
  command.summary("what every day is to keep").description(
    `What every day is to keep, as the summaries tell it; at most ${MAX_GOALS}.`,
  );
  command.command("list", { isDefault: true }).summary("show them")
    .option("--json", "print JSON")
    .action(async (_, self) => {
      const client = await connect(context);
      show(await client.get<WireGoal[]>("/goals"), jsonOf(self));
    });
  command.command("add").summary("add one")
    .argument("<goal...>", '"at least 4 h of signal", "at most 30 min of noise"')
    .option("--json", "print JSON")
    .action(async (words, _, self) => {
      const added = goal(words.join(" "));
      await change(context, jsonOf(self), (goals) => [...goals, added]);
    });
  command.command("remove").summary("remove one").argument("<number>", "its number in the list")
    .option("--json", "print JSON")
    .action(async (number, _, self) => {
      await change(context, jsonOf(self), (goals) => withoutNumber(goals, number, "goal"));
    });
  examples(
    command,
    ['summary goals add "at least 4 h of signal"', "a goal for every day"],
    ['summary goals add "at most 30 min of noise"', "another"],
    ["summary goals remove 1", "forget the first"],
  );
}

/** `summary` has the option, too, and takes it wherever it stands. */
function jsonOf(self: { optsWithGlobals(): unknown }): true | undefined {
  return (self.optsWithGlobals() as { json?: true }).json;
}

/** @throws {FatalError} with exit code 2 when the text names no goal. */
function goal(text: string): WireGoal {
  try {
    return parseGoal(text);
  } catch (error) {
    throw new FatalError((error as Error).message, EXIT_CODES.wrongUsage, { cause: error });
  }
}

async function change(
  context: Context,
  json: true | undefined,
  edit: (goals: readonly WireGoal[]) => readonly WireGoal[],
): Promise<void> {
  const client = await connect(context);
  const edited = edit(await client.get<WireGoal[]>("/goals"));
  show(await client.send<WireGoal[]>("PUT", "/goals", edited), json);
}

function show(goals: readonly WireGoal[], json: true | undefined): void {
  if (json) return printJson(goals);
  if (goals.length === 0) {
    return note(
      'There is no goal; prodtracker summary goals add "at least 4 h of signal" sets one',
    );
  }
  print(...goals.map((goal, i) => `${dim(String(i + 1).padStart(2))}  ${goalText(goal)}`));
}
