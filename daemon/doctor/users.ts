/**
 * Who else uses this machine, and what they can reach of ours.
 * @module
 */
import type { Config } from "../config/load.ts";
import type { Env } from "../config/paths.ts";
import { runProgram } from "../os/exec.ts";
import type { ServiceNote } from "../os/ownership.ts";
import type { Check } from "./check.ts";

const LIMIT_MS = 2_000;
const MAX_NAMED = 4;
/** Where accounts of people begin and end on Linux. */
const FIRST_PERSON = 1_000, LAST_PERSON = 59_999;

/** Other people here, and whether the dashboard's readings are free to them. */
export async function* checkUsers(
  config: Config,
  env: Env,
  running: ServiceNote | undefined,
): AsyncGenerator<Check> {
  if (Deno.build.os === "windows") {
    const detail = "who else is logged in is not looked at on Windows";
    return yield { name: "other users", status: "off", detail };
  }
  const self = await ownName() ?? env("USER");
  const here = await loggedIn(self);
  const accounts = await otherAccounts();
  yield usersCheck(here, accounts);
  yield accessCheck(config, running, (here?.length ?? 0) > 0);
}

function usersCheck(here: readonly string[] | undefined, accounts: number | undefined): Check {
  const name = "other users";
  const others = accounts === undefined
    ? ""
    : accounts === 0
    ? "; there is no other account"
    : `; other accounts: ${accounts}`;
  if (here === undefined) {
    return {
      name,
      status: "off",
      detail: `who is logged in cannot be told: who does not answer${others}`,
    };
  }
  if (here.length === 0) return { name, status: "ok", detail: `nobody else is logged in${others}` };
  const more = here.length > MAX_NAMED ? ` and ${here.length - MAX_NAMED} more` : "";
  const names = here.slice(0, MAX_NAMED).join(", ") + more;
  return { name, status: "ok", detail: `logged in, too: ${names}${others}` };
}

function accessCheck(
  { host, port, requireToken }: Config,
  running: ServiceNote | undefined,
  isShared: boolean,
): Check {
  const name = "dashboard";
  const where = running ? new URL(running.url).host : port === 0 ? host : `${host}:${port}`;
  if (requireToken) {
    return { name, status: "ok", detail: `${where}: every request needs the token` };
  }
  const detail =
    `${where} can be reached by every user of this machine: what is recorded is read ` +
    "without a token (PRODTRACKER_REQUIRE_TOKEN is not set)";
  if (!isShared) return { name, status: "ok", detail };
  const remedy = "set PRODTRACKER_REQUIRE_TOKEN=true: somebody else is logged in";
  return { name, status: "warn", detail, remedy };
}

/** This user's name by the system; `undefined`: it does not say. */
async function ownName(): Promise<string | undefined> {
  const uid = Deno.uid();
  if (uid === null) return undefined;
  const { code, stdout } = await runProgram(["getent", "passwd", String(uid)], {
    limitMs: LIMIT_MS,
  });
  return code === 0 ? stdout.split(":")[0] : undefined;
}

/** Who is logged in besides `self`; `undefined`: nobody can tell. */
async function loggedIn(self: string | undefined): Promise<string[] | undefined> {
  const { code, stdout } = await runProgram(["who"], { limitMs: LIMIT_MS });
  return code === 0 ? othersIn(stdout, self) : undefined;
}

/** The names that `who` lists, each once, without `self`. */
export function othersIn(who: string, self: string | undefined): string[] {
  const names = who.split("\n").map((line) => line.split(/\s+/)[0]);
  return [...new Set(names)].filter((name) => name !== "" && name !== self);
}

async function otherAccounts(): Promise<number | undefined> {
  const { code, stdout } = await runProgram(["getent", "passwd"], { limitMs: LIMIT_MS });
  return code === 0 ? peopleIn(stdout, Deno.uid()) : undefined;
}

/** How many accounts of people a passwd file has besides the one of `uid`. */
export function peopleIn(passwd: string, uid: number | null): number {
  return passwd.split("\n").filter((line) => {
    const [, , id, , , , shell = ""] = line.split(":");
    const number = Number(id);
    const isPerson = number >= FIRST_PERSON && number <= LAST_PERSON;
    return isPerson && number !== uid && !/\/(nologin|false)$/.test(shell);
  }).length;
}
