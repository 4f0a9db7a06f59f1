/**
 * The service as a launch agent of macOS. Written by its manual, not run: no Mac was at hand.
 * @module
 */
import { dirname, join } from "node:path";
import { ConflictError, UnsupportedError } from "../core/errors.ts";
import { type Ran, runProgram } from "../os/exec.ts";
import { readIfThere, removeIfThere, writePrivateFile } from "../os/files.ts";
import { prepareLog, readLog } from "./log_file.ts";
import {
  foreignText,
  type InstallResult,
  isOurText,
  type LogOptions,
  MARK,
  type ServiceManager,
  type ServiceState,
} from "./manager.ts";
import type { ServiceProgram } from "./program.ts";
import { shellScript, xmlText } from "./texts.ts";

export const LABEL = "org.prodtracker.prodtracker";

/** The property list of the agent. */
export function plistText(program: ServiceProgram, logPath: string): string {
  const words = ["/bin/sh", "-c", shellScript(program, logPath)];
  const strings = words.map((word) => `    <string>${xmlText(word)}</string>`).join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- ${MARK}; "prodtracker service uninstall" takes it away. No setting stands here: they are in .env. -->
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${LABEL}</string>
  <key>ProgramArguments</key>
  <array>
${strings}
  </array>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>LimitLoadToSessionType</key>
  <string>Aqua</string>
  <key>ThrottleInterval</key>
  <integer>10</integer>
  <key>ExitTimeOut</key>
  <integer>30</integer>
  <!-- Who lifts a block must outlive the daemon. -->
  <key>AbandonProcessGroup</key>
  <true/>
  <key>Umask</key>
  <integer>63</integer>
  <key>StandardOutPath</key>
  <string>${xmlText(logPath)}</string>
  <key>StandardErrorPath</key>
  <string>${xmlText(logPath)}</string>
</dict>
</plist>
`;
}

export class Launchd implements ServiceManager {
  readonly name = "launchd";
  readonly path: string;
  #domain = `gui/${Deno.uid()}`;
  #target = `${this.#domain}/${LABEL}`;

  /** @throws {UnsupportedError} when the environment has no home. */
  constructor(env: (name: string) => string | undefined, private readonly logPath: string) {
    const home = env("HOME");
    if (!home) throw new UnsupportedError("Cannot find your settings: HOME is not set");
    this.path = join(home, "Library", "LaunchAgents", `${LABEL}.plist`);
  }

  render(program: ServiceProgram): string {
    return plistText(program, this.logPath);
  }

  async install(program: ServiceProgram): Promise<InstallResult> {
    const text = this.render(program);
    if (isOurText(this.path) === false) throw new ConflictError(foreignText(this.path));
    const changed = readIfThere(this.path) !== text;
    if (!changed && (await this.state()).active) return { path: this.path, changed, did: [] };
    prepareLog(this.logPath);
    Deno.mkdirSync(dirname(this.path), { recursive: true });
    writePrivateFile(this.path, text);
    await launchctl(["bootout", this.#target]);
    await must(["enable", this.#target]);
    await must(["bootstrap", this.#domain, this.path]);
    return { path: this.path, changed, did: ["started it"] };
  }

  async uninstall(): Promise<readonly string[]> {
    const isOurs = isOurText(this.path);
    if (isOurs === undefined) return [];
    if (!isOurs) throw new ConflictError(foreignText(this.path));
    await launchctl(["bootout", this.#target]);
    removeIfThere(this.path);
    return [this.path];
  }

  async state(): Promise<ServiceState> {
    const installed = isOurText(this.path) === true;
    const base = { manager: this.name, path: this.path, installed, enabled: installed };
    const { code, stdout } = await launchctl(["print", this.#target]);
    return code === 0 ? { ...base, ...readPrint(stdout) } : { ...base, active: false };
  }

  environment(): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map());
  }

  logs(options: LogOptions): ReadableStream<Uint8Array> {
    return readLog(this.logPath, options);
  }
}

/** What `launchctl print` says of the agent. */
export function readPrint(
  text: string,
): Pick<ServiceState, "active" | "state" | "pid" | "failure"> {
  const value = (name: string) => new RegExp(`^\\s*${name} = (.*)$`, "m").exec(text)?.[1];
  const state = value("state");
  const pid = Number(value("pid"));
  const last = value("last exit code");
  return {
    active: state === "running",
    state,
    pid: pid > 0 ? pid : undefined,
    failure: last && /^[1-9]/.test(last) ? `exit code ${last}` : undefined,
  };
}

async function launchctl(args: readonly string[]): Promise<Ran> {
  return await runProgram(["launchctl", ...args], { limitMs: 60_000 });
}

async function must(args: readonly string[]): Promise<void> {
  const { code, stderr } = await launchctl(args);
  if (code === 0) return;
  throw new Error(`Cannot ${args[0]} by launchctl: ${stderr.trim() || "it does not say why"}`);
}
