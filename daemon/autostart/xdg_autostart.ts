/**
 * The desktop's own autostart, for systems without systemd: it starts the daemon with the session, and that is all.
 * @module
 */
import { dirname, join } from "node:path";
import { ConflictError } from "../core/errors.ts";
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
import { configHome } from "./systemd.ts";
import { shellScript } from "./texts.ts";

/** A word of `Exec=`: quoted as the specification's shell would have it, then as a value of the file. */
export function desktopWord(text: string): string {
  const quoted = `"${text.replaceAll(/["`$\\]/g, "\\$&")}"`;
  return quoted.replaceAll("\\", "\\\\").replaceAll("%", "%%").replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t").replaceAll("\r", "\\r");
}

/** The desktop entry. */
export function entryText(program: ServiceProgram, logPath: string): string {
  const words = ["/bin/sh", "-c", shellScript(program, logPath)].map(desktopWord);
  return `# ${MARK}; "prodtracker service uninstall" takes it away.
[Desktop Entry]
Type=Application
Name=ProdTracker
Comment=Records what has the focus
Exec=${words.join(" ")}
Terminal=false
NoDisplay=true
X-GNOME-Autostart-enabled=true
`;
}

export class XdgAutostart implements ServiceManager {
  readonly name = "the desktop's autostart";
  readonly path: string;

  /** @throws {UnsupportedError} when the environment has no home. */
  constructor(env: (name: string) => string | undefined, private readonly logPath: string) {
    this.path = join(configHome(env), "autostart", "prodtracker.desktop");
  }

  render(program: ServiceProgram): string {
    return entryText(program, this.logPath);
  }

  install(program: ServiceProgram): Promise<InstallResult> {
    const text = this.render(program);
    if (isOurText(this.path) === false) throw new ConflictError(foreignText(this.path));
    const before = readIfThere(this.path);
    prepareLog(this.logPath);
    Deno.mkdirSync(dirname(this.path), { recursive: true });
    writePrivateFile(this.path, text);
    const did = ["it starts with the next session, and is not started again when it fails"];
    return Promise.resolve({ path: this.path, changed: before !== text, did });
  }

  uninstall(): Promise<readonly string[]> {
    const isOurs = isOurText(this.path);
    if (isOurs === undefined) return Promise.resolve([]);
    if (!isOurs) throw new ConflictError(foreignText(this.path));
    removeIfThere(this.path);
    return Promise.resolve([this.path]);
  }

  /** Who runs is known by the data directory alone. */
  state(): Promise<ServiceState> {
    const installed = isOurText(this.path) === true;
    const { name: manager, path } = this;
    return Promise.resolve({ manager, path, installed, enabled: installed, active: false });
  }

  environment(): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map());
  }

  logs(options: LogOptions): ReadableStream<Uint8Array> {
    return readLog(this.logPath, options);
  }
}
