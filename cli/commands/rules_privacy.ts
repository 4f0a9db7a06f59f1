/**
 * `rules privacy`: what of your windows may be known.
 * @module
 */
import { type Command, Option } from "@commander-js/extra-typings";
import type { WireErasure, WireErasurePreview, WireErasures } from "../../daemon/api/erasure.ts";
import type { WirePrivacyPreview, WirePrivacyVerdict } from "../../daemon/api/privacy.ts";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import {
  PRIVACY_ACTIONS,
  type PrivacyAction,
  type PrivacyRule,
} from "../../daemon/core/privacy.ts";
import type { Client } from "../client.ts";
import { connect, type Context } from "../context.ts";
import { examples } from "../help.ts";
import { withoutNumber } from "../numbered.ts";
import { note, print, printJson, Progress, terminal } from "../output.ts";
import { exactOption, matchOption, patternOf, regexOption } from "../rule_options.ts";
import { bold, dim, green, type Paint, plain, red, yellow } from "../style.ts";
import { type Cell, table } from "../table.ts";
import { clean } from "../text.ts";
import { count, duration } from "../words.ts";

const POLL_MS = 200;

/** How each action is said, and shown. */
const WORDS: Readonly<Record<PrivacyAction, { readonly word: string; readonly paint: Paint }>> = {
  hash_title: { word: "hash title", paint: yellow },
  drop_title: { word: "drop title", paint: yellow },
  drop_event: { word: "drop event", paint: red },
};

export function definePrivacy(command: Command, context: Context): void {
  command.summary("what of your windows may be known").description(
    "Rules that hide titles and URLs, or whole windows, before anything is stored. Of all that match the strictest counts.\n" +
      "Private windows of browsers that can be told are known by their app alone, without any rule.",
  );
  defineList(command.command("list", { isDefault: true }), context);
  defineAdd(command.command("add"), context);
  defineRemove(command.command("remove"), context);
  defineTest(command.command("test"), context);
  definePreview(command.command("preview"), context);
  defineApply(command.command("apply"), context);
  examples(
    command,
    ["rules privacy", "yours"],
    ["rules privacy add --match app --exact KeePassXC --action drop_event", "never record it"],
    ["rules privacy add --match app --exact Chromium --action hash_title", "its titles as hashes"],
    ["rules privacy preview", "what they would change of the past"],
    ["rules privacy apply", "change the past, too: for good"],
  );
}

function defineList(command: Command, context: Context): void {
  command.summary("show your privacy rules").description("Shows your privacy rules.")
    .option("--json", "print JSON")
    .action(async ({ json }) => {
      const rules = await (await connect(context)).get<PrivacyRule[]>("/privacy");
      if (json) return printJson(rules);
      if (rules.length > 0) return print(...ruleTable(rules, terminal.columns));
      note("You have no privacy rules; private windows of browsers are known by their app alone");
    });
}

const actionOption = () =>
  new Option(
    "--action <action>",
    "hash or drop the title, and with it the URL; or drop the event: nothing is known",
  ).choices(PRIVACY_ACTIONS);

function defineAdd(command: Command, context: Context): void {
  command.summary("add a privacy rule")
    .description("Adds a rule; once it returns, nothing is stored that the rule hides.")
    .addOption(matchOption().makeOptionMandatory())
    .addOption(regexOption())
    .addOption(exactOption())
    .addOption(actionOption().makeOptionMandatory())
    .option("--json", "print JSON")
    .action(async ({ json, ...options }) => {
      const rule = ruleOf(options);
      await change(context, json, (rules) => [...rules, rule]);
      note(dim("What was recorded stays as it is; prodtracker rules privacy apply changes it"));
    });
  examples(
    command,
    [
      "rules privacy add --match title --regex 'bank|doctor' --action drop_title",
      "the time counts, the title is nowhere",
    ],
    ["rules privacy add --match url --regex '^https://mail\\.' --action hash_title", "by address"],
  );
}

