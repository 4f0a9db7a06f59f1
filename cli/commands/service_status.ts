/**
 * `service status`: whether the service is installed, runs, answers and sees the desktop.
 * @module
 */
import type { Command } from "@commander-js/extra-typings";
import type { Config } from "../../daemon/config/load.ts";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import type { Context } from "../context.ts";
import { examples } from "../help.ts";
import { print, printJson, terminal } from "../output.ts";
import { bold, dim, green, red, yellow } from "../style.ts";
import { clean, wrap } from "../text.ts";
import { clock, dayName, duration } from "../words.ts";
import { managerOptions } from "./service.ts";

type Autostart = Awaited<ReturnType<typeof import("../client.ts").autostart>>;
type State = Awaited<ReturnType<Autostart["serviceState"]>>;
type ManagerOptions = Parameters<Autostart["serviceState"]>[0];

interface Part {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
}

interface Answer {
  readonly status: string;
  readonly version: string;
  readonly parts: readonly Part[];
}

/** All that is found out about the service. */
interface Found {
  readonly state: State;
  /** Who has the data directory, and what it says of itself; `undefined`: it does not answer. */
  readonly daemon?: { readonly pid: number; readonly url: string; readonly answer?: Answer };
}

/** How often it is looked whether a service that was started answers, and for how long. */
const LOOK_MS = 200, ANSWER_MS = 30_000;

export function defineStatus(command: Command, context: Context): void {
  command.summary("whether it runs, answers, and sees the desktop")
    .description(
      "Says whether the service is installed and runs. Exit code 0 when it runs, else 1.",
    )
    .option("--json", "print JSON")
    .action(async ({ json }) => {
      const { config, options } = await managerOptions(context);
      const found = await look(options, config, context.signal);
      if (!found.state.active) context.result.exitCode = EXIT_CODES.failed;
      if (json) return printJson(toJson(found));
      print(...view(found, config.dataDir, Date.now()));
    });
  examples(
    command,
    ["service status", "exit code 1 when it does not run"],
    ["service status --json", "the same for a script"],
  );
}

async function look(options: ManagerOptions, config: Config, signal: AbortSignal): Promise<Found> {
  const { autostart, findRunning } = await import("../client.ts");
  const state = await (await autostart()).serviceState(options);
  const running = await findRunning(config, signal);
  if (!running) return { state };
  const { found: { pid, url, service }, client } = running;
  try {
    // The desktop's autostart does not know what became of what it started.
    const isAutostart = state.installed && state.state === undefined && service === "serve";
    const known = isAutostart && !state.active ? { ...state, active: true, pid } : state;
    const answer = await client.get<Answer>("/health").catch(() => undefined);
    return { state: known, daemon: { pid, url, answer } };
  } finally {
    await client.close();
  }
}

/** Whether the daemon that answers is the service. */
function isOurs({ state, daemon }: Found): boolean {
  return daemon !== undefined && daemon.pid === state.pid;
}

/** Whether it sees windows; `null`: it is not known. */
function seesDisplay(found: Found): boolean | null {
  if (!isOurs(found)) return null;
  const part = found.daemon?.answer?.parts.find(({ name }) => name === "window");
  return part === undefined || part.status === "starting" ? null : part.status === "ok";
}

function toJson(found: Found) {
  const { state, daemon } = found;
  return {
    manager: state.manager ?? null,
    unsupported: state.unsupported ?? null,
    installed: state.installed,
    path: state.path ?? null,
    enabled: state.enabled ?? null,
    active: state.active,
    state: state.state ?? null,
    since: state.sinceMs === undefined ? null : new Date(state.sinceMs).toISOString(),
    pid: state.pid ?? null,
    restarts: state.restarts ?? null,
    failure: state.failure ?? null,
    display: state.display ?? null,
    sees_display: seesDisplay(found),
    url: isOurs(found) ? daemon!.url : null,
    answers: isOurs(found) && daemon!.answer !== undefined,
    health: isOurs(found) ? daemon!.answer ?? null : null,
    other_daemon: daemon && !isOurs(found) ? { pid: daemon.pid, url: daemon.url } : null,
  };
}

