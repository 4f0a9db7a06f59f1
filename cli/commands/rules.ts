/**
 * `rules`: what counts as signal, and what as noise.
 * @module
 */
import { type Command, Option } from "@commander-js/extra-typings";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import type { Rule } from "../../daemon/core/rules.ts";
import type { Client } from "../client.ts";
import { connect, type Context, type Define } from "../context.ts";
import { examples } from "../help.ts";
import { note, print, printJson, Progress, terminal } from "../output.ts";
import { exactOption, matchOption, patternOf, regexOption } from "../rule_options.ts";
import { bold, CLASS_STYLE, dim, plain } from "../style.ts";
import { table } from "../table.ts";
import { clean } from "../text.ts";
import type { RuleProgress, RuleVerdict } from "../wire.ts";
import { count } from "../words.ts";
import { definePrivacy } from "./rules_privacy.ts";

const CLASSES = ["signal", "noise", "neutral"] as const;
const POLL_MS = 150;

export const define: Define = (command, context) => {
  defineList(command.command("list", { isDefault: true }), context);
  defineAdd(command.command("add"), context);
  defineRemove(command.command("remove"), context);
  defineTest(command.command("test"), context);
  definePrivacy(command.command("privacy"), context);
  examples(
    command,
    ["rules", "yours, in the order in which they are tried"],
    ["rules add --match title --regex Jira --class signal", "count it as signal"],
    ["rules remove 2", "forget the second"],
    ["rules test --app firefox --title YouTube", "how it is judged, and why"],
  );
};

function defineList(command: Command, context: Context): void {
  command.summary("show your rules").description("Shows the rules; the first that matches wins.")
    .option("--default", "those that come with the program; yours come first")
    .option("--json", "print JSON")
    .action(async (options) => {
      const client = await connect(context);
      const rules = await client.get<Rule[]>(options.default ? "/rules/default" : "/rules");
      if (options.json) return printJson(rules);
      if (rules.length === 0) {
        return note(
          "You have no rules of your own; prodtracker rules list --default shows the others",
        );
      }
      print(...ruleTable(rules, terminal.columns));
    });
}

function defineAdd(command: Command, context: Context): void {
  command.summary("add a rule").description("Adds a rule; the past is judged again.")
    .addOption(matchOption().makeOptionMandatory())
    .addOption(regexOption())
    .addOption(exactOption())
    .addOption(
      new Option("--class <class>", "how it counts").choices(CLASSES).makeOptionMandatory(),
    )
    .option("--category <name>", "heading, such as development or media/video")
    .addOption(new Option("--first", "before your other rules").conflicts("at"))
    .option("--at <number>", "as this one of your rules (default: the last)")
    .option("--no-wait", "do not wait until the past is judged again")
    .option("--json", "print JSON")
    .action(async (options) => {
      const { match, regex, exact, category } = options;
      if ((regex === undefined) === (exact === undefined)) {
        throw usage("Cannot add the rule: it needs either --regex or --exact");
      }
      const rule: Rule = { match, regex, exact, class: options.class, category };
      await change(context, options, (rules) => {
        const last = rules.length + 1;
        const at = options.first ? 1 : position("--at", options.at ?? String(last), last);
        return rules.toSpliced(at - 1, 0, rule);
      });
    });
  examples(
    command,
    ["rules add --match app --exact Anki --class signal --category learning", "a program"],
    ["rules add --match title --regex 'reddit|9gag' --class noise --first", "by the title"],
  );
}

function defineRemove(command: Command, context: Context): void {
  command.summary("remove a rule").description("Removes a rule; the past is judged again.")
    .argument("<number>", "its number in the list")
    .option("--no-wait", "do not wait until the past is judged again")
    .option("--json", "print JSON")
    .action((number, options) =>
      change(context, options, (rules) => {
        if (rules.length === 0) throw usage("Cannot remove a rule: you have none");
        return rules.toSpliced(position("the number", number, rules.length) - 1, 1);
      })
    );
}

function defineTest(command: Command, context: Context): void {
  command.summary("judge an app, a title, a URL")
    .description("Says how something would be judged, and by which rule.")
    .option("--app <name>", "the program")
    .option("--title <text>", "the window's title")
    .option("--url <url>", "the address")
    .option("--json", "print JSON")
    .action(async ({ json, ...subject }) => {
      if (Object.keys(subject).length === 0) {
        throw usage("Cannot test nothing: name at least one of --app, --title, --url");
      }
      const client = await connect(context);
      const verdict = await client.send<RuleVerdict>("POST", "/rules/test", subject);
      if (json) return printJson(verdict);
      const { paint, word } = CLASS_STYLE[verdict.class];
      const category = verdict.category === null ? "" : `, ${clean(verdict.category)}`;
      print(`${bold(paint(word))}${category}  ${dim(reason(verdict))}`);
    });
}

function reason({ rule, origin }: RuleVerdict): string {
  if (rule === null) return "no rule matches";
  const whose = origin === "user" ? "your rule" : "a rule of the program";
  return `by ${whose}: ${rule.match} ${clean(patternOf(rule))}`;
}

interface ChangeOptions {
  readonly wait: boolean;
  readonly json?: true;
}

/** Replaces the rules by what `edit` makes of them. */
async function change(
  context: Context,
  options: ChangeOptions,
  edit: (rules: readonly Rule[]) => readonly Rule[],
): Promise<void> {
  const client = await connect(context);
  const edited = edit(await client.get<Rule[]>("/rules"));
  const { rules, reclassify } = await client.send<{ rules: Rule[]; reclassify: RuleProgress }>(
    "PUT",
    "/rules",
    edited,
  );
  const progress = options.wait ? await settled(client, reclassify, context.signal) : reclassify;
  if (options.json) printJson({ rules, reclassify: progress });
  else if (rules.length > 0) print(...ruleTable(rules, terminal.columns));
  if (progress.running) {
    const when = client.url === undefined ? "goes on when prodtracker runs next" : "goes on";
    note(dim(`Judging the past again ${when}`));
  } else if (progress.total > 0) {
    note(dim(`Judged ${count(progress.total, "different window")} again`));
  }
}

async function settled(
  client: Client,
  started: RuleProgress,
  signal: AbortSignal,
): Promise<RuleProgress> {
  using line = new Progress();
  let progress = started;
  while (progress.running) {
    line.update(`Judging the past again: ${progress.done} of ${progress.total}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    signal.throwIfAborted();
    progress = await client.get<RuleProgress>("/rules/progress");
  }
  return progress;
}

function ruleTable(rules: readonly Rule[], width: number): string[] {
  const columns = [
    { title: "#", align: "right" as const },
    { title: "class" },
    { title: "match" },
    { title: "pattern", shrinkTo: 20 },
    { title: "category", shrinkTo: 8 },
  ];
  const rows = rules.map((rule, i) => [
    { text: String(i + 1), paint: dim },
    { text: CLASS_STYLE[rule.class].word, paint: CLASS_STYLE[rule.class].paint },
    rule.match,
    { text: patternOf(rule), paint: plain },
    rule.category ?? "",
  ]);
  return table(columns, rows, width);
}

/** A place in the list, counted from 1. */
function position(what: string, text: string, last: number): number {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= last) return number;
  throw usage(`Cannot use ${what}: it is ${JSON.stringify(text)}, allowed is 1 to ${last}`);
}

function usage(message: string): FatalError {
  return new FatalError(message, EXIT_CODES.wrongUsage);
}
