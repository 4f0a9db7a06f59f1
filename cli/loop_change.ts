/**
 * Changing what the loop is set to.
 * @module
 */
import { InvalidArgumentError } from "@commander-js/extra-typings";
import type { WireLoop, WireLoopStep } from "../daemon/api/loop.ts";
import type { Client } from "./client.ts";
import { connect, type Context } from "./context.ts";
import { loopLines, type RULES } from "./loop_view.ts";
import { print, printJson, terminal } from "./output.ts";

export type LoopConfig = WireLoop["config"];
type Rule = typeof RULES[number];

/** How many of the last steps stand below the rules. */
const LAST_STEPS = 5;

/** Reads what is set, stores it changed, and shows it. */
export async function changeLoop(
  context: Context,
  json: true | undefined,
  edit: (config: LoopConfig) => LoopConfig,
): Promise<void> {
  const client = await connect(context);
  const { config } = await client.get<WireLoop>("/loop");
  const loop = await client.send<WireLoop>("PUT", "/loop", edit(config));
  if (json) return printJson(loop);
  await showLoop(client, loop);
}

/** Changes one rule, or all. */
export function changeRules(
  config: LoopConfig,
  rule: Rule | undefined,
  edit: <R extends LoopConfig["rules"][Rule]>(rule: R) => R,
): LoopConfig {
  const { noise, phone, unfocused, budget } = config.rules;
  const edited = <R extends LoopConfig["rules"][Rule]>(name: Rule, each: R) =>
    rule === undefined || rule === name ? edit(each) : each;
  return {
    ...config,
    rules: {
      noise: edited("noise", noise),
      phone: edited("phone", phone),
      unfocused: edited("unfocused", unfocused),
      budget: edited("budget", budget),
    },
  };
}

export async function showLoop(client: Client, loop: WireLoop): Promise<void> {
  const steps = await client.get<WireLoopStep[]>("/loop/steps", { limit: String(LAST_STEPS) });
  const options = {
    ...{ nowMs: Date.now(), width: terminal.columns },
    isRunning: client.url !== undefined,
  };
  print(...loopLines(loop, steps, options));
}

/** A length in minutes, at most half a day. */
export function minutes(text: string): number {
  const value = /^\d{1,4}(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (value >= 0.1 && value <= 720) return value;
  throw new InvalidArgumentError("Allowed is 0.1 to 720.");
}
