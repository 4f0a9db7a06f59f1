/**
 * The service as a unit of systemd's user manager.
 * @module
 */
import { dirname, join } from "node:path";
import { ConflictError, UnsupportedError } from "../core/errors.ts";
import { type Ran, runProgram, startPiped } from "../os/exec.ts";
import { exists, readIfThere, removeIfThere, writePrivateFile } from "../os/files.ts";
import { displayOf, namesToImport } from "./display.ts";
import {
  foreignText,
  type InstallResult,
  isOurText,
  type LogOptions,
  type ServiceManager,
  type ServiceState,
} from "./manager.ts";
import type { ServiceProgram } from "./program.ts";
import { UNIT, unitText } from "./systemd_unit.ts";

type Env = (name: string) => string | undefined;

/** A start may build the program first; a stop may take what the unit allows. */
const JOB_MS = 240_000;

const SHOWN = [
  ...["LoadState", "ActiveState", "UnitFileState", "MainPID", "NRestarts", "Result"],
  ...["ExecMainCode", "ExecMainStatus", "StateChangeTimestamp"],
];

export class Systemd implements ServiceManager {
  readonly name = "systemd";
  readonly path: string;

  /** @throws {UnsupportedError} when the environment has no home. */
  constructor(private readonly env: Env) {
    this.path = join(configHome(env), "systemd", "user", UNIT);
  }

  /** @throws {UnsupportedError} when this login has no manager that could be asked, with its own reason. */
  async assertThere(): Promise<void> {
    const { code, stderr } = await systemctl(["show", "--property=Version"]);
    if (code === 0) return;
    const said = code === 127 ? "systemctl is not there" : firstLine(stderr);
    const remedy = this.env("SUDO_USER")
      ? "call it as yourself, without sudo: the service belongs to a login"
      : isBooted()
      ? "call it from a terminal of the desktop: su, sudo and cron have no login of their own"
      : "this system was not started by systemd (a container, or another init); " +
        "let the desktop start it: service install --autostart";
    throw new UnsupportedError(`Cannot use systemd --user: ${said}; ${remedy}`);
  }

  render(program: ServiceProgram): string {
    return unitText(program);
  }

  async install(program: ServiceProgram): Promise<InstallResult> {
    await this.assertThere();
    const text = this.render(program);
    if (isOurText(this.path) === false) throw new ConflictError(foreignText(this.path));
    const did: string[] = [];
    const changed = readIfThere(this.path) !== text;
    if (changed) {
      Deno.mkdirSync(dirname(this.path), { recursive: true });
      writePrivateFile(this.path, text);
      await must(["daemon-reload"]);
    }
    const names = namesToImport(this.env, await this.environment());
    if (names.length > 0) {
      await must(["import-environment", ...names]);
      did.push(`told systemd of this desktop: ${names.join(", ")}`);
    }
    await must(["enable", UNIT]);
    const { active } = await this.state();
    if (changed || names.length > 0 || !active) {
      await systemctl(["reset-failed", UNIT]);
      await must(["restart", UNIT], JOB_MS);
      did.push(active ? "started it anew" : "started it");
    }
    return { path: this.path, changed, did };
  }

  async uninstall(): Promise<readonly string[]> {
    const isOurs = isOurText(this.path);
    if (isOurs === undefined) return [];
    if (!isOurs) throw new ConflictError(foreignText(this.path));
    await this.assertThere();
    await must(["disable", "--now", UNIT], JOB_MS);
    removeIfThere(this.path);
    await must(["daemon-reload"]);
    // A unit that failed would go on being listed; one that did not is no longer known.
    await systemctl(["reset-failed", UNIT]);
    return [this.path];
  }

  async state(): Promise<ServiceState> {
    const isOurs = isOurText(this.path);
    const base = { manager: this.name, path: this.path, installed: isOurs === true };
    if (isOurs === false) return { ...base, active: false, unsupported: foreignText(this.path) };
    const env = { TZ: "UTC", LC_ALL: "C" };
    const ran = await systemctl(["show", UNIT, `--property=${SHOWN.join(",")}`], { env });
    if (ran.code !== 0) {
      const unsupported = await this.assertThere().then(
        () => firstLine(ran.stderr),
        (e) => e.message,
      );
      return { ...base, active: false, unsupported };
    }
    const known = await this.environment();
    return { ...base, ...readShow(ran.stdout), display: displayOf((name) => known.get(name)) };
  }

  async environment(): Promise<ReadonlyMap<string, string>> {
    const { code, stdout } = await systemctl(["show-environment"]);
    return code === 0 ? readEnvironment(stdout) : new Map();
  }

