/**
 * With whose rights the hosts file is written: our own, or root's by the copy that `block setup` installed.
 * @module
 */
import { fileURLToPath } from "node:url";
import { ConflictError, NotPermittedError, UnavailableError } from "../core/errors.ts";
import type { BlockActor } from "../core/block.ts";
import { type Detached, startDetached } from "../os/exec.ts";
import { hostsPath } from "./machine.ts";
import { type Reply, type Request, writeRequest } from "./request.ts";

type Command = readonly [string, ...string[]];

/** The installed copy; nobody but root may change it or a folder above it. */
export const INSTALLED = "/usr/local/lib/prodtracker/hosts_apply";

/** The programs that the writer starts, where they are. */
export const WRITER_PROGRAMS = [
  ...["getent", "ss", "restorecon", "resolvectl", "nscd", "pkill", "dscacheutil", "killall"],
  ...["ipconfig", "systemctl"],
];

/** What the writer may do, as flags of `deno run`; where it writes is fixed in its code. */
export const WRITER_FLAGS = [
  ...["--quiet", "--no-prompt", "--no-config", "--no-remote", "--no-npm", "--no-lock"],
  ...["--allow-read", "--allow-write", "--allow-sys=uid"],
  `--allow-run=${WRITER_PROGRAMS.join(",")}`,
];

export const SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

const REPLY_MS = 30_000;

/** Our own copy of the writer: in a checkout its source, in the executable its bundle. */
export const OWN_WRITER = fileURLToPath(
  import.meta.url.endsWith(".ts")
    ? new URL("../../hosts_apply.ts", import.meta.url)
    : new URL("./hosts_apply.js", import.meta.url),
);

/** How setup is called here, word by word. */
export function setupCommand(): string {
  if (Deno.build.os === "windows") return "run prodtracker from a terminal opened as administrator";
  if (!OWN_WRITER.endsWith(".ts")) return "sudo prodtracker block setup";
  const root = OWN_WRITER.slice(0, OWN_WRITER.lastIndexOf("/"));
  return `cd ${root} && sudo ${Deno.execPath()} task prodtracker block setup`;
}

/** Sends `request` by the first way that has the rights; resolves with the process, which may live on. */
export async function send(
  request: Request,
  actor: BlockActor,
): Promise<number> {
  const input = writeRequest(request);
  for (const command of waysFor(actor)) {
    let child: Detached;
    try {
      child = await startDetached(command, input);
    } catch {
      continue; // the program is not there
    }
    const line = await child.firstLine(REPLY_MS);
    if (line !== undefined) {
      await child.release();
      check(JSON.parse(line));
      return child.pid;
    }
    const said = (await child.stderr()).trim();
    if (command[0] !== "sudo" && command[0] !== "pkexec") {
      throw new UnavailableError(`Cannot block: ${said.split("\n").at(-1) || "no answer came"}`);
    }
  }
  throw new NotPermittedError(
    `Cannot write "${hostsPath()}": it takes root's rights, given once by: ${setupCommand()}`,
  );
}

/** The ways that may have the right, best first. */
function waysFor(actor: BlockActor): Command[] {
  const own: Command = [Deno.execPath(), "run", ...WRITER_FLAGS, OWN_WRITER];
  if (isRoot() || mayWrite(hostsPath())) return [own];
  if (!isInstalled()) return [];
  const ways: Command[] = [["sudo", "-n", INSTALLED]];
  // A window that asks for a password is for somebody who sits there and asked for the block.
  if (actor === "user") ways.push(["pkexec", INSTALLED]);
  return ways;
}

/** Whether the installed copy is there and belongs to root alone. */
export function isInstalled(path = INSTALLED): boolean {
  try {
    const { isFile, uid, mode } = Deno.lstatSync(path);
    return isFile && uid === 0 && ((mode ?? 0o777) & 0o022) === 0;
  } catch {
    return false;
  }
}

function isRoot(): boolean {
  return Deno.build.os !== "windows" && Deno.uid() === 0;
}

function mayWrite(path: string): boolean {
  try {
    Deno.openSync(path, { write: true, append: true }).close();
    return true;
  } catch {
    return false;
  }
}

const KINDS: Record<string, new (message: string) => Error> = {
  NotPermittedError,
  ConflictError,
  UnavailableError,
};

function check(reply: Reply): void {
  if ("ok" in reply) return;
  const { kind, message } = reply.error;
  throw new (KINDS[kind] ?? Error)(message);
}
