/**
 * `edit`: recorded time, changed by hand.
 * @module
 */
import { type Command, Option } from "@commander-js/extra-typings";
import type { WireEdit, WireTouched } from "../../daemon/api/edits_wire.ts";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import type { Client } from "../client.ts";
import { connect, type Context, type Define, readConfig } from "../context.ts";
import { calendarOf, parseInstant } from "../dates.ts";
import { parseSpan } from "../edit_times.ts";
import { editLine, editTable, touchedLine } from "../edit_view.ts";
import { examples } from "../help.ts";
import { note, print, printJson } from "../output.ts";
import { dim } from "../style.ts";
import { defineAway } from "./edit_away.ts";

const CLASSES = ["signal", "noise", "neutral"] as const;
const SOURCES = ["window", "afk", "phone", "manual"] as const;
const TIMES = "13:00, yesterday 13:00, 2026-01-31T13:00Z";

interface Edited {
  readonly edit: WireEdit;
}

interface PlaceOptions {
  readonly from?: string;
  readonly to?: string;
  readonly event?: string;
}

export const define: Define = (command, context) => {
  defineAdd(command.command("add"), context);
  defineChange(command.command("change"), context);
  defineDelete(command.command("delete"), context);
  defineList(command.command("list"), context);
  defineUndo(command.command("undo"), "undo", context);
  defineUndo(command.command("redo"), "redo", context);
  defineAway(command.command("away"), context);
  examples(
    command,
    ['edit add --from 13:00 --to 14:00 "Meeting" --class signal', "say what an hour was"],
    ["edit change --from 15:00 --to 16:00 --class signal --category research", "it was no noise"],
    ["edit delete --from 20:00 --to 21:00 --dry-run", "what deleting would touch"],
    ["edit undo", "take the last edit back"],
    ["edit away", "say where you were while you were away"],
  );
};

function defineAdd(command: Command, context: Context): void {
  command.summary("say what a span was spent on")
    .description("Says what a span of the past was spent on, whatever was recorded in it.")
    .argument("<title...>", "what it was")
    .requiredOption("--from <when>", `where it begins: ${TIMES}`)
    .option("--to <when>", "where it ends (default: now)")
    .addOption(
      new Option("--class <class>", "how it counts").choices(CLASSES).makeOptionMandatory(),
    )
    .option("--category <name>", "heading, such as meetings or media/video")
    .option("--json", "print JSON")
    .action(async (words, { from, to, json, ...what }) => {
      const span = parseSpan(from, to, calendarOf(await readConfig(context)));
      const body = { ...span, title: words.join(" "), ...what };
      const client = await connect(context);
      report(await client.send<Edited>("POST", "/edits/entries", body), json);
    });
  examples(
    command,
    [
      'edit add --from 13:00 --to 14:00 "Meeting" --class signal --category meetings',
      "an hour of today",
    ],
    ['edit add --from "yesterday 22:00" --to 23:00 Film --class noise', "last evening"],
  );
}

function defineChange(command: Command, context: Context): void {
  placeOptions(command, "give recorded time another class, category or title")
    .description("Gives recorded time another class, category or title; what is not named stays.")
    .addOption(new Option("--class <class>", "how it counts").choices(CLASSES))
    .option("--category <name>", 'heading, such as meetings or media/video; "": none')
    .option("--title <text>", "what it was")
    .option("--include-afk", "time away in it, too")
    .option("--json", "print JSON")
    .action(async ({ from, to, event, json, category, includeAfk, ...what }) => {
      const place = await placeOf({ from, to, event }, context);
      const client = await connect(context);
      const body = {
        ...{ ...place, ...what, include_afk: includeAfk },
        category: category === "" ? null : category,
      };
      report(await client.send<Edited>("POST", "/edits/changes", body), json);
    });
  examples(
    command,
    ["edit change --from 15:00 --to 16:00 --class signal --category research", "it was research"],
    ["edit change --event 4711 --title Invoices", "one event of the list"],
  );
}

