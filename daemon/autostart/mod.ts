/**
 * Starting with the login, by whatever the system has for it.
 * @module
 */
import { ConflictError, UnsupportedError } from "../core/errors.ts";
import { currentService } from "../os/ownership.ts";
import { prepareDataDir } from "../os/files.ts";
import { Launchd } from "./launchd.ts";
import { logPathIn } from "./log_file.ts";
import type { InstallResult, ServiceManager, ServiceState } from "./manager.ts";
import { type Caller, type ServeOptions, serviceProgram } from "./program.ts";
import { Systemd } from "./systemd.ts";
import { TaskScheduler } from "./task_scheduler.ts";
import { XdgAutostart } from "./xdg_autostart.ts";

export { followDisplay } from "./follow_display.ts";
export type { InstallResult, LogOptions, ServiceManager, ServiceState } from "./manager.ts";

type Env = (name: string) => string | undefined;

export interface ManagerOptions {
  readonly env: Env;
  readonly dataDir: string;
  /** By the desktop itself, though the system may have better. @default what is installed, else the system's way */
  readonly autostart?: boolean;
  readonly os?: typeof Deno.build.os;
}

/**
 * The system's way of starting a program at login.
 * @throws {UnsupportedError} when there is none.
 */
export function serviceManager(options: ManagerOptions): ServiceManager {
  const { env, dataDir, autostart = false, os = Deno.build.os } = options;
  const logPath = logPathIn(dataDir);
  if (autostart && os !== "linux") {
    throw new UnsupportedError("Cannot use --autostart here: it is for desktops of Linux");
  }
  switch (os) {
    case "linux":
      return autostart ? new XdgAutostart(env, logPath) : new Systemd(env);
    case "darwin":
      return new Launchd(env, logPath);
    case "windows":
      return new TaskScheduler(env("USERNAME"), dataDir, logPath);
    default:
      throw new UnsupportedError(`Cannot install a service on ${os}: no way is known`);
  }
}

/** All ways that this system may have been told by, the system's own first. */
function managers({ os = Deno.build.os, ...options }: ManagerOptions): ServiceManager[] {
  const own = serviceManager({ ...options, os });
  return os === "linux" ? [own, serviceManager({ ...options, os, autostart: true })] : [own];
}

/** The way by which the service is installed; the system's own where it is not. */
export async function installedManager(options: ManagerOptions): Promise<ServiceManager> {
  const all = managers(options);
  for (const manager of all) {
    if ((await manager.state()).installed) return manager;
  }
  return all[0];
}

/** What the system knows of the service; never throws. */
export async function serviceState(options: ManagerOptions): Promise<ServiceState> {
  try {
    return await (await installedManager(options)).state();
  } catch (error) {
    return { installed: false, active: false, unsupported: (error as Error).message };
  }
}

/** The text that would be written, and where. */
export function preview(
  options: ManagerOptions,
  caller: Caller,
  serve?: ServeOptions,
): { readonly path: string; readonly text: string } {
  const manager = serviceManager(options);
  return { path: manager.path, text: manager.render(serviceProgram(caller, serve)) };
}

export interface Installed extends InstallResult {
  readonly manager: string;
  readonly caution?: string;
  /** What the service will have in its environment. */
  readonly environment: ReadonlyMap<string, string>;
}

/**
 * Installs the service and starts it; doing so again brings it up to date.
 * @throws {ConflictError} when another daemon has the data directory, or the name is taken.
 */
export async function install(
  options: ManagerOptions,
  caller: Caller,
  serve?: ServeOptions,
): Promise<Installed> {
  const manager = serviceManager(options);
  const program = serviceProgram(caller, serve);
  prepareDataDir(options.dataDir);
  const holder = await currentService(options.dataDir, 2_000);
  if (holder && holder.pid !== (await manager.state()).pid) {
    throw new ConflictError(
      `Cannot start the service: ${holder.service} (process ${holder.pid}) has "${options.dataDir}", ` +
        `at ${holder.url}; end it first (Ctrl-C in its terminal), then install again`,
    );
  }
  await forget(managers(options).filter(({ path }) => path !== manager.path));
  const result = await manager.install(program);
  const environment = await manager.environment();
  return { ...result, manager: manager.name, caution: program.caution, environment };
}

/** Two ways at once would start two daemons, one of which fails. */
async function forget(others: readonly ServiceManager[]): Promise<void> {
  for (const other of others) {
    if ((await other.state()).installed) await other.uninstall();
  }
}

/** Stops the service and takes it away, whichever way it was installed; resolves to what was removed. */
export async function uninstall(options: ManagerOptions): Promise<string[]> {
  const removed: string[] = [];
  for (const manager of managers(options)) removed.push(...await manager.uninstall());
  return removed;
}
