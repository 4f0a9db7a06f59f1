/**
 * `block list`, `add`, `remove`: what is to be blocked, what never, and lists in files.
 * @module
 */
import { resolve } from "node:path";
import type { Command } from "@commander-js/extra-typings";
import { normaliseDomain } from "../../daemon/core/domains.ts";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import type { Client } from "../client.ts";
import { connect, type Context } from "../context.ts";
import { examples } from "../help.ts";
import { note, print, printJson, terminal } from "../output.ts";
import { dim, yellow } from "../style.ts";
import { table } from "../table.ts";
import { clean } from "../text.ts";

interface WireList {
  readonly name: string;
  readonly kind: "built-in" | "own" | "allowed" | "file";
  readonly count: number;
  readonly path: string | null;
  readonly note: string | null;
}

/** `GET /blocker/domains` */
interface WireDomains {
  readonly blocked: readonly string[];
  readonly allowed: readonly string[];
  readonly lists: readonly WireList[];
}

export function defineList(command: Command, context: Context): void {
  command.summary("show the lists, or the names in one").description("Shows the lists there are.")
    .argument("[name]", "show the names in this list")
    .option("--json", "print JSON")
    .action(async (name, { json }) => {
      const client = await connect(context);
      if (name !== undefined) {
        const list = await client.get<{ domains: string[] }>("/blocker/list", { name });
        if (json) printJson(list);
        else if (list.domains.length === 0) note(`The list ${clean(name)} is empty`);
        else print(...list.domains.map(clean));
        return;
      }
      const domains = await client.get<WireDomains>("/blocker/domains");
      if (json) return printJson(domains);
      print(...listTable(domains.lists));
    });
  examples(command, ["block list own", "your sites"], [
    "block list social",
    "a list of the program",
  ]);
}

export function defineAdd(command: Command, context: Context): void {
  command.summary("add sites, or a list file").description(
    "Adds sites to your list, or to those that are never blocked, or a file in hosts format as a list.",
  )
    .argument("[sites...]", "names or addresses of sites")
    .option("--allow", "never block them, whatever list holds them")
    .option("--file <path>", "a file of names, or in hosts format; read again for each block")
    .option("--name <name>", "what its list is called (default: the file's name)")
    .option("--json", "print JSON")
    .action(async (sites, { allow, file, name, json }) => {
      if ((sites.length === 0) === (file === undefined)) {
        throw usage("Cannot add nothing: name sites, or a list with --file");
      }
      const client = await connect(context);
      const known = await client.get<WireDomains>("/blocker/domains");
      const files = fileLists(known);
      const change = file !== undefined
        ? {
          files: [...files.filter((list) => list.name !== nameOf(file, name)), {
            name: nameOf(file, name),
            path: resolve(file),
          }],
        }
        : allow
        ? { allowed: [...known.allowed, ...sites] }
        : { blocked: [...known.blocked, ...sites] };
      await put(client, change, json);
    });
  examples(
    command,
    ["block add reddit.com 9gag.com", "to your list"],
    ["block add --allow news.ycombinator.com", "never block it"],
    ["block add --file ~/hosts.txt --name ads", "then: block on --list ads"],
  );
}

export function defineRemove(command: Command, context: Context): void {
  command.summary("take sites or a list file away").description(
    "Takes sites off your list, or off those that are never blocked, or a list file.",
  )
    .argument("<names...>", "sites; with --file names of lists")
    .option("--allow", "off those that are never blocked")
    .option("--file", "the list of a file; the file stays")
    .option("--json", "print JSON")
    .action(async (names, { allow, file, json }) => {
      const client = await connect(context);
      const known = await client.get<WireDomains>("/blocker/domains");
      const before = file
        ? fileLists(known).map((list) => list.name)
        : allow
        ? known.allowed
        : known.blocked;
      const gone = new Set(names.map((name) => file ? name : normaliseDomain(name) ?? name));
      const missing = [...gone].filter((name) => !before.includes(name));
      if (missing.length > 0) {
        throw usage(`Cannot remove ${JSON.stringify(missing[0])}: it is not on the list`);
      }
      const left = <T extends string>(all: readonly T[]) => all.filter((name) => !gone.has(name));
      const change = file
        ? { files: fileLists(known).filter(({ name }) => !gone.has(name)) }
        : allow
        ? { allowed: left(known.allowed) }
        : { blocked: left(known.blocked) };
      await put(client, change, json);
    });
}

function fileLists({ lists }: WireDomains): { name: string; path: string }[] {
  return lists.flatMap(({ name, path }) => path === null ? [] : [{ name, path }]);
}

function nameOf(file: string, name: string | undefined): string {
  return name ?? file.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
}

async function put(client: Client, change: unknown, json: true | undefined): Promise<void> {
  const domains = await client.send<WireDomains>("PUT", "/blocker/domains", change);
  if (json) return printJson(domains);
  print(...listTable(domains.lists));
  for (const { name, note: said } of domains.lists) {
    if (said !== null) note(yellow(`${clean(name)}: ${clean(said)}`));
  }
  note(dim("It holds from the next block on"));
}

const KINDS = {
  own: "your sites",
  allowed: "never blocked",
  "built-in": "of the program",
  file: "",
};

function listTable(lists: readonly WireList[]): string[] {
  const columns = [{ title: "list" }, { title: "sites", align: "right" as const }, {
    shrinkTo: 10,
  }];
  return table(
    columns,
    lists.map(({ name, kind, count: sites, path }) => [
      name,
      String(sites),
      { text: path ?? KINDS[kind], paint: dim },
    ]),
    terminal.columns,
  );
}

function usage(message: string): FatalError {
  return new FatalError(message, EXIT_CODES.wrongUsage);
}
