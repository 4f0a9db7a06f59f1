/**
 * `erase`: recorded time goes for good, from the copies too.
 * @module
 */
import type { Command } from "@commander-js/extra-typings";
import type { WireErasure, WireErasurePreview, WireErasures } from "../../daemon/api/erasure.ts";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import type { Client } from "../client.ts";
import { connect, type Context, type Define, readConfig } from "../context.ts";
import { type Calendar, calendarOf, parseInstant } from "../dates.ts";
import { parseMoment, parseSpan, type TypedSpan } from "../edit_times.ts";
import { erasureLines, notReachedLines, previewLines, progressText } from "../erase_view.ts";
import { examples } from "../help.ts";
import { note, print, printJson, Progress, terminal } from "../output.ts";
import { dim } from "../style.ts";
import { count } from "../words.ts";
import { defineRetention } from "./erase_retention.ts";

const POLL_MS = 150;
/** How many of the past `erase status` shows. */
const SHOWN = 10;

interface EraseOptions {
  readonly from?: string;
  readonly to?: string;
  readonly app?: string;
  readonly title?: string;
  readonly url?: string;
  readonly regex?: true;
  readonly privacy?: true;
  readonly all?: true;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly json?: true;
}

export const define: Define = (command, context) => {
  command
    .option("--from <date>", "begin: a date, today, 20:00, yesterday 20:00, or an instant")
    .option("--to <date>", "end, typed alike; a date with all of its day (default: now)")
    .option("--app <name>", "what this program had in front")
    .option("--title <text>", "windows with this title")
    .option("--url <address>", "pages with this address")
    .option("--regex", "the texts are patterns, found in any case")
    .option("--privacy", "apply the privacy rules to the past")
    .option("--all", "everything that was recorded")
    .option("--dry-run", "say what it would do, and do nothing")
    .option("--yes", "do not ask")
    .option("--json", "print JSON")
    .action((options) => erase(context, options));
  defineStatus(command.command("status"), context);
  defineRetention(command.command("retention"), context);
  examples(
    command,
    ['erase --from "yesterday 20:00" --to 22:00', "two hours, whatever was in them"],
    ["erase --title 'surprise party' --regex", "every window whose title has these words"],
    ["erase --app Signal --from yesterday --dry-run", "what it would come to"],
    ["erase --all --yes", "everything, without being asked"],
    ["erase status", "what is pending, and the copies that are not reached"],
  );
};

async function erase(context: Context, options: EraseOptions): Promise<void> {
  const { from, to, app, title, url, regex, privacy, all, dryRun, yes, json } = options;
  const calendar = calendarOf(await readConfig(context));
  const wish = {
    ...typedSpan(from, to, calendar),
    ...{ app, title, url, regex, privacy, all },
  };
  if (Object.values(wish).every((field) => field === undefined)) {
    throw usage("Cannot erase nothing: name a time, a text, --privacy or --all");
  }
  const mayAsk = terminal.stdin && terminal.stdout;
  if (!dryRun && !yes && !mayAsk) {
    throw usage("Cannot erase without asking where nobody answers: --yes does, --dry-run shows");
  }
  const client = await connect(context);
  if (dryRun || !yes) {
    const facts = await client.send<WireErasurePreview>("POST", "/erasures", {
      ...wish,
      dry_run: true,
    });
    if (dryRun && json) return printJson(facts);
    print(...previewLines(facts));
    if (dryRun) return;
    note("It cannot be undone.");
    if (!isYes(ask('Type "yes" to erase it: '))) {
      context.result.exitCode = EXIT_CODES.failed;
      return note("Nothing was erased");
    }
  }
  const begun = await client.send<WireErasure>("POST", "/erasures", wish);
  await tell(context, client, { done: await settled(client, begun, context.signal), json });
}

/** Waits until every place was tried. */
async function settled(
  client: Client,
  begun: WireErasure,
  signal: AbortSignal,
): Promise<WireErasure> {
  using line = new Progress();
  while (true) {
    const { running, erasures } = await client.get<WireErasures>("/erasures");
    if (running?.id !== begun.id) return erasures.find(({ id }) => id === begun.id) ?? begun;
    line.update(progressText(running));
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    signal.throwIfAborted();
  }
}

async function tell(
  context: Context,
  client: Client,
  { done, json }: { readonly done: WireErasure; readonly json: true | undefined },
): Promise<void> {
  const isPending = done.pending.length > 0;
  if (isPending) context.result.exitCode = EXIT_CODES.failed;
  if (json) return printJson(done);
  print(...erasureLines(done));
  const { not_reached } = await client.get<WireErasures>("/erasures");
  const there = not_reached.filter((copy) => copy.there !== false);
  for (const text of notReachedLines(there)) note(text);
  if (isPending) note("What is pending is tried again every hour while prodtracker runs");
}

function defineStatus(command: Command, context: Context): void {
  command.summary("what is pending, what was erased, what is not reached")
    .description("Shows what was erased and where, what is pending and why, and copies elsewhere.")
    .option("--json", "print JSON")
    .action(async () => {
      const client = await connect(context);
      // `erase` has an option of that name, and takes it.
      const { json }: { json?: true } = command.optsWithGlobals();
      const status = await client.get<WireErasures>("/erasures");
      if (json) return printJson(status);
      const { running, erasures, not_reached } = status;
      if (running) print(progressText(running));
      if (erasures.length === 0) note(dim("Nothing was ever erased"));
      const shown = erasures.filter(({ pending }, i) => i < SHOWN || pending.length > 0);
      for (const erasure of shown) print(...erasureLines(erasure));
      if (shown.length < erasures.length) {
        note(dim(`and ${count(erasures.length - shown.length, "earlier one")}`));
      }
      if (not_reached.length > 0) print(...notReachedLines(not_reached));
    });
}

/** Asks on standard error, as the question is no data. */
function ask(question: string): string {
  Deno.stderr.writeSync(new TextEncoder().encode(question));
  const line = new Uint8Array(1_024);
  const length = Deno.stdin.readSync(line) ?? 0;
  return new TextDecoder().decode(line.subarray(0, length));
}

function isYes(answer: string): boolean {
  return answer.trim().toLowerCase() === "yes";
}

/** An end alone is a date with all of its day, or a moment. */
function typedSpan(
  from: string | undefined,
  to: string | undefined,
  calendar: Calendar,
): Partial<TypedSpan> {
  if (from !== undefined) return parseSpan(from, to, calendar);
  if (to === undefined) return {};
  const isMoment = to === "now" || to.includes(":");
  return {
    to: isMoment ? parseMoment("--to", to, calendar) : parseInstant("--to", to, "end", calendar),
  };
}

function usage(message: string): FatalError {
  return new FatalError(message, EXIT_CODES.wrongUsage);
}
