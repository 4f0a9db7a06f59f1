/**
 * `summary`: what a day, a week, a month or a range came to.
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import { PERIODS } from "../../daemon/core/period.ts";
import { connect, type Context, type Define, readConfig } from "../context.ts";
import { type Calendar, calendarOf, parseDate, parseInstant } from "../dates.ts";
import { examples } from "../help.ts";
import { print, printJson, terminal, writeStream } from "../output.ts";
import { summaryView } from "../summary_view.ts";
import type { Summary } from "../wire.ts";
import { defineGoals } from "./summary_goals.ts";
import { defineOutbox } from "./summary_outbox.ts";
import { defineSchedule } from "./summary_schedule.ts";
import { LONGEST_SENDING_MS, sendSummary, sendWish } from "./summary_send.ts";

const FORMATS = ["text", "json", "html"] as const;

interface SummaryOptions {
  readonly day?: string | true;
  readonly week?: string | true;
  readonly month?: string | true;
  readonly from?: string;
  readonly to?: string;
  readonly format: typeof FORMATS[number];
  readonly json?: true;
  readonly email?: true;
  readonly sms?: true;
  readonly again?: true;
}

export const define: Define = (command, context) => {
  command
    .option("--day [date]", "a day: today, yesterday or YYYY-MM-DD (default: today)")
    .option("--week [date]", "the week, from Monday, that holds the date")
    .option("--month [date]", "the month that holds the date")
    .option("--from <when>", "begin of a range: a date, or a time with its zone")
    .option("--to <when>", "end of a range; a date is meant with all its day")
    .addOption(
      new Option("--format <format>", "how to print it").choices(FORMATS)
        .default("text" as const),
    )
    .option("--json", "short for --format json")
    .option("--email", "mail it instead of printing it; once, however often it is asked for")
    .option("--sms", "send it by SMS, likewise")
    .option("--again", "send it though it was sent before")
    .action((options) => summary(options, context));
  examples(
    command,
    ["summary", "today"],
    ["summary --day yesterday", "another day"],
    ["summary --week", "this week, day by day"],
    ["summary --from 2026-01-01 --to 2026-01-31", "any range"],
    ["summary --month --json", "for another program"],
    ["summary --week --format html > week.html", "a page to keep"],
    ["summary --day yesterday --email", "by mail; says nothing when all is well"],
    ["summary schedule add day --at 21:00 --email", "every evening, by itself"],
  );
  defineGoals(command.command("goals"), context);
  defineSchedule(command.command("schedule"), context);
  defineOutbox(command.command("outbox"), context);
};

async function summary(options: SummaryOptions, context: Context): Promise<void> {
  const wish = sendWish(options);
  const json = options.json || options.format === "json";
  const config = await readConfig(context);
  const query = periodQuery(options, calendarOf(config));
  const client = await connect(context, wish && { lockWaitMs: LONGEST_SENDING_MS });
  if (wish) {
    const { again } = options, { settings } = config;
    return await sendSummary(client, query, wish, { again, json, settings });
  }
  if (options.format === "html" && !json) {
    return await writeStream(await client.download("/summary/page", query));
  }
  const summary = await client.get<Summary>("/summary", query);
  if (json) return printJson(summary);
  print(...summaryView(summary, terminal.columns));
}

/**
 * The query for `/summary`.
 * @throws {FatalError} with exit code 2 when a date is wrong, or two periods are named.
 */
export function periodQuery(
  options: Pick<SummaryOptions, "day" | "week" | "month" | "from" | "to">,
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