function defineRemove(command: Command, context: Context): void {
  command.summary("remove a privacy rule").description("Removes a rule, or all.")
    .argument("[number]", "its number in the list")
    .option("--all", "all of them, also those that cannot be read")
    .option("--json", "print JSON")
    .action(async (number, { all, json }) => {
      if ((number === undefined) === (all === undefined)) {
        throw usage("Cannot remove a privacy rule: name its number, or --all");
      }
      if (all) return await replace(await connect(context), [], json);
      await change(context, json, (rules) => withoutNumber(rules, number!, "privacy rule"));
    });
}

function defineTest(command: Command, context: Context): void {
  command.summary("what would be stored of a window")
    .description("Says what would be stored of a window, and by which rules.")
    .option("--app <name>", "the program")
    .option("--title <text>", "the window's title")
    .option("--url <url>", "the address")
    .option("--json", "print JSON")
    .action(async ({ json, ...subject }) => {
      if (Object.keys(subject).length === 0) {
        throw usage("Cannot test nothing: name at least one of --app, --title, --url");
      }
      const client = await connect(context);
      const verdict = await client.send<WirePrivacyVerdict>("POST", "/privacy/test", subject);
      if (json) return printJson(verdict);
      print(...verdictLines(verdict));
    });
}

function definePreview(command: Command, context: Context): void {
  command.summary("what the rules would change of the past")
    .description(
      "Shows what your rules would change of what was recorded, and with --match and the others, what one rule more would.",
    )
    .addOption(matchOption())
    .addOption(regexOption())
    .addOption(exactOption())
    .addOption(actionOption())
    .option("--json", "print JSON")
    .action(async ({ json, ...options }) => {
      const client = await connect(context);
      const asked = Object.keys(options).length === 0 ? {} : {
        rules: [...await client.get<PrivacyRule[]>("/privacy"), ruleOf(options)],
      };
      const preview = await client.send<WirePrivacyPreview>("POST", "/privacy/preview", asked);
      if (json) return printJson(preview);
      if (preview.events === 0) return note("Nothing of what was recorded would change");
      print(...previewLines(preview, terminal.columns));
    });
  examples(
    command,
    ["rules privacy preview", "what your rules would change"],
    ["rules privacy preview --match title --regex bank --action drop_event", "and one more"],
  );
}

function defineApply(command: Command, context: Context): void {
  command.summary("apply the rules to the past, for good")
    .description(
      "Applies your rules to what was recorded, the copies included. It cannot be undone; without --yes it only says what it would do.",
    )
    .option("--yes", "do it")
    .option("--json", "print JSON")
    .action(async ({ yes, json }) => {
      const client = await connect(context);
      if (yes) return await apply(client, json, context);
      const wish = { privacy: true, dry_run: true };
      const facts = await client.send<WireErasurePreview>("POST", "/erasures", wish);
      if (json) return printJson(facts);
      print(
        `Would change ${count(facts.events, "event")} (${duration(facts.seconds)})` +
          `, ${count(facts.heartbeats, "heartbeat")} of phones` +
          ` and ${facts.copies.length === 1 ? "1 copy" : `${facts.copies.length} copies`}`,
      );
      for (const { path } of facts.not_reached) print(yellow(`Not reached: ${clean(path)}`));
      note("Nothing was changed; --yes does it, and cannot be undone");
    });
}

