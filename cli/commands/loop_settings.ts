/**
 * `loop block`, `pace`, `quiet`, `meetings`: how the loop goes about it.
 * @module
 */
import { Argument, type Command, InvalidArgumentError } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { changeLoop, changeRules, type LoopConfig, minutes } from "../loop_change.ts";
import { RULES } from "../loop_view.ts";
import { separated } from "../separated.ts";
import { DAYS, days, timeOfDay } from "../weekdays.ts";

export function defineBlock(command: Command, context: Context): void {
  command.summary("block when nudges do not help").description(
    "Blocks when it goes on after the nudges; without a rule in every rule. It needs the right to " +
      "block, see block setup.",
  )
    .addArgument(new Argument("<on|off>", "whether to").choices(["on", "off"]))
    .addArgument(new Argument("[rule]", "in which rule").choices(RULES))
    .option("-m, --minutes <number>", "how long a block lasts, up to 240", minutes)
    .option("--most <number>", "how many a day at most, up to 50", most)
    .option("--after <minutes>", "so long after the last nudge", minutes)
    .option("-l, --list <names>", 'lists, separated by commas; "" for the usual sites', names)
    .option("-d, --domains <names>", 'sites, separated by commas; "" for the usual ones', names)
    .option("--json", "print JSON")
    .action(async (word, rule, { minutes, most, after, list, domains, json }) => {
      await changeLoop(context, json, (config) => {
        const switched = changeRules(
          config,
          rule,
          (each) => ({ ...each, steps: { ...each.steps, block: word === "on" } }),
        );
        const { block } = config;
        return {
          ...switched,
          block_after_minutes: after ?? config.block_after_minutes,
          block: {
            minutes: minutes ?? block.minutes,
            most_a_day: most ?? block.most_a_day,
            lists: list ?? block.lists,
            domains: domains ?? block.domains,
          },
        };
      });
    });
}

export function definePace(command: Command, context: Context): void {
  command.summary("set how fast it goes on").description("Sets the times between the steps.")
    .option("--stronger <minutes>", "from a nudge to the stronger one", minutes)
    .option("--block <minutes>", "from the last nudge to the block", minutes)
    .option("--again <minutes>", "until a nudge is repeated; 0: never", minutesOrNone)
    .option("--cooldown <minutes>", "the least time between two steps", minutes)
    .option("--clear <minutes>", "so long without it, and it is over", minutes)
    .option("--snooze <minutes>", 'what "more minutes" means', minutes)
    .option("--json", "print JSON")
    .action(async ({ stronger, block, again, cooldown, clear, snooze, json }) => {
      await changeLoop(context, json, (config) => ({
        ...config,
        stronger_after_minutes: stronger ?? config.stronger_after_minutes,
        block_after_minutes: block ?? config.block_after_minutes,
        again_after_minutes: again ?? config.again_after_minutes,
        cooldown_minutes: cooldown ?? config.cooldown_minutes,
        clear_minutes: clear ?? config.clear_minutes,
        snooze_minutes: snooze ?? config.snooze_minutes,
      }));
    });
}

export function defineQuiet(command: Command, context: Context): void {
  command.summary("say nothing at these hours").description("Says nothing from then to then.")
    .argument("<hours>", '"22:00-07:00" by the local clock, or "off"', hours)
    .option("--days <days>", "on which they begin: mon,tue,… or mon-fri (default: all)", days)
    .option("--json", "print JSON")
    .action(async (quiet, { days, json }) => {
      await changeLoop(context, json, (config) => ({
        ...config,
        quiet: quiet && { ...quiet, days: days ?? [...DAYS] },
      }));
    });
}

export function defineMeetings(command: Command, context: Context): void {
  command.summary("hold back in meetings, or not").description(
    "Holds back while a meeting is in front or a microphone is in use.",
  )
    .addArgument(new Argument("<on|off>", "whether to hold back").choices(["on", "off"]))
    .option("--json", "print JSON")
    .action(async (word, { json }) => {
      await changeLoop(context, json, (config) => ({ ...config, spares_meetings: word === "on" }));
    });
}

function most(text: string): number {
  const value = /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  if (value >= 1 && value <= 50) return value;
  throw new InvalidArgumentError("Allowed is 1 to 50.");
}

function minutesOrNone(text: string): number {
  return text === "0" ? 0 : minutes(text);
}

function names(text: string): string[] {
  return text === "" ? [] : separated(text);
}

function hours(text: string): Pick<NonNullable<LoopConfig["quiet"]>, "from" | "to"> | null {
  if (text === "off") return null;
  const times = text.split(/ ?[-–] ?/);
  if (times.length === 2) {
    const [from, to] = times.map(timeOfDay);
    return { from, to };
  }
  throw new InvalidArgumentError('Allowed is "22:00-07:00" and the like, or "off".');
}
