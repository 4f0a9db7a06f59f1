/**
 * `summary schedule`: summaries that are sent by themselves.
 * @module
 */
import { Argument, type Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { connect, type Context } from "../context.ts";
import { examples } from "../help.ts";
import { withoutNumber } from "../numbered.ts";
import { note, print, printJson, terminal } from "../output.ts";
import { cronOf, PERIODS, scheduleTable } from "../send_schedule_view.ts";
import { yellow } from "../style.ts";
import { days, timeOfDay } from "../weekdays.ts";
import type { WireChannels, WireSendSchedule } from "../wire.ts";

export function defineSchedule(command: Command, context: Context): void {
  command.summary("summaries that are sent by themselves").description(
    "Sends summaries by themselves at set times, while the daemon runs.",
  );
  command.command("list", { isDefault: true }).summary("show them")
    .option("--json", "print JSON")
    // An option that `summary` has too is taken by `summary`, wherever it stands.
    .action(async (_, self) => {
      const client = await connect(context);
      show(await client.get<WireSendSchedule[]>("/summary/schedules"), jsonOf(self));
    });
  command.command("add").summary("add one")
    .addArgument(new Argument("<period>", "of what").choices(PERIODS))
    .option("--at <HH:MM>", "by the local clock", timeOfDay)
    .option("--days <days>", "mon,tue,… or mon-fri (default: every day; of a week: its last)", days)
    .option("--cron <pattern>", "in place of --at and --days: minute hour day month weekday")
    .option("--previous", "of the day, week or month before")
    .option("--email", "by mail")
    .option("--sms", "by SMS")
    .option("--json", "print JSON")
    .action(async (period, { at, days, cron, previous = false }, self) => {
      const { email, sms } = self.optsWithGlobals() as { email?: true; sms?: true };
      const channels = [...(email ? ["email"] : []), ...(sms ? ["sms"] : [])];
      if (channels.length === 0) {
        throw new InvalidArgumentError("Name --email, --sms or both.");
      }
      const of = previous ? "previous" : "current";
      const pattern = cronOf({ period, previous, at, days, cron });
      const added = { period, of, cron: pattern, channels };
      await change(context, jsonOf(self), (schedules) => [...schedules, added]);
    });
  command.command("remove").summary("remove one").argument("<number>", "its number in the list")
    .option("--json", "print JSON")
    .action(async (number, _, self) => {
      await change(
        context,
        jsonOf(self),
        (schedules) => withoutNumber(schedules, number, "schedule"),
      );
    });
  examples(
    command,
    [
      "summary schedule add day --at 21:00 --days mon-fri --email",
      "each working day's, that evening",
    ],
    ["summary schedule add week --previous --at 08:00 --email", "last week's, on Monday morning"],
    ['summary schedule add day --cron "30 7 * * *" --previous --sms', "yesterday's, by a pattern"],
    ["summary schedule remove 1", "forget the first"],
  );
}

function jsonOf(self: { optsWithGlobals(): unknown }): true | undefined {
  return (self.optsWithGlobals() as { json?: true }).json;
}

async function change(
  context: Context,
  json: true | undefined,
  edit: (schedules: readonly unknown[]) => readonly unknown[],
): Promise<void> {
  const client = await connect(context);
  const before = await client.get<WireSendSchedule[]>("/summary/schedules");
  const plain = before.map(({ next: _, ...schedule }) => schedule);
  const after = await client.send<WireSendSchedule[]>("PUT", "/summary/schedules", edit(plain));
  show(after, json);
  if (json || after.length === 0) return;
  if (client.url === undefined) {
    note(yellow("No daemon runs that would send them; prodtracker serve does"));
  }
  const ways = await client.get<WireChannels>("/messages/channels");
  for (const channel of ["email", "sms"] as const) {
    const { hindrance } = ways[channel];
    const isUsed = after.some(({ channels }) => channels.includes(channel));
    if (isUsed && hindrance !== null) note(yellow(hindrance));
  }
}

function show(schedules: readonly WireSendSchedule[], json: true | undefined): void {
  if (json) return printJson(schedules);
  if (schedules.length === 0) return note("No summary is sent by itself");
  print(...scheduleTable(schedules, terminal.columns));
}