  logs({ lines, follow, signal }: LogOptions): ReadableStream<Uint8Array> {
    const process = startPiped([
      ...["journalctl", "--quiet", "--no-pager", "--output=short-iso", `--lines=${lines}`] as const,
      // Not `--user`: where the journal is kept in memory, users have none of their own.
      ...[`--user-unit=${UNIT}`, ...(follow ? ["--follow"] : [])],
    ]);
    signal.addEventListener("abort", () => process.kill(), { once: true });
    return process.stdout;
  }
}

/** `~/.config`, as the desktop has it. @throws {UnsupportedError} */
export function configHome(env: Env): string {
  const xdg = env("XDG_CONFIG_HOME");
  if (xdg?.startsWith("/")) return xdg;
  const home = env("HOME");
  if (home) return join(home, ".config");
  throw new UnsupportedError("Cannot find your settings: HOME is not set");
}

/** What `systemctl show` says of the unit. */
export function readShow(text: string): Omit<ServiceState, "installed"> {
  const said = new Map(
    text.split("\n").map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
  const state = said.get("ActiveState") || undefined;
  const pid = Number(said.get("MainPID"));
  const restarts = said.get("NRestarts");
  return {
    enabled: /^enabled/.test(said.get("UnitFileState") ?? ""),
    active: state === "active",
    state,
    sinceMs: readUtc(said.get("StateChangeTimestamp") ?? ""),
    pid: pid > 0 ? pid : undefined,
    restarts: restarts ? Number(restarts) : undefined,
    failure: failureOf(said),
  };
}

/** How it ended, in words; `undefined` when nothing went wrong. */
function failureOf(said: ReadonlyMap<string, string>): string | undefined {
  const status = said.get("ExecMainStatus");
  // 1: it ended by itself; 2 and 3: by a signal (the numbers of `waitid`); 0: it never ran.
  const ended: Readonly<Record<string, string>> = {
    1: `exit code ${status}${status === "2" ? " (wrong usage, or a wrong setting)" : ""}`,
    2: `signal ${status}`,
    3: `signal ${status}`,
  };
  const how = RESULTS[said.get("Result") ?? ""] ?? ended[said.get("ExecMainCode") ?? ""] ??
    "it could not be prepared";
  if (how === "") return undefined;
  // Given up after several starts, the result is still that of the last one.
  const isGivenUp = said.get("ActiveState") === "failed" && Number(said.get("NRestarts")) > 0;
  return isGivenUp ? `${how}, each time it was started; given up` : how;
}

/** Results that say more than how the process ended; in order: "". */
const RESULTS: Readonly<Record<string, string>> = {
  "": "",
  success: "",
  timeout: "it did not start, or end, in time",
  "oom-kill": "the system ran out of memory and killed it",
  "start-limit-hit": "it was started too often in a short time",
};

/** "Thu 2026-11-26 18:15:16 UTC" as ms. */
function readUtc(text: string): number | undefined {
  const match = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/.exec(text);
  return match ? Date.parse(`${match[1]}T${match[2]}Z`) : undefined;
}

/** What `systemctl show-environment` prints; values with odd characters are quoted as `$'…'`. */
export function readEnvironment(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = /^([A-Za-z_]\w*)=(.*)$/.exec(line);
    if (!match) continue;
    const quoted = /^\$'(.*)'$/.exec(match[2]);
    found.set(match[1], quoted ? quoted[1].replaceAll(/\\(['\\$"`])/g, "$1") : match[2]);
  }
  return found;
}

/** Whether the machine was started by systemd, as `sd_booted()` tells it. */
function isBooted(): boolean {
  try {
    return exists("/run/systemd/system");
  } catch {
    return false;
  }
}

async function systemctl(
  args: readonly string[],
  options: Parameters<typeof runProgram>[1] = {},
): Promise<Ran> {
  return await runProgram(["systemctl", "--user", "--no-pager", ...args], options);
}

/** @throws {Error} with systemd's own words when it does not work. */
async function must(args: readonly string[], limitMs?: number): Promise<void> {
  const { code, stderr } = await systemctl(args, { limitMs });
  if (code === 0) return;
  throw new Error(
    `Cannot ${args[0]} by systemctl --user: ${
      firstLine(stderr)
    }; see service status and service logs`,
  );
}

function firstLine(text: string): string {
  const line = text.trim().split("\n").find((line) => line !== "") ?? "";
  return line.replace(/\.$/, "") || "it does not say why";
}
