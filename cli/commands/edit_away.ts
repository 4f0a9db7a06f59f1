/**
 * `edit away`: where were you?
 * @module
 */
import type { Command } from "@commander-js/extra-typings";
import type { WireAway } from "../../daemon/api/edits_wire.ts";
import type { Client } from "../client.ts";
import { connect, type Context } from "../context.ts";
import { awayTable, spanText } from "../edit_view.ts";
import { examples } from "../help.ts";
import { Lines } from "../lines.ts";
import { note, print, printJson, terminal } from "../output.ts";
import { bold, dim } from "../style.ts";
import { duration } from "../words.ts";

const CLASSES = ["signal", "noise", "neutral"] as const;
type Class = typeof CLASSES[number];

export function defineAway(command: Command, context: Context): void {
  command.summary("say where you were while you were away")
    .description(
      "Asks what you did while you were away today: ten minutes and more that have no entry yet. " +
        "Without a terminal it lists them.",
    )
    .option("--list", "only list them")
    .option("--json", "print JSON")
    .action(async ({ list, json }) => {
      const client = await connect(context);
      const away = await client.get<WireAway[]>("/edits/away");
      if (json) return printJson(away);
      if (away.length === 0) return note("Nothing to tell: you were not away, or told it");
      if (list || !terminal.stdin || !terminal.stderr) return print(...awayTable(away));
      await ask(client, away);
    });
  examples(
    command,
    ["edit away", "answer one after the other"],
    ["edit away --json", "for another program"],
  );
}

async function ask(client: Client, away: readonly WireAway[]): Promise<void> {
  note(dim("Enter: later. A dash: do not ask again."));
  using lines = new Lines();
  for (const { from, to, seconds } of away) {
    note(`${bold(spanText(from, to))} (${duration(seconds)}): where were you?`);
    const title = (await lines.next())?.trim();
    if (title === undefined) return;
    if (title === "") continue;
    if (title === "-") {
      await client.send("POST", "/edits/away/dismiss", { from, to });
      continue;
    }
    const cls = await askClass(lines);
    if (cls === undefined) return;
    await client.send("POST", "/edits/entries", { from, to, title, class: cls });
  }
}

/** `undefined`: the terminal has ended. */
async function askClass(lines: Lines): Promise<Class | undefined> {
  while (true) {
    note("signal, noise or neutral? (Enter: neutral)");
    const answer = (await lines.next())?.trim().toLowerCase();
    if (answer === undefined) return undefined;
    if (answer === "") return "neutral";
    const matches = CLASSES.filter((each) => each.startsWith(answer));
    if (matches.length === 1) return matches[0];
  }
}
