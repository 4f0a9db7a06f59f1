import type { Command } from "@commander-js/extra-typings";
import { connect, type Context } from "../context.ts";
import { historyView } from "../focus_history_view.ts";
import { examples } from "../help.ts";
import { number } from "../numbers.ts";
import { note, print, printJson, terminal } from "../output.ts";
import type { WireFocusAnalytics, WireFocusSession } from "../wire.ts";

const DEFAULT_DAYS = 28;

/** Sessions that are shown; the analytics count all. */
const MAX_SESSIONS = 1_000;

interface HistoryOptions {
  readonly days?: number;
  readonly json?: true;
}

/** `focus history`: earlier sessions, and what they come to by day. */
export function defineHistory(command: Command, context: Context): void {
  command.summary("show earlier sessions").description(
    "Shows earlier sessions, the days, and whether it gets better.",
  )
    .option("-d, --days <number>", `how many (default: ${DEFAULT_DAYS})`, number(1, 3660))
    .option("--json", "print JSON")
    // An option that `focus` has too is taken by `focus`, wherever it stands.
    .action(async (_, self) => {
      const { days = DEFAULT_DAYS, json } = self.optsWithGlobals() as HistoryOptions;
      const client = await connect(context);
      const analytics = await client.get<WireFocusAnalytics>("/focus/analytics", {
        days: Math.round(days),
      });
      const { from } = analytics;
      const query = { from, limit: MAX_SESSIONS };
      const sessions = await client.get<WireFocusSession[]>("/focus/sessions", query);
      if (json) return printJson({ sessions, analytics });
      if (sessions.length === 0) return note("There was no focus session yet; focus begins one");
      print(...historyView(sessions, analytics, terminal.columns));
    });
  examples(
    command,
    ["focus history", "the last four weeks"],
    ["focus history --days 7 --json", "the last week, for a program"],
  );
}
