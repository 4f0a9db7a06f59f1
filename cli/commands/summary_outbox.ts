/**
 * `summary outbox`: mails and SMS on their way out, and what became of those before.
 * @module
 */
import type { Command } from "@commander-js/extra-typings";
import { connect, type Context } from "../context.ts";
import { number } from "../numbers.ts";
import { note, print, printJson, terminal } from "../output.ts";
import { dim, green, type Paint, plain, red, yellow } from "../style.ts";
import { table } from "../table.ts";
import type { WireMessage } from "../wire.ts";
import { clock, shortDay } from "../words.ts";

const STATE_PAINT: Readonly<Record<WireMessage["state"], Paint>> = {
  waiting: yellow,
  sending: plain,
  sent: green,
  failed: red,
  unknown: yellow,
};

export function defineOutbox(command: Command, context: Context): void {
  command.summary("mails and SMS on their way out, and sent").description(
    "Shows the last mails and SMS, newest first, and what became of them.",
  )
    .option("-n, --limit <number>", "how many (default: 20)", number(1, 1_000))
    .option("--json", "print JSON")
    // An option that `summary` has too is taken by `summary`, wherever it stands.
    .action(async ({ limit = 20 }, self) => {
      const { json } = self.optsWithGlobals() as { json?: true };
      const client = await connect(context);
      const messages = await client.get<WireMessage[]>("/messages", { limit: Math.round(limit) });
      if (json) return printJson(messages);
      if (messages.length === 0) return note("Nothing was sent yet; summary --email does");
      print(...outboxTable(messages, terminal.columns));
      for (const { id, state, error } of messages) {
        if (state !== "sent" && error !== null) note(dim(`${id}: ${error}`));
      }
    });
}

/** Messages as a table. */
function outboxTable(messages: readonly WireMessage[], width: number): string[] {
  const columns = [
    { title: "#", align: "right" as const },
    { title: "since" },
    { title: "what", shrinkTo: 10 },
    { title: "to", shrinkTo: 12 },
    { title: "state" },
  ];
  const rows = messages.map(({ id, changed, topic, recipient, state, tries, next_try }) => {
    const again = next_try === null ? "" : ` until ${clock(next_try)}`;
    const count = tries > 1 ? ` (${tries} tries)` : "";
    return [
      { text: String(id), paint: dim },
      `${shortDay(localDate(changed))} ${clock(changed)}`,
      topic,
      recipient,
      { text: `${state}${again}${count}`, paint: STATE_PAINT[state] },
    ];
  });
  return table(columns, rows, width);
}

function localDate(instant: string): string {
  const at = new Date(instant);
  const pad = (part: number) => String(part).padStart(2, "0");
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}
