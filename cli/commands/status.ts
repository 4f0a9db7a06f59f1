/**
 * `status`: what is in front now, and today so far.
 * @module
 */
import { shareBar } from "../bars.ts";
import { connect, type Context, type Define } from "../context.ts";
import { runningFocus } from "../focus_words.ts";
import { examples } from "../help.ts";
import { print, printJson, terminal } from "../output.ts";
import { pauseText } from "../pause_view.ts";
import { bold, CLASS_STYLE, dim, red, yellow } from "../style.ts";
import { clean, clip } from "../text.ts";
import { timesTable, topTable, verdict } from "../totals_view.ts";
import type { Status } from "../wire.ts";
import { clock, dayName, duration } from "../words.ts";

export const define: Define = (command, context) => {
  command
    .option("--json", "print JSON")
    .action((options) => status(options, context));
  examples(
    command,
    ["status", "now and today"],
    ["status --json", "the same for a status bar"],
  );
};

async function status(options: { readonly json?: true }, context: Context): Promise<void> {
  const client = await connect(context);
  const status = await client.get<Status>("/status");
  if (options.json) return printJson(status);
  print(...view(status, { nowMs: Date.now(), width: terminal.columns, running: !!client.url }));
}

interface ViewOptions {
  readonly nowMs: number;
  readonly width: number;
  /** Whether a daemon runs at all. */
  readonly running: boolean;
}

/** The lines for a person. */
export function view(status: Status, { nowMs, width, running }: ViewOptions): string[] {
  const { today, top_apps } = status;
  const lines = [
    `${bold("Now")}    ${clipLine(nowLine(status, nowMs, running), width - 7)}`,
    `${bold("Today")}  ${dayName(`${today.date}T12:00`)}${dim(`, since ${clock(today.from)}`)}`,
    ...pauseLines(status, nowMs, width),
    ...blockLines(status, width),
    ...focusLines(status, width),
    ...nudgeLines(status, width),
    ...phoneLines(status, nowMs, width),
    "",
    ...timesTable(today, width),
  ];
  const whole = shareBar(today, Math.min(60, width - 2));
  if (whole !== "") lines.push("", `  ${whole}`, `  ${verdict(today)}`);
  if (top_apps.length > 0) lines.push("", bold("Top apps"), ...topTable(top_apps, width));
  if (status.health === "degraded") {
    lines.push("", yellow("Something does not work as it should: prodtracker doctor says what"));
  }
  return lines;
}

/** A pause, also one that no daemon keeps yet. */
function pauseLines(status: Status, nowMs: number, width: number): string[] {
  const text = pauseText(status, nowMs);
  if (text === undefined) return [];
  const line = { text: `${text}; prodtracker pause off ends it`, paint: yellow };
  return [`${bold("Pause")}  ${clipLine(line, width - 7)}`];
}

function blockLines({ block }: Status, width: number): string[] {
  if (!block) return [];
  const { end, remaining_seconds, strict, lists, domains } = block;
  const until = end === null ? "until block off" : `until ${clock(end)}`;
  const left = remaining_seconds === null ? "" : `, ${duration(remaining_seconds)} left`;
  const what = [...lists, ...domains].map(clean).join(", ");
  const text = `${until}${left}${strict ? ", strict" : ""}${what === "" ? "" : `: ${what}`}`;
  return [`${bold("Block")}  ${clipLine({ text, paint: red }, width - 7)}`];
}

function focusLines({ focus }: Status, width: number): string[] {
  return focus ? [`${bold("Focus")}  ${clip(runningFocus(focus), width - 7)}`] : [];
}

/** A nudge that is up, and quiet that was asked for. */
function nudgeLines({ loop: { nudge, snoozed_until } }: Status, width: number): string[] {
  const lines: Line[] = [];
  if (nudge && nudge.step !== "block") {
    lines.push({ text: clean(nudge.explanation), paint: yellow });
  }
  if (snoozed_until) lines.push({ text: `quiet until ${clock(snoozed_until)}`, paint: dim });
  return lines.map((line) => `${bold("Nudge")}  ${clipLine(line, width - 7)}`);
}

function phoneLines({ phones }: Status, nowMs: number, width: number): string[] {
  return phones.map(({ name, last_seen }) => {
    const seen = last_seen === null
      ? "has told nothing yet"
      : `last heard of ${duration((nowMs - Date.parse(last_seen)) / 1000)} ago`;
    return `${bold("Phone")}  ${clip(`${clean(name)}, ${seen}`, width - 7)}`;
  });
}

interface Line {
  readonly text: string;
  readonly paint: (text: string) => string;
}

function nowLine(status: Status, nowMs: number, running: boolean): Line {
  const { now, afk, afk_since, tracking, paused } = status;
  if (!running) return { text: "nothing records; prodtracker serve does", paint: yellow };
  if (!tracking) return { text: "the daemon runs without tracking", paint: yellow };
  if (paused) return { text: "nothing is recorded", paint: yellow };
  const since = (iso: string) => `for ${duration((nowMs - Date.parse(iso)) / 1000)}`;
  if (afk) {
    const length = afk_since === null ? "" : ` ${since(afk_since)}`;
    return { text: `away${length}`, paint: CLASS_STYLE.afk.paint };
  }
  if (!now) return { text: "nothing has the focus", paint: dim };
  const { paint, word, sign } = CLASS_STYLE[now.class];
  const title = now.title === null ? "" : ` — ${clean(now.title)}`;
  const app = clean(now.app ?? "(no name)");
  return { text: `${sign} ${word}, ${since(now.since)}: ${app}${title}`, paint };
}

function clipLine({ text, paint }: Line, width: number): string {
  return paint(clip(text, width));
}
