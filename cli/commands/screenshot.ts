/**
 * `screenshot`: pictures of the screen, taken, looked at, and deleted.
 * @module
 */
import { type Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { WireScreenshot } from "../../daemon/api/screenshots.ts";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import { type Client, showFile } from "../client.ts";
import { connect, type Context, type Define, readConfig } from "../context.ts";
import { calendarOf, parseInstant } from "../dates.ts";
import { examples } from "../help.ts";
import { note, print, printJson, terminal } from "../output.ts";
import { dim } from "../style.ts";
import { table } from "../table.ts";
import { clean } from "../text.ts";
import { bytes, count, timeOf } from "../words.ts";
import { defineSettings } from "../screenshot_settings.ts";

interface Page {
  readonly screenshots: WireScreenshot[];
  readonly next_cursor: string | null;
}

export const define: Define = (command, context) => {
  defineTake(command.command("take", { isDefault: true }), context);
  defineList(command.command("list"), context);
  defineOpen(command.command("open"), context);
  defineSave(command.command("save"), context);
  defineDelete(command.command("delete"), context);
  defineSettings(command.command("settings"), context);
  examples(
    command,
    ["screenshot", "take one of each monitor now"],
    ["screenshot list --from yesterday", "what there is"],
    ["screenshot open 12", "look at one"],
    ["screenshot save 12 shot.png", "keep a copy"],
    ["screenshot delete 12 13", "delete some"],
    ["screenshot settings --interval 15 --scale 0.5", "also by the clock, and smaller"],
  );
};

function defineTake(command: Command, context: Context): void {
  command.summary("take one now (the default)").description(
    "Takes a picture of each monitor now, unless a private window can be seen, the screen is locked or recording is paused.",
  )
    .option("--json", "print JSON")
    .action(async ({ json }) => {
      const client = await connect(context);
      const { screenshots } = await client.send<Page>("POST", "/screenshots");
      if (json) return printJson(screenshots);
      print(...lines(screenshots));
    });
}

function defineList(command: Command, context: Context): void {
  command.summary("show what there is").description("Shows the screenshots, newest first.")
    .option("--from <when>", "begin: a date, or a time with its zone")
    .option("--to <when>", "end; a date is meant with all its day")
    .option("-n, --limit <number>", "how many", "50")
    .option("--json", "print JSON")
    .action(async ({ from, to, limit, json }) => {
      const range = await rangeOf(context, from, to);
      const client = await connect(context);
      const page = await client.get<Page>("/screenshots", { ...range, limit });
      if (json) return printJson(page.screenshots);
      if (page.screenshots.length === 0) return note("There are no screenshots");
      print(...lines(page.screenshots));
      if (page.next_cursor !== null) note(dim("There are more; --limit shows them"));
    });
}

function defineOpen(command: Command, context: Context): void {
  command.summary("look at one").description(
    "Shows a screenshot in the desktop's viewer, from a copy that is removed when you press Enter.",
  )
    .argument("<id>", "its number", idOf)
    .action(async (id) => {
      if (!terminal.stdin) {
        throw new FatalError(
          "Cannot open a screenshot without a terminal; screenshot save writes it to a file",
          EXIT_CODES.wrongUsage,
        );
      }
      const client = await connect(context);
      const folder = await Deno.makeTempDir({ prefix: "prodtracker-" });
      context.cleanups.defer(() => Deno.remove(folder, { recursive: true }));
      const path = join(folder, `screenshot-${id}.png`);
      await save(client, id, path);
      // Others may want the data directory meanwhile.
      if (client.url === undefined) await client.close();
      await showFile(pathToFileURL(path).href);
      note(dim("Press Enter when you have seen it"));
      const reader = Deno.stdin.readable.getReader();
      const stop = () => void reader.cancel().catch(() => {});
      context.signal.addEventListener("abort", stop);
      await reader.read();
      context.signal.removeEventListener("abort", stop);
    });
}

function defineSave(command: Command, context: Context): void {
  command.summary("write one to a file").description(
    "Writes a screenshot to a file that is not there yet. What is deleted later stays there.",
  )
    .argument("<id>", "its number", idOf)
    .argument("<path>", "the PNG file")
    .action(async (id, path) => {
      const size = await save(await connect(context), id, resolve(path));
      note(dim(`${clean(resolve(path))}, ${bytes(size)}`));
    });
}

function defineDelete(command: Command, context: Context): void {
  command.summary("delete some").description("Deletes screenshots by their numbers, or a range.")
    .argument("[id...]", "their numbers")
    .option("--from <when>", "all from here: a date, or a time with its zone")
    .option("--to <when>", "all until here; a date is meant with all its day")
    .option("--json", "print JSON")
    .action(async (ids, { from, to, json }) => {
      const isRange = from !== undefined || to !== undefined;
      if ((ids.length > 0) === isRange) {
        throw new FatalError(
          "Cannot delete screenshots: name either their numbers, or --from, --to or both",
          EXIT_CODES.wrongUsage,
        );
      }
      const range = await rangeOf(context, from, to);
      const numbers = ids.map(idOf);
      const client = await connect(context);
      let deleted = 0;
      if (isRange) {
        const query = new URLSearchParams(Object.entries(range));
        deleted = (await remove(client, `/screenshots?${query}`)).deleted;
      } else {
        try {
          for (const id of numbers) deleted += (await remove(client, `/screenshots/${id}`)).deleted;
        } catch (error) {
          if (deleted > 0) note(`${count(deleted, "screenshot")} deleted, then it failed`);
          throw error;
        }
      }
      if (json) return printJson({ deleted });
      print(`${count(deleted, "screenshot")} deleted`);
    });
}

function remove(client: Client, path: string): Promise<{ deleted: number }> {
  return client.send("DELETE", path);
}

/** Writes a screenshot to a new file of the user's own; returns its size. */
async function save(client: Client, id: number, path: string): Promise<number> {
  const png = await new Response(await client.download(`/screenshots/${id}`)).bytes();
  try {
    await Deno.writeFile(path, png, { createNew: true, mode: 0o600 });
  } catch (error) {
    const reason = error instanceof Deno.errors.AlreadyExists
      ? "there is a file already"
      : (error as Error).message.replace(/:? open '.*$/, "");
    throw new FatalError(`Cannot write "${path}": ${reason}`, EXIT_CODES.failed, { cause: error });
  }
  return png.length;
}

async function rangeOf(
  context: Context,
  from: string | undefined,
  to: string | undefined,
): Promise<{ from?: string; to?: string }> {
  const calendar = calendarOf(await readConfig(context));
  return {
    ...(from !== undefined && { from: parseInstant("--from", from, "begin", calendar) }),
    ...(to !== undefined && { to: parseInstant("--to", to, "end", calendar) }),
  };
}

const REASONS = { noise: "on noise", interval: "by the clock", command: "by command" };

function lines(screenshots: readonly WireScreenshot[]): string[] {
  const columns = [
    { title: "#", align: "right" as const },
    { title: "taken" },
    { title: "why" },
    { title: "monitor", shrinkTo: 8 },
    { title: "pixels", align: "right" as const },
    { title: "size", align: "right" as const },
  ];
  const rows = screenshots.map((each) => [
    String(each.id),
    `${localDate(each.at)} ${timeOf(each.at)}`,
    REASONS[each.reason],
    each.monitor,
    `${each.width_px} x ${each.height_px}`,
    bytes(each.bytes),
  ]);
  return table(columns, rows, terminal.columns);
}

function localDate(at: string): string {
  const date = new Date(at);
  const pad = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

function idOf(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Allowed is a number from the list.");
}
