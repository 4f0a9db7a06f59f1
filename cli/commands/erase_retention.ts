/**
 * `erase retention`: how long things are kept.
 * @module
 */
import { type Command, InvalidArgumentError } from "@commander-js/extra-typings";
import type { Retention } from "../../daemon/core/retention.ts";
import { connect, type Context } from "../context.ts";
import { examples } from "../help.ts";
import { note, print, printJson, terminal } from "../output.ts";
import { dim } from "../style.ts";
import { table } from "../table.ts";

const NAMES: readonly (readonly [keyof Retention, string, string])[] = [
  ["events_days", "events", "days"],
  ["screenshots_days", "screenshots", "days"],
  ["screenshots_mb", "screenshots", "MB in all"],
  ["messages_days", "messages sent", "days"],
  ["loop_days", "nudges and blocks", "days"],
];

export function defineRetention(command: Command, context: Context): void {
  command.summary("how long things are kept").description(
    "Shows how long things are kept; with options, sets it. What is older is erased once a day.",
  )
    .option("--events <days>", 'events, notes and focus sessions; "forever": all', limit)
    .option("--screenshots <days>", "screenshots", limit)
    .option("--screenshots-mb <number>", "all screenshots together", limit)
    .option("--messages <days>", "messages that were sent or given up", limit)
    .option("--loop <days>", "what the loop did", limit)
    .option("--json", "print JSON")
    .action(async ({ events, screenshots, screenshotsMb, messages, loop }) => {
      const client = await connect(context);
      // `erase` has an option of that name, and takes it.
      const { json }: { json?: true } = command.optsWithGlobals();
      const change = {
        events_days: kept(events),
        screenshots_days: kept(screenshots),
        screenshots_mb: kept(screenshotsMb),
        messages_days: kept(messages),
        loop_days: kept(loop),
      };
      const isChange = Object.values(change).some((value) => value !== undefined);
      const retention = isChange
        ? await client.send<Retention>("PUT", "/retention", change)
        : await client.get<Retention>("/retention");
      if (json) return printJson(retention);
      const rows = NAMES.map(([name, what, unit]) => {
        const value = retention[name];
        return [what, value === null ? "for ever" : `${value} ${unit}`];
      });
      print(...table([{ title: "what" }, { title: "kept for" }], rows, terminal.columns));
      if (isChange) note(dim("What is older goes once a day while prodtracker runs"));
    });
  examples(
    command,
    ["erase retention", "as it is"],
    ["erase retention --events 365", "forget what is older than a year"],
    ["erase retention --events forever --screenshots 7", "all events, screenshots of a week"],
  );
}

const FOREVER = "forever";

/** A number above 0, or "forever". */
function limit(text: string): number | typeof FOREVER {
  if (text === FOREVER) return FOREVER;
  const value = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (value > 0) return value;
  throw new InvalidArgumentError(`Allowed is a number above 0, or "${FOREVER}".`);
}

function kept(limit: number | typeof FOREVER | undefined): number | null | undefined {
  return limit === FOREVER ? null : limit;
}
