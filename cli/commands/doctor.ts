/**
 * `doctor`: every precondition, checked for real, with the remedy.
 * @module
 */
import { join } from "node:path";
import type { Config } from "../../daemon/config/load.ts";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import type { Check } from "../../daemon/mod.ts";
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
  using progress = new Progress();
  for await (const check of runAll(context, options)) {
    checks.push(check);
    progress[Symbol.dispose]();
    if (!options.json) print(...view(check, terminal.columns));
    progress.update("Checking …");
  }
  progress[Symbol.dispose]();
  if (options.json) printJson(checks);
  const failed = checks.filter(({ status }) => status === "fail").length;
  const warned = checks.filter(({ status }) => status === "warn").length;
  if (failed > 0) context.result.exitCode = EXIT_CODES.failed;
  if (options.json) return;
  if (failed > 0) note(red(`\n${failed} of ${checks.length} checks failed`));
  else if (warned > 0) note(yellow(`\nIt works; ${warned} of ${checks.length} checks want a look`));
  else note(green("\nAll is well"));
}

async function* runAll(context: Context, { sendTest }: Options): AsyncGenerator<Check> {
  let config: Config;
  try {
    config = await readConfig(context);
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    const remedy = "correct it where it is set; the other checks need the settings";
    yield { name: "settings", status: "fail", detail: error.message, remedy };
    return;
  }
  const { checkSettings } = await import("../settings_check.ts");
  yield* checkSettings(config, context.globals().envFile ?? envFileOf(config, context));
  const { diagnose } = await import("../client.ts");
  yield* diagnose(config, { sendTest });
}

/** The `.env` that was read, if it is there. */
function envFileOf({ dataDir }: Config, { checkoutRoot }: Context): string {
  return join(checkoutRoot ?? dataDir, ".env");
}

function view({ name, status, detail, remedy }: Check, width: number): string[] {
  const [sign, paint] = MARKS[status];
  const indent = " ".repeat(sign.length + NAME_WIDTH + 4);
  const [first, ...rest] = wrap(clean(detail), width - indent.length);
  const lines = [`${paint(sign)}  ${bold(pad(clean(name), NAME_WIDTH))}  ${first}`];
  lines.push(...rest.map((line) => indent + line));
  if (remedy) {
    const advice = wrap(clean(remedy), width - indent.length - 2);
    lines.push(...advice.map((line, i) => `${indent}${cyan(`${i === 0 ? "→" : " "} ${line}`)}`));
  }
  return lines;
}
