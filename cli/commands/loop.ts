/**
 * `loop`: what nudges, and what blocks when nudges do not help.
 * @module
 */
import { Argument, type Command, InvalidArgumentError } from "@commander-js/extra-typings";
import type { WireLoop, WireLoopNow, WireLoopStep } from "../../daemon/api/loop.ts";
import { connect, type Context, type Define } from "../context.ts";
import { examples } from "../help.ts";
import { changeLoop, changeRules, minutes, showLoop } from "../loop_change.ts";
import { nowLines, RULES, STEPS, stepTable } from "../loop_view.ts";
import { note, print, printJson, terminal } from "../output.ts";
import { defineBlock, defineMeetings, definePace, defineQuiet } from "./loop_settings.ts";

type Step = typeof STEPS[number];

export const define: Define = (command, context) => {
  defineStatus(command.command("status", { isDefault: true }), context);
  defineSwitch(command.command("on"), context, true);
  defineSwitch(command.command("off"), context, false);
  defineSet(command.command("set"), context);
  defineBlock(command.command("block"), context);
  definePace(command.command("pace"), context);
  defineQuiet(command.command("quiet"), context);
  defineMeetings(command.command("meetings"), context);
  defineSnooze(command.command("snooze"), context);
  defineHistory(command.command("history"), context);
  examples(
    command,
    ["loop", "the rules, and what they say now"],
    ["loop set noise --minutes 10 --of 15", "when noise is too much"],
    ["loop block on --minutes 15 --most 4", "block when nudges do not help"],
    ["loop quiet 22:00-07:00", "say nothing at night"],
    ["loop snooze 30m", "say nothing for half an hour"],
    ["loop off phone", "leave the phone alone"],
  );
};

function defineStatus(command: Command, context: Context): void {
  command.summary("show the rules and what they say now").description("Shows the rules.")
    .option("--json", "print JSON")
    .action(async ({ json }) => {
      const client = await connect(context);
      const loop = await client.get<WireLoop>("/loop");
      if (json) return printJson(loop);
      await showLoop(client, loop);
    });
}

function defineSwitch(command: Command, context: Context, isOn: boolean): void {
  const word = isOn ? "on" : "off";
  command.summary(`switch the loop, a rule or a step ${word}`)
    .description(`Switches all of the loop ${word}; with a rule that; with --step one step.`)
    .addArgument(new Argument("[rule]", "which rule").choices(RULES))
    .option("--step <step>", `only this step: ${STEPS.join(", ")}`, step)
    .option("--json", "print JSON")
    .action(async (rule, { step, json }) => {
      await changeLoop(context, json, (config) => {
        if (step === undefined && rule === undefined) return { ...config, on: isOn };
        return changeRules(
          config,
          rule,
          (each) =>
            step === undefined
              ? { ...each, on: isOn }
              : { ...each, steps: { ...each.steps, [step]: isOn } },
        );
      });
    });
}

function defineSet(command: Command, context: Context): void {
  command.summary("set when a rule speaks up").description(
    "Sets how long it must go on; of the budget: how much noise a day.",
  )
    .addArgument(new Argument("<rule>", "which rule").choices(RULES))
    .requiredOption("-m, --minutes <number>", "how long; fractions are allowed", minutes)
    .option("--of <number>", "of noise: of so many minutes", minutes)
    .option("--json", "print JSON")
    .action(async (rule, { minutes, of, json }) => {
      if (of !== undefined && rule !== "noise") {
        throw new InvalidArgumentError("--of belongs to the rule noise.");
      }
      await changeLoop(context, json, (config) => {
        const rules = { ...config.rules, [rule]: { ...config.rules[rule], minutes } };
        if (of !== undefined) rules.noise = { ...rules.noise, of_minutes: of };
        return { ...config, rules };
      });
    });
}

function defineSnooze(command: Command, context: Context): void {
  command.summary("say nothing for a while").description(
    "Says nothing for a while, also what is up now.",
  )
    .argument("<time>", '"30m", "1h", minutes, or "off"', snoozeMinutes)
    .option("--json", "print JSON")
    .action(async (minutes, { json }) => {
      const client = await connect(context);
      const now = await client.send<WireLoopNow>("POST", "/loop/snooze", { minutes });
      if (json) return printJson(now);
      const state = { isOn: true, isRunning: client.url !== undefined };
      print(...nowLines(now, Date.now(), state).map(({ text, paint }) => paint(text)));
    });
}

function defineHistory(command: Command, context: Context): void {
  command.summary("show what was said and done")
    .description("Shows the newest steps: when, why, and what came of them.")
    .option("-n, --limit <number>", "how many", "20")
    .option("--json", "print JSON")
    .action(async ({ limit, json }) => {
      const client = await connect(context);
      const steps = await client.get<WireLoopStep[]>("/loop/steps", { limit });
      if (json) return printJson(steps);
      if (steps.length === 0) return note("Nothing was said yet");
      print(...stepTable(steps, terminal.columns));
    });
}

function step(text: string): Step {
  if ((STEPS as readonly string[]).includes(text)) return text as Step;
  throw new InvalidArgumentError(`Allowed are ${STEPS.join(", ")}.`);
}

/** "30m", "1h", "1h30m", "45", "off". */
function snoozeMinutes(text: string): number {
  if (text === "off") return 0;
  const [whole, hours = "0", rest = "0"] = /^(?:(\d{1,2})h)?(?:(\d{1,4})m?)?$/.exec(text) ?? [];
  const value = Number(hours) * 60 + Number(rest);
  if (whole && value >= 1 && value <= 24 * 60) return value;
  throw new InvalidArgumentError('Allowed is "30m", "1h", "1h30m" and the like, or "off".');
}
