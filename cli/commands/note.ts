/**
 * `note`: words about a moment, or a span.
 * @module
 */
import type { Command } from "@commander-js/extra-typings";
import type { WireEdit, WireNote } from "../../daemon/api/edits_wire.ts";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import { connect, type Context, type Define, readConfig } from "../context.ts";
import { calendarOf, parseInstant } from "../dates.ts";
import { parseMoment, parseSpan } from "../edit_times.ts";
import { noteTable, spanText } from "../edit_view.ts";
import { examples } from "../help.ts";
import { note as tell, print, printJson } from "../output.ts";

interface Noted {
  readonly note: WireNote;
  readonly edit: WireEdit;
}

interface When {
  readonly at?: string;
  readonly from?: string;
  readonly to?: string;
}

export const define: Define = (command, context) => {
  defineAdd(command.command("add", { isDefault: true }), context);
  defineList(command.command("list"), context);
  defineChange(command.command("change"), context);
  defineDelete(command.command("delete"), context);
  examples(
    command,
    ['note "began the report"', "about now"],
    ['note "call with Ana" --at 14:30', "about a moment"],
    ['note "offsite" --from 9:00 --to 17:00', "about a span"],
    ["note list", "today's notes"],
    ["note delete 3", "edit undo brings it back"],
  );
};

function defineAdd(command: Command, context: Context): void {
  command.summary("write a note").description("Writes down what a moment, or a span, was about.")
    .argument("<text...>", "what to write down")
    .option("--at <when>", "the moment: 14:30, yesterday 14:30, 2026-01-31T14:30Z (default: now)")
    .option("--from <when>", "begin of a span")
    .option("--to <when>", "end of it (default: now)")
    .option("--json", "print JSON")
    .action(async (words, options) => {
      const place = await placeOf(options, context);
      const client = await connect(context);
      const body = { ...place, text: words.join(" ") };
      const reply = await client.send<Noted>("POST", "/notes", body);
      if (options.json) return printJson(reply);
      tell(`Note ${reply.note.id}: ${spanText(reply.note.from, reply.note.to)}`);
    });
}

function defineList(command: Command, context: Context): void {
  command.summary("show notes").description("Shows the notes of a range, oldest first.")
    .option("--from <when>", "begin of the range: a date, or a time with its zone (default: today)")
    .option("--to <when>", "end of the range; a date is meant with all its day")
    .option("--json", "print JSON")
    .action(async ({ from = "today", to, json }) => {
      const calendar = calendarOf(await readConfig(context));
      const client = await connect(context);
      const notes = await client.get<WireNote[]>("/notes", {
        from: parseInstant("--from", from, "begin", calendar),
        to: to === undefined ? undefined : parseInstant("--to", to, "end", calendar),
      });
      if (json) return printJson(notes);
      if (notes.length === 0) return tell("There is no note");
      print(...noteTable(notes));
    });
}

function defineChange(command: Command, context: Context): void {
  command.summary("rewrite a note").description("Gives a note another text; its time stays.")
    .argument("<number>", "its number in the list")
    .argument("<text...>", "what it is to say")
    .option("--json", "print JSON")
    .action(async (number, words, { json }) => {
      const client = await connect(context);
      const id = noteNumber(number);
      const reply = await client.send<Noted>("PUT", `/notes/${id}`, { text: words.join(" ") });
      if (json) return printJson(reply);
      tell(`Note ${id} says so now; edit undo ${reply.edit.id} takes that back`);
    });
}

function defineDelete(command: Command, context: Context): void {
  command.summary("delete a note").description("Deletes a note; edit undo brings it back.")
    .argument("<number>", "its number in the list")
    .option("--json", "print JSON")
    .action(async (number, { json }) => {
      const client = await connect(context);
      const reply = await client.send<Noted>("DELETE", `/notes/${noteNumber(number)}`);
      if (json) return printJson(reply);
      tell(`Note ${reply.note.id} is deleted; edit undo ${reply.edit.id} brings it back`);
    });
}

async function placeOf(
  { at, from, to }: When,
  context: Context,
): Promise<{ from: string; to?: string }> {
  if (at !== undefined && (from !== undefined || to !== undefined)) {
    throw usage("Cannot use --at together with --from and --to");
  }
  if (from === undefined && to !== undefined) throw usage("Cannot use --to without --from");
  const calendar = calendarOf(await readConfig(context));
  if (from !== undefined) return parseSpan(from, to, calendar);
  return { from: parseMoment("--at", at ?? "now", calendar) };
}

function noteNumber(text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw usage(`Cannot use the number: it is ${JSON.stringify(text.slice(0, 40))}`);
}

function usage(message: string): FatalError {
  return new FatalError(message, EXIT_CODES.wrongUsage);
}
