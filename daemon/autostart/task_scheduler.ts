/**
 * The service as a task of Windows' Task Scheduler. Written by its manual, not run: no Windows was at hand.
 * @module
 */
import { join } from "node:path";
import { UnsupportedError } from "../core/errors.ts";
import { type Ran, runProgram } from "../os/exec.ts";
import { removeIfThere } from "../os/files.ts";
import { prepareLog, readLog } from "./log_file.ts";
import {
  foreignText,
  type InstallResult,
  type LogOptions,
  MARK,
  type ServiceManager,
  type ServiceState,
} from "./manager.ts";
import type { CommandLine, ServiceProgram } from "./program.ts";
import { xmlText } from "./texts.ts";

export const TASK = "ProdTracker";

/** A word of a Windows command line, as the C runtime reads it back. */
export function windowsWord(text: string): string {
  if (/^[\w@+=:,./\\-]+$/.test(text)) return text;
  return `"${text.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1")}"`;
}

/**
 * What the task starts: cmd sends the output to the log, and conhost keeps its window away.
 * @throws {UnsupportedError} for a path that cmd would not take as it is.
 */
function taskArguments({ command, prepare, env }: ServiceProgram, logPath: string): string {
  const line = (words: CommandLine) => words.map(windowsWord).join(" ");
  const all = [...command, ...prepare ?? [], logPath];
  const odd = all.find((word) => /["%\r\n]/.test(word));
  if (odd !== undefined) {
    throw new UnsupportedError(
      `Cannot make a task of "${odd}": cmd.exe expands "%" and ends words at quotes; ` +
        "move it to a folder without them",
    );
  }
  const log = `>> ${windowsWord(logPath)} 2>&1`;
  const steps = [
    ...Object.entries(env).map(([name, value]) => `set "${name}=${value}"`),
    ...(prepare ? [`${line(prepare)} ${log}`] : []),
    `${line(command)} ${log}`,
  ];
  return `--headless cmd.exe /d /s /c "${steps.join(" && ")}"`;
}

/** The task. `user` is "DOMAIN\name", as `whoami` gives it; "name" does as well. */
export function taskText(program: ServiceProgram, logPath: string, user: string): string {
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.3" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${xmlText(`${MARK}; "prodtracker service uninstall" takes it away`)}</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Enabled>true</Enabled>
      <UserId>${xmlText(user)}</UserId>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${xmlText(user)}</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <Enabled>true</Enabled>
    <Hidden>true</Hidden>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>7</Priority>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>5</Count>
    </RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>conhost.exe</Command>
      <Arguments>${xmlText(taskArguments(program, logPath))}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
}

export class TaskScheduler implements ServiceManager {
  readonly name = "Task Scheduler";
  readonly path = `\\${TASK}`;

  constructor(
    private readonly user: string | undefined,
    private readonly dataDir: string,
    private readonly logPath: string,
  ) {}

  /** @throws {UnsupportedError} when it is not known for whom. */
  render(program: ServiceProgram): string {
    if (!this.user) throw new UnsupportedError("Cannot tell who you are: USERNAME is not set");
    return taskText(program, this.logPath, this.user);
  }

  async install(program: ServiceProgram): Promise<InstallResult> {
    const text = this.render(program);
    const before = await query();
    if (before !== undefined && !isOurs(before)) throw new Error(foreignText(this.path));
    prepareLog(this.logPath);
    const file = join(this.dataDir, "service_task.xml");
    try {
      Deno.writeFileSync(file, utf16(text), { mode: 0o600 });
      await must(["/Create", "/TN", TASK, "/XML", file, "/F"]);
    } finally {
      removeIfThere(file);
    }
    await schtasks(["/End", "/TN", TASK]);
    await must(["/Run", "/TN", TASK]);
    return { path: this.path, changed: true, did: ["started it"] };
  }

  async uninstall(): Promise<readonly string[]> {
    const before = await query();
    if (before === undefined) return [];
    if (!isOurs(before)) throw new Error(foreignText(this.path));
    await schtasks(["/End", "/TN", TASK]);
    await must(["/Delete", "/TN", TASK, "/F"]);
    return [this.path];
  }

  async state(): Promise<ServiceState> {
    const base = { manager: this.name, path: this.path };
    const xml = await query();
    if (xml === undefined) return { ...base, installed: false, active: false };
    const { stdout } = await schtasks(["/Query", "/TN", TASK, "/FO", "CSV", "/NH"]);
    return { ...base, installed: true, ...readQuery(stdout) };
  }

  environment(): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map());
  }

  logs(options: LogOptions): ReadableStream<Uint8Array> {
    return readLog(this.logPath, options);
  }
}

/** What `schtasks /Query /FO CSV /NH` says; its words are in the system's language, "Running" where that is English. */
export function readQuery(text: string): Pick<ServiceState, "active" | "state" | "enabled"> {
  const state = /,"([^"]*)"\s*$/m.exec(text)?.[1];
  return { active: state === "Running", state, enabled: state !== "Disabled" };
}

function isOurs(xml: string): boolean {
  return xml.includes(xmlText(MARK)) || xml.includes(MARK);
}

/** With a byte order mark, as schtasks wants it. */
function utf16(text: string): Uint8Array {
  const units = new Uint16Array(text.length + 1);
  units[0] = 0xfeff;
  for (let i = 0; i < text.length; i++) units[i + 1] = text.charCodeAt(i);
  return new Uint8Array(units.buffer);
}

async function query(): Promise<string | undefined> {
  const { code, stdout } = await schtasks(["/Query", "/TN", TASK, "/XML"]);
  return code === 0 ? stdout : undefined;
}

async function schtasks(args: readonly string[]): Promise<Ran> {
  return await runProgram(["schtasks.exe", ...args], { limitMs: 60_000 });
}

async function must(args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await schtasks(args);
  if (code === 0) return;
  throw new Error(
    `Cannot make the task: ${(stderr || stdout).trim() || "schtasks does not say why"}`,
  );
}