function view(found: Found, dataDir: string, nowMs: number): string[] {
  const { state, daemon } = found;
  const lines: [string, string][] = [["service", headline(state, nowMs)]];
  if (state.unsupported) lines.push(["", clean(state.unsupported)]);
  if (state.installed) {
    lines.push(["login", state.enabled ? "starts with it" : yellow("does not start with it")]);
    lines.push(["text", clean(state.path ?? "")]);
  }
  if (state.failure) lines.push(["failed", red(clean(state.failure))]);
  if (state.restarts) lines.push(["restarts", `${state.restarts} by the system itself`]);
  if (state.active && isOurs(found)) lines.push(...answers(found));
  else if (state.active) {
    const wrong = `it does not have ${
      clean(dataDir)
    }: is PRODTRACKER_DATA_DIR set in this shell only?`;
    lines.push(["answers", yellow(wrong)]);
  }
  if (daemon && !isOurs(found)) {
    lines.push([
      "besides",
      `process ${daemon.pid} has the data directory, at ${clean(daemon.url)}`,
    ]);
  }
  if (!state.installed && !state.unsupported) {
    lines.push(["", dim("prodtracker service install starts it, now and with each login")]);
  } else if (!state.active && state.installed) {
    const why = state.failure ? "why: prodtracker service logs; " : "";
    lines.push(["", dim(`${why}prodtracker service install starts it again`)]);
  }
  return lines.flatMap(rows);
}

const NAME_WIDTH = 9;

function rows([name, text]: readonly [name: string, text: string]): string[] {
  const [first, ...rest] = wrap(text, terminal.columns - NAME_WIDTH - 1);
  const indent = " ".repeat(NAME_WIDTH + 1);
  return [`${bold(name.padEnd(NAME_WIDTH))} ${first}`, ...rest.map((line) => indent + line)];
}

function headline(
  { installed, active, state, sinceMs, pid, manager }: State,
  nowMs: number,
): string {
  const by = manager ? dim(` (${manager})`) : "";
  if (!installed) return `not installed${by}`;
  const since = sinceMs === undefined ? "" : ` since ${moment(sinceMs, nowMs)}`;
  if (active) return `${green("running")}${since}${pid ? `, process ${pid}` : ""}${by}`;
  const word = state === "activating" ? "starting" : state === "failed" ? "failed" : "not running";
  return `${state === "activating" ? yellow(word) : red(word)}${since}${by}`;
}

function moment(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  const day = dayName(at) === dayName(new Date(nowMs)) ? "" : `${dayName(at)}, `;
  return `${day}${clock(at)} (${duration((nowMs - atMs) / 1000)})`;
}

function answers(found: Found): [string, string][] {
  const { url, answer } = found.daemon!;
  if (!answer) return [["answers", red(`no: nothing comes from ${clean(url)}`)]];
  const bad = answer.parts.filter(({ status }) => status === "degraded");
  const lines: [string, string][] = [[
    "answers",
    `${clean(url)}, version ${clean(answer.version)}` +
    (bad.length === 0
      ? ", all well"
      : yellow(`, degraded: ${bad.map(({ name }) => name).join(", ")}`)),
  ]];
  const sees = seesDisplay(found);
  if (sees) lines.push(["display", clean(found.state.display ?? "seen")]);
  else if (sees === false) lines.push(["display", yellow(clean(blindness(found)))]);
  return lines;
}

/** Why no window is seen, and what helps. */
function blindness({ state, daemon }: Found): string {
  const part = daemon?.answer?.parts.find(({ name }) => name === "window");
  // Only systemd says what it would start the service with.
  if (state.display !== null) return `not seen: ${part?.detail}`;
  return "none: nothing told systemd of your desktop. It is looked for again every minute; at once by " +
    "prodtracker service install in a terminal of the desktop. For good, have the desktop's start run: " +
    "systemctl --user import-environment DISPLAY XAUTHORITY";
}

/**
 * Waits until a service that was started answers.
 * @throws {FatalError} when it ends instead, with its reason.
 */
export async function waitUntilItAnswers(
  options: ManagerOptions,
  config: Config,
  signal: AbortSignal,
): Promise<void> {
  const untilMs = performance.now() + ANSWER_MS;
  while (true) {
    signal.throwIfAborted();
    const found = await look(options, config, signal);
    if (isOurs(found) && found.daemon?.answer) {
      for (const line of view(found, config.dataDir, Date.now()).slice(0, 1)) print(line);
      print(...answers(found).flatMap(rows));
      return;
    }
    const { state, failure } = found.state;
    if (failure !== undefined && state !== "active") {
      throw new FatalError(
        `Cannot start the service: ${failure}; what it said: prodtracker service logs`,
        EXIT_CODES.failed,
      );
    }
    if (performance.now() > untilMs) {
      throw new FatalError(
        `Cannot reach the service: it is ${
          state ?? "started"
        }, and does not have "${config.dataDir}" ` +
          "after 30 s; see service status and service logs",
        EXIT_CODES.failed,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
