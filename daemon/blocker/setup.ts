/**
 * Installing the writer so that it runs as root: a copy that belongs to root, and the three places that may
 * start it, each of which names only that copy.
 * @module
 */
import { dirname, join } from "node:path";
import { EXIT_CODES, FatalError, NotPermittedError, UnsupportedError } from "../core/errors.ts";
import { runProgram, startDetached } from "../os/exec.ts";
import { payloadFiles } from "./payload.ts";
import { INSTALLED, OWN_WRITER, setupCommand } from "./ways.ts";
import { polkitText, sudoersText, unitText, wrapperText } from "./setup_texts.ts";
import { writeRequest } from "./request.ts";

/** One thing that setup puts somewhere. */
export interface SetupStep {
  readonly path: string;
  /** What for, in one line. */
  readonly what: string;
  readonly mode: number;
  readonly text?: string;
  /** A file to copy. */
  readonly from?: string;
  /** A link to make. */
  readonly link?: string;
}

export const PAYLOAD = dirname(INSTALLED);
const SUDOERS = "/etc/sudoers.d/prodtracker";
const POLKIT = "/usr/share/polkit-1/actions/org.prodtracker.hosts_apply.policy";
const UNIT = "/etc/systemd/system/prodtracker-lift.service";
const WANTED = "/etc/systemd/system/multi-user.target.wants/prodtracker-lift.service";

/**
 * What setup would do here for `user`, in order.
 * @throws {FatalError} (exit code 2) when the user's name is none; {@linkcode UnsupportedError} on a system
 * without these places.
 */
export function setupPlan(user: string): SetupStep[] {
  if (Deno.build.os !== "linux") {
    throw new UnsupportedError(
      "Cannot install a helper here: on this system, run prodtracker as administrator to block",
    );
  }
  if (Deno.build.standalone) {
    throw new UnsupportedError(
      "Cannot install a helper from this build of the program: run block setup from a checkout",
    );
  }
  if (!/^[a-z_][a-z0-9_.-]{0,31}$/i.test(user)) {
    throw new FatalError(`Cannot use the user ${JSON.stringify(user)}`, EXIT_CODES.wrongUsage);
  }
  const { root, files } = payloadFiles(OWN_WRITER);
  const entry = join(PAYLOAD, "app", OWN_WRITER.slice(root.length));
  const steps: SetupStep[] = [
    { path: join(PAYLOAD, "deno"), what: "the runtime", mode: 0o755, from: Deno.execPath() },
    ...files.map((from) => ({
      path: join(PAYLOAD, "app", from.slice(root.length)),
      what: "the writer",
      mode: 0o644,
      from,
    })),
    {
      path: INSTALLED,
      what: "starts the writer, with nothing of its caller",
      mode: 0o755,
      text: wrapperText(PAYLOAD, entry, WANTED),
    },
  ];
  if (isFolder(dirname(SUDOERS))) {
    const what = `lets ${user} start it without a password`;
    steps.push({ path: SUDOERS, what, mode: 0o440, text: sudoersText(INSTALLED, user) });
  }
  if (isFolder(dirname(POLKIT))) {
    const what = "lets a desktop ask for the password";
    steps.push({ path: POLKIT, what, mode: 0o644, text: polkitText(INSTALLED) });
  }
  if (isFolder(dirname(UNIT))) {
    const what = "unblocks after a restart of the machine";
    steps.push({ path: UNIT, what, mode: 0o644, text: unitText(INSTALLED) });
    steps.push({ path: WANTED, what: "starts it at boot", mode: 0o777, link: UNIT });
  }
  return steps;
}

