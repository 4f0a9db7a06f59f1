/**
 * `block schedule`: blocks that begin by themselves.
 * @module
 */
import type { Command } from "@commander-js/extra-typings";
import type { WireSchedule } from "../../daemon/api/blocker.ts";
import { connect, type Context } from "../context.ts";
import { examples } from "../help.ts";
import { withoutNumber } from "../numbered.ts";
import { note, print, printJson, terminal } from "../output.ts";
import { separated } from "../separated.ts";
import { dim, yellow } from "../style.ts";
import { table } from "../table.ts";
import { days, timeOfDay } from "../weekdays.ts";

export function defineSchedule(command: Command, context: Context): void {
  command.summary("blocks that begin by themselves").description(
    "Blocks that begin by themselves, while the daemon runs.",
  );
  command.command("list", { isDefault: true }).summary("show them")
    .option("--json", "print JSON")
    .action(async ({ json }) => {
      const client = await connect(context);
      show(await client.get<WireSchedule[]>("/blocker/schedules"), json);
    });
  command.command("add").summary("add one")
    .requiredOption("--days <days>", "mon,tue,… or mon-fri", days)
    .requiredOption("--from <HH:MM>", "local time", timeOfDay)
    .requiredOption("--to <HH:MM>", "local time; not after --from means the next day", timeOfDay)
    .option("-l, --list <names>", "lists, separated by commas", separated)
    .option("-d, --domains <names>", "sites, separated by commas", separated)
    .option("--strict", "its blocks cannot be shortened, but by an emergency")
    .option("--json", "print JSON")
    .action(async ({ days, from, to, list = [], domains = [], strict = false, json }) => {
      const added = { days, from, to, lists: list, domains, strict };
      await change(context, json, (schedules) => [...schedules, added]);
    });
  command.command("remove").summary("remove one").argument("<number>", "its number in the list")
    .option("--json", "print JSON")
    .action(async (number, { json }) => {
      await change(context, json, (schedules) => withoutNumber(schedules, number, "schedule"));
    });
  examples(
    command,
    ["block schedule add --days mon-fri --from 09:00 --to 12:30 --list social,video", "mornings"],
    ["block schedule add --days sun-thu --from 22:30 --to 06:00", "your sites, at night"],
    ["block schedule remove 1", "forget the first"],
  );
}

async function change(
  context: Context,
  json: true | undefined,
  edit: (schedules: readonly WireSchedule[]) => readonly WireSchedule[],
): Promise<void> {
  const client = await connect(context);
  const edited = edit(await client.get<WireSchedule[]>("/blocker/schedules"));
  show(await client.send<WireSchedule[]>("PUT", "/blocker/schedules", edited), json);
  if (client.url === undefined && edited.length > 0 && !json) {
    note(yellow("No daemon runs that would keep it; prodtracker serve does"));
  }
}

function show(schedules: readonly WireSchedule[], json: true | undefined): void {
  if (json) return printJson(schedules);
  if (schedules.length === 0) return note("There is no schedule");
  const columns = [
    { title: "#", align: "right" as const },
    { title: "days" },
    { title: "from" },
    { title: "to" },
    { title: "what", shrinkTo: 12 },
  ];
  const rows = schedules.map(({ days, from, to, lists, domains, strict }, i) => [
    { text: String(i + 1), paint: dim },
    days.length === 7 ? "every day" : days.join(" "),
    from,
    to,
    `${[...lists, ...domains].join(", ") || "the usual sites"}${strict ? " (strict)" : ""}`,
  ]);
  print(...table(columns, rows, terminal.columns));
}
