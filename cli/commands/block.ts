/**
 * `block`: makes distracting sites unreachable for a while.
 * @module
 */
import { type Command, InvalidArgumentError } from "@commander-js/extra-typings";
import type { WireBlock, WireBlockStatus } from "../../daemon/api/blocker.ts";
import { findingTable, historyTable, statusLines } from "../block_view.ts";
import { connect, type Context, type Define } from "../context.ts";
import { examples } from "../help.ts";
import { note, print, printJson, terminal } from "../output.ts";
import { separated } from "../separated.ts";
import { dim, green } from "../style.ts";
import { defineAdd, defineList, defineRemove } from "./block_lists.ts";
import { defineSchedule } from "./block_schedule.ts";
import { defineSetup } from "./block_setup.ts";

export const define: Define = (command, context) => {
  defineStatus(command.command("status", { isDefault: true }), context);
  defineOn(command.command("on"), context);
  defineOff(command.command("off"), context);
  defineList(command.command("list"), context);
  defineAdd(command.command("add"), context);
  defineRemove(command.command("remove"), context);
  defineSchedule(command.command("schedule"), context);
  defineHistory(command.command("history"), context);
  defineCheck(command.command("check"), context);
  defineSetup(command.command("setup"), context);
  examples(
    command,
    ["block on", "your sites, or social networks and video, for an hour"],
    ["block on --minutes 25 --list news --reason thesis", "the news for 25 minutes"],
    ["block off", "end it"],
    ["block check", "whether it really holds, in each browser"],
  );
};

function defineStatus(command: Command, context: Context): void {
  command.summary("show what is blocked, and until when").description("Shows what is blocked.")
    .option("--json", "print JSON")
    .action(async ({ json }) => {
      const client = await connect(context);
      show(await client.get<WireBlockStatus>("/blocker/status"), json);
    });
}

function defineOn(command: Command, context: Context): void {
  command.summary("block now").description(
    "Blocks the named sites and lists; with none named your own list, or social networks and video.",
  )
    .option("-m, --minutes <number>", "how long, 1 to 1440 (default: 60)", minutes)
    .option("-d, --domains <names>", "sites, separated by commas", separated)
    .option("-l, --list <names>", "lists, separated by commas; block list shows them", separated)
    .option("--reason <text>", "why, for the history")
    .option("--strict", "cannot be shortened, but by block off --emergency")
    .option("--end-connections", "also end connections that are open")
    .option("--json", "print JSON")
    .action(async ({ json, list, endConnections, minutes, ...wish }) => {
      const client = await connect(context);
      const body = {
        ...wish,
        duration_minutes: minutes,
        lists: list,
        end_connections: endConnections,
      };
      const status = await client.send<WireBlockStatus>("POST", "/blocker/manual_block", body);
      show(status, json);
      if (json) return;
      if (minutes === undefined) note(dim("An hour, as --minutes was not given"));
      note(dim("A page that is open may stay; block check says how each browser does"));
    });
  examples(
    command,
    ["block on --minutes 90 --strict", "no way back for an hour and a half"],
    ["block on --domains reddit.com,news.ycombinator.com", "these two"],
  );
}

function defineOff(command: Command, context: Context): void {
  command.summary("end the block").description("Ends the block.")
    .option("--emergency", "end also a strict one, five minutes from now")
    .option("--json", "print JSON")
    .action(async ({ emergency = false, json }) => {
      const client = await connect(context);
      const off = () =>
        client.send<WireBlockStatus>("POST", "/blocker/manual_unblock", { emergency });
      show(await off(), json);
    });
}

function defineHistory(command: Command, context: Context): void {
  command.summary("show earlier blocks").description("Shows the newest blocks: when, what, why.")
    .option("-n, --limit <number>", "how many", "20")
    .option("--json", "print JSON")
    .action(async ({ limit, json }) => {
      const client = await connect(context);
      const blocks = await client.get<WireBlock[]>("/blocker/history", { limit });
      if (json) return printJson(blocks);
      if (blocks.length === 0) return note("Nothing was blocked yet");
      print(...historyTable(blocks, terminal.columns));
    });
}

function defineCheck(command: Command, context: Context): void {
  command.summary("prove that the block holds")
    .description("Tries each layer and each browser found here; exits with 1 when one leaks.")
    .option("--json", "print JSON")
    .action(async ({ json }) => {
      const client = await connect(context);
      const findings = await client.get<WireFinding[]>("/blocker/check");
      if (json) printJson(findings);
      else print(...findingTable(findings, terminal.columns));
      if (findings.some(({ status }) => status === "not enforced")) context.result.exitCode = 1;
    });
}

/** One line of `GET /blocker/check`. */
export interface WireFinding {
  readonly layer: string;
  readonly status: "enforced" | "not enforced" | "restart needed" | "not there" | "unknown";
  readonly detail: string;
  readonly remedy: string | null;
}

function show(status: WireBlockStatus, json: true | undefined): void {
  if (json) return printJson(status);
  const lines = statusLines(status, Date.now());
  print(...lines.length > 0 ? lines : [green("Nothing is blocked")]);
}

function minutes(text: string): number {
  const value = /^\d{1,4}(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (value >= 1 && value <= 1440) return value;
  throw new InvalidArgumentError("Allowed is 1 to 1440.");
}