/** Does what `setupPlan()` says. @throws {NotPermittedError} for anybody but root. */
export async function runSetup(user: string, plan = setupPlan(user)): Promise<void> {
  needRoot(setupCommand());
  if ((await runProgram(["getent", "passwd", user])).code !== 0) {
    throw new FatalError(
      `Cannot set up for "${user}": there is no such user`,
      EXIT_CODES.wrongUsage,
    );
  }
  // Whoever may change a folder above could put something else in its place.
  for (const folder of ["/usr", "/usr/local", dirname(PAYLOAD)]) needRootOnly(folder);
  const fresh = `${PAYLOAD}.new`;
  removeTree(fresh);
  for (const step of plan) {
    if (step.path.startsWith(`${PAYLOAD}/`)) {
      place(step, `${fresh}${step.path.slice(PAYLOAD.length)}`);
    }
  }
  removeTree(PAYLOAD);
  Deno.renameSync(fresh, PAYLOAD);
  // The first run fills its cache, and proves that it runs at all, before anything may start it.
  await tryOut();
  for (const step of plan) {
    if (step.path.startsWith(`${PAYLOAD}/`)) continue;
    if (step.path === SUDOERS) await checkSudoers(step.text!);
    place(step, step.path);
  }
  await reloadUnits();
}

/** Takes everything away again; what is not there is no error. */
export async function runUninstall(): Promise<string[]> {
  needRoot(setupCommand());
  const removed: string[] = [];
  // First the right to start it, then what would be started.
  for (const path of [SUDOERS, POLKIT, WANTED, UNIT, PAYLOAD]) {
    if (removeTree(path)) removed.push(path);
  }
  await reloadUnits();
  return removed;
}

async function tryOut(): Promise<void> {
  const input = writeRequest({ verb: "flush" });
  const child = await startDetached([INSTALLED], input);
  const line = await child.firstLine(30_000);
  if (line === `{"ok":true}`) return await child.release();
  const said = line ?? await child.stderr();
  throw new FatalError(`Cannot run the installed writer: ${said.trim()}`, EXIT_CODES.failed);
}

/** A sudoers file with a mistake in it locks everybody out of sudo. */
async function checkSudoers(text: string): Promise<void> {
  const temp = Deno.makeTempFileSync();
  try {
    Deno.writeTextFileSync(temp, text);
    const { code, stdout, stderr } = await runProgram(["visudo", "-cf", temp]);
    if (code !== 0 && code !== 127) {
      throw new FatalError(`Cannot use the sudoers rule: ${stdout}${stderr}`, EXIT_CODES.failed);
    }
  } finally {
    Deno.removeSync(temp);
  }
}

async function reloadUnits(): Promise<void> {
  if (isFolder("/run/systemd/system")) await runProgram(["systemctl", "daemon-reload"]);
}

/** Puts one thing in its place, by a rename, as root's. */
function place({ mode, text, from, link }: SetupStep, path: string): void {
  makeFolders(dirname(path));
  const temp = join(dirname(path), ".prodtracker_new~");
  removeTree(temp);
  if (link !== undefined) Deno.symlinkSync(link, temp);
  else {
    Deno.writeFileSync(
      temp,
      from === undefined ? new TextEncoder().encode(text) : Deno.readFileSync(from),
      {
        createNew: true,
        mode: 0o600,
      },
    );
    Deno.chownSync(temp, 0, 0);
    Deno.chmodSync(temp, mode);
  }
  Deno.renameSync(temp, path);
}

function makeFolders(path: string): void {
  if (isFolder(path)) return;
  makeFolders(dirname(path));
  Deno.mkdirSync(path);
  Deno.chmodSync(path, 0o755);
}

function needRoot(command: string): void {
  if (Deno.uid() !== 0) {
    throw new NotPermittedError(`Cannot set up the blocker without root's rights; run: ${command}`);
  }
}

function needRootOnly(folder: string): void {
  const { uid, mode } = Deno.statSync(folder);
  if (uid === 0 && ((mode ?? 0) & 0o022) === 0) return;
  throw new NotPermittedError(
    `Cannot install into "${PAYLOAD}": others than root may change "${folder}"; run: sudo chmod go-w ${folder}`,
  );
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

function removeTree(path: string): boolean {
  try {
    Deno.removeSync(path, { recursive: true });
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