function defineDelete(command: Command, context: Context): void {
  placeOptions(command, "take recorded time out, undoably")
    .description(
      "Takes recorded time out of every list and sum until it is undone; erase removes it for good.",
    )
    .addOption(new Option("--source <source>", "only what this one saw").choices(SOURCES))
    .option("--dry-run", "only say what it would touch")
    .option("--json", "print JSON")
    .action(async ({ from, to, event, source, dryRun, json }) => {
      const place = await placeOf({ from, to, event }, context);
      const client = await connect(context);
      const body = { ...place, source, dry_run: dryRun };
      const reply = await client.send<{ edit: WireEdit | null; touched: WireTouched }>(
        "POST",
        "/edits/deletions",
        body,
      );
      if (json) return printJson(reply);
      print(touchedLine(reply.touched));
      if (reply.edit) note(dim(`edit undo ${reply.edit.id} brings it back`));
    });
  examples(
    command,
    ["edit delete --from 20:00 --to 21:00 --dry-run", "what it would touch"],
    ["edit delete --from 20:00 --to 21:00 --source phone", "only the phone's"],
  );
}

function defineList(command: Command, context: Context): void {
  command.summary("show edits").description("Shows the edits that touch a range, newest first.")
    .option("--from <when>", "begin of the range: a date, or a time with its zone (default: ever)")
    .option("--to <when>", "end of the range; a date is meant with all its day")
    .option("--limit <number>", "at most so many", "50")
    .option("--json", "print JSON")
    .action(async ({ from, to, limit, json }) => {
      const calendar = calendarOf(await readConfig(context));
      const client = await connect(context);
      const { edits } = await client.get<{ edits: WireEdit[] }>("/edits", {
        from: from === undefined ? undefined : parseInstant("--from", from, "begin", calendar),
        to: to === undefined ? undefined : parseInstant("--to", to, "end", calendar),
        limit,
      });
      if (json) return printJson(edits);
      if (edits.length === 0) return note("There is no edit");
      print(...editTable(edits));
    });
}

function defineUndo(command: Command, what: "undo" | "redo", context: Context): void {
  const isUndo = what === "undo";
  command.summary(isUndo ? "take an edit back" : "make an edit again that was undone")
    .description(
      isUndo
        ? "Takes an edit back: what was there is there again. Later edits of the same time come first."
        : "Makes an edit again that was undone, on what is there now.",
    )
    .argument("[number]", `its number in the list (default: the newest${isUndo ? "" : " undone"})`)
    .option("--json", "print JSON")
    .action(async (number, { json }) => {
      const client = await connect(context);
      const id = number === undefined
        ? await newest(client, isUndo)
        : numberOf("the number", number);
      const reply = await client.send<Edited>("POST", `/edits/${id}/${what}`);
      if (json) return printJson(reply);
      note(`${editLine(reply.edit)} ${isUndo ? "is undone" : "is made again"}`);
    });
}

/** The newest edit that can be undone, or the one that was undone last. */
async function newest(client: Client, isUndo: boolean): Promise<number> {
  let cursor: string | undefined;
  let undone: WireEdit | undefined;
  do {
    const page = await client.get<{ edits: WireEdit[]; next_cursor: string | null }>("/edits", {
      ...{ limit: 500, cursor },
    });
    if (isUndo) {
      const found = page.edits.find((edit) => edit.undone_at === null);
      if (found) return found.id;
    }
    for (const edit of page.edits) {
      if ((edit.undone_at ?? "") > (undone?.undone_at ?? "")) undone = edit;
    }
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  if (!isUndo && undone) return undone.id;
  throw new FatalError(
    `Cannot ${isUndo ? "undo" : "redo"}: there is no such edit`,
    EXIT_CODES.failed,
  );
}

function placeOptions(command: Command, summary: string) {
  return command.summary(summary)
    .option("--from <when>", `where it begins: ${TIMES}`)
    .option("--to <when>", "where it ends (default: now)")
    .option("--event <number>", "one event in place of a span");
}

async function placeOf({ from, to, event }: PlaceOptions, context: Context) {
  if ((from === undefined) === (event === undefined) || event !== undefined && to !== undefined) {
    throw usage("Cannot tell what is meant: it needs either --from (and --to), or --event");
  }
  if (event !== undefined) return { event: numberOf("--event", event) };
  return parseSpan(from!, to, calendarOf(await readConfig(context)));
}

function report(reply: Edited, json: true | undefined): void {
  if (json) return printJson(reply);
  note(editLine(reply.edit));
}

function numberOf(what: string, text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw usage(`Cannot use ${what}: it is ${JSON.stringify(text.slice(0, 40))}, wanted a number`);
}

function usage(message: string): FatalError {
  return new FatalError(message, EXIT_CODES.wrongUsage);
}
