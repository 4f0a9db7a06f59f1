/**
 * `doctor`: every precondition, checked for real, with the remedy.
 * @module
 */
import { join } from "node:path";
import type { Config } from "../../daemon/config/load.ts";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import type { Check, CheckOptions } from "../../daemon/mod.ts";
import { type Context, type Define, readConfig } from "../context.ts";
import { examples } from "../help.ts";
import { note, print, printJson, Progress, terminal } from "../output.ts";
import { bold, cyan, dim, green, type Paint, red, yellow } from "../style.ts";
import { clean, pad, wrap } from "../text.ts";

const MARKS: Readonly<Record<Check["status"], readonly [sign: string, paint: Paint]>> = {
  ok: ["✓ ok  ", green],
  warn: ["! warn", yellow],
  fail: ["✗ fail", red],
  off: ["– off ", dim],
};
const NAME_WIDTH = 16;
/** A terminal so narrow has the name on a line of its own. */
const NARROW = 60;

export const define: Define = (command, context) => {
  command
    .option("--send-test", "send a real mail to each recipient, and an SMS")
    .option("--json", "print JSON")
    .action((options) => doctor(options, context));
  examples(
    command,
    ["doctor", "exit code 1 when something that is configured does not work"],
    ["doctor --json", "the same for a monitor"],
    ["doctor --send-test", "also sends what is configured, and says what the servers answered"],
  );
};

interface Options {
  readonly sendTest?: true;
  readonly json?: true;
}

async function doctor(options: Options, context: Context): Promise<void> {
  const checks: Check[] = [];
  let group: string | undefined;
  using progress = new Progress();
  const onWait = (name: string) => progress.update(`Checking: ${name} …`);
  for await (const check of runAll(context, { ...options, onWait })) {
    checks.push(check);
    progress[Symbol.dispose]();
    if (options.json) continue;
    if (check.group !== group) print(...group === undefined ? [] : [""], bold(check.group ?? ""));
    group = check.group;
    print(...view(check, terminal.columns));
  }
  progress[Symbol.dispose]();
  if (options.json) printJson(checks);
  const named = (status: Check["status"]) =>
    checks.filter((check) => check.status === status).map(({ name }) => name);
  const failed = named("fail"), warned = named("warn");
  if (failed.length > 0) context.result.exitCode = EXIT_CODES.failed;
  if (options.json) return;
  const among = `${checks.length} checks`;
  const lines = failed.length > 0
    ? wrap(`${failed.length} of ${among} failed: ${failed.join(", ")}`, terminal.columns).map(red)
    : warned.length > 0
    ? wrap(
      `It works; ${warned.length} of ${among} want a look: ${warned.join(", ")}`,
      terminal.columns,
    )
      .map(yellow)
    : [green("All is well")];
  note(["", ...lines].join("\n"));
}

const SETTINGS = "Settings";

async function* runAll(
  context: Context,
  { sendTest, onWait }: Options & Pick<CheckOptions, "onWait">,
): AsyncGenerator<Check> {
  let config: Config;
  try {
    config = await readConfig(context);
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    const remedy = "correct it where it is set; the other checks need the settings";
    yield { group: SETTINGS, name: "settings", status: "fail", detail: error.message, remedy };
    return;
  }
  const { checkSettings } = await import("../settings_check.ts");
  const envFile = context.globals().envFile ?? envFileOf(config, context);
  for await (const check of checkSettings(config, envFile)) yield { group: SETTINGS, ...check };
  const { diagnose } = await import("../client.ts");
  yield* diagnose(config, { sendTest, onWait });
}

/** The `.env` that was read, if it is there. */
function envFileOf({ dataDir }: Config, { checkoutRoot }: Context): string {
  return join(checkoutRoot ?? dataDir, ".env");
}

/** The lines of one check; every line fits. */
export function view({ name, status, detail, remedy }: Check, width: number): string[] {
  const [sign, paint] = MARKS[status];
  const isNarrow = width < NARROW;
  const indent = " ".repeat(isNarrow ? 4 : sign.length + NAME_WIDTH + 4);
  const [first, ...rest] = isNarrow
    ? ["", ...wrap(clean(detail), width - indent.length)]
    : wrap(clean(detail), width - indent.length);
  const title = isNarrow ? bold(clean(name)) : bold(pad(clean(name), NAME_WIDTH));
  const lines = [`${paint(sign)}  ${title}  ${first}`.trimEnd()];
  lines.push(...rest.map((line) => indent + line));
  if (remedy) {
    const advice = wrap(clean(remedy), width - indent.length - 2);
    lines.push(...advice.map((line, i) => `${indent}${cyan(`${i === 0 ? "→" : " "} ${line}`)}`));
  }
  return lines;
}