async function apply(client: Client, json: true | undefined, context: Context): Promise<void> {
  let erasure = await client.send<WireErasure>("POST", "/erasures", { privacy: true });
  {
    using line = new Progress();
    for (;;) {
      const { running, erasures } = await client.get<WireErasures>("/erasures");
      erasure = erasures.find(({ id }) => id === erasure.id) ?? erasure;
      if (running?.id !== erasure.id) break;
      line.update(`Applied to ${count(running.events, "event")}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      context.signal.throwIfAborted();
    }
  }
  if (json) printJson(erasure);
  else print(`Changed ${count(erasure.events, "event")}`);
  if (erasure.pending.length === 0) return;
  context.result.exitCode = EXIT_CODES.failed;
  for (const { place, error } of erasure.pending) {
    note(yellow(`Not yet in ${clean(place)}${error === null ? "" : `: ${clean(error)}`}`));
  }
}

/** Replaces the rules by what `edit` makes of them. */
async function change(
  context: Context,
  json: true | undefined,
  edit: (rules: readonly PrivacyRule[]) => readonly PrivacyRule[],
): Promise<void> {
  const client = await connect(context);
  await replace(client, edit(await client.get<PrivacyRule[]>("/privacy")), json);
}

async function replace(
  client: Client,
  wanted: readonly PrivacyRule[],
  json: true | undefined,
): Promise<void> {
  const rules = await client.send<PrivacyRule[]>("PUT", "/privacy", wanted);
  if (json) printJson(rules);
  else if (rules.length > 0) print(...ruleTable(rules, terminal.columns));
}

function ruleOf(
  { match, regex, exact, action }: Partial<PrivacyRule>,
): PrivacyRule {
  if (match === undefined || action === undefined) {
    throw usage("Cannot use the privacy rule: it needs both --match and --action");
  }
  if ((regex === undefined) === (exact === undefined)) {
    throw usage("Cannot use the privacy rule: it needs either --regex or --exact");
  }
  return { match, regex, exact, action };
}

function ruleTable(rules: readonly PrivacyRule[], width: number): string[] {
  const columns = [
    { title: "#", align: "right" as const },
    { title: "action" },
    { title: "match" },
    { title: "pattern", shrinkTo: 20 },
  ];
  const rows = rules.map((rule, i): Cell[] => [
    { text: String(i + 1), paint: dim },
    { text: WORDS[rule.action].word, paint: WORDS[rule.action].paint },
    rule.match,
    { text: patternOf(rule), paint: plain },
  ]);
  return table(columns, rows, width);
}

function verdictLines({ stored, rules, private_window }: WirePrivacyVerdict): string[] {
  const shown = stored === null ? bold(red("nothing")) : fieldsOf(stored);
  const reasons = rules.map((rule) =>
    `${rule.number}: ${rule.match} ${patternOf(rule)}, ${WORDS[rule.action].word}`
  );
  if (private_window) reasons.unshift("a private window");
  return [
    `Stored: ${shown}`,
    ...reasons.map((reason) => dim(`  ${clean(reason)}`)),
    ...(reasons.length === 0 ? [dim("  no rule matches")] : []),
  ];
}

function fieldsOf({ app, title, url }: NonNullable<WirePrivacyVerdict["stored"]>): string {
  const parts = Object.entries({ app, title, url }).filter(([, value]) => value !== null);
  return parts.map(([name, value]) => `${dim(name)} ${clean(value!)}`).join("  ") || dim("no text");
}

function previewLines(preview: WirePrivacyPreview, width: number): string[] {
  const { events, seconds, subjects, top } = preview;
  const columns = [
    { title: "time", align: "right" as const },
    { title: "app", shrinkTo: 8 },
    { title: "title", shrinkTo: 12 },
    { title: "would be" },
  ];
  const rows = top.map(({ before, after, ...row }): Cell[] => [
    duration(row.seconds),
    before.app ?? "",
    before.title ?? before.url ?? "",
    after === null
      ? { text: "gone", paint: red }
      : { text: after.title ?? "without title", paint: after.title === null ? yellow : green },
  ]);
  const more = subjects > top.length ? [dim(`and ${subjects - top.length} more`)] : [];
  return [
    `${count(events, "event")} (${duration(seconds)}) would change`,
    ...table(columns, rows, width),
    ...more,
  ];
}

function usage(message: string): FatalError {
  return new FatalError(message, EXIT_CODES.wrongUsage);
}
