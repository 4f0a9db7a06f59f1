/**
 * `summary`: what a day, a week, a month or a range came to.
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import { connect, type Context, type Define, readConfig } from "../context.ts";
import { type Calendar, calendarOf, parseDate, parseInstant } from "../dates.ts";
import { examples } from "../help.ts";
import { print, printJson, terminal } from "../output.ts";
import { summaryView } from "../summary_view.ts";
import type { Summary } from "../wire.ts";

const PERIODS = ["day", "week", "month"] as const;

interface SummaryOptions {
  readonly day?: string | true;
  readonly week?: string | true;
  readonly month?: string | true;
  readonly from?: string;
  readonly to?: string;
  readonly format: "text" | "json";
  readonly json?: true;
}

export const define: Define = (command, context) => {
  command
    .option("--day [date]", "a day: today, yesterday or YYYY-MM-DD (default: today)")
    .option("--week [date]", "the week, from Monday, that holds the date")
    .option("--month [date]", "the month that holds the date")
    .option("--from <when>", "begin of a range: a date, or a time with its zone")
    .option("--to <when>", "end of a range; a date is meant with all its day")
    .addOption(
      new Option("--format <format>", "how to print it").choices(["text", "json"] as const)
        .default("text" as const),
    )
    .option("--json", "short for --format json")
    .action((options) => summary(options, context));
  examples(
    command,
    ["summary", "today"],
    ["summary --day yesterday", "another day"],
    ["summary --week", "this week, day by day"],
    ["summary --from 2026-01-01 --to 2026-01-31", "any range"],
    ["summary --month --json", "for another program"],
  );
};

async function summary(options: SummaryOptions, context: Context): Promise<void> {
  const query = periodQuery(options, calendarOf(await readConfig(context)));
  const client = await connect(context);
  const summary = await client.get<Summary>("/summary", query);
  if (options.json || options.format === "json") return printJson(summary);
  print(...summaryView(summary, terminal.columns));
}

/**
 * The query for `/summary`.
 * @throws {FatalError} with exit code 2 when a date is wrong, or two periods are named.
 */
export function periodQuery(
  options: Omit<SummaryOptions, "format">,
  calendar: Calendar,
): Record<string, string> {
  const named = PERIODS.filter((name) => options[name] !== undefined);
  const isRange = options.from !== undefined || options.to !== undefined;
  if (named.length + Number(isRange) > 1) {
    throw new FatalError(
      "Cannot summarize two periods at once: name one of --day, --week, --month, or --from and --to",
      EXIT_CODES.wrongUsage,
    );
  }
  if (isRange) {
    const { from, to = "today" } = options;
    if (from === undefined) {
      throw new FatalError("Cannot use --to without --from", EXIT_CODES.wrongUsage);
    }
    return {
      from: parseInstant("--from", from, "begin", calendar),
      to: parseInstant("--to", to, "end", calendar),
    };
  }
  const [period = "day"] = named;
  const date = options[period];
  return {
    period,
    date: parseDate(`--${period}`, typeof date === "string" ? date : "today", calendar),
  };
}
