/**
 * A service that was started before there was a screen, or outlived the one it knew, is started anew when the
 * login's manager knows another: a process's environment cannot be changed from outside.
 * @module
 */
import { runProgram } from "../os/exec.ts";
import { leadsElsewhere } from "./display.ts";
import { readEnvironment } from "./systemd.ts";
import { UNIT } from "./systemd_unit.ts";

export interface FollowOptions {
  readonly env: (name: string) => string | undefined;
  /** Whether the windows are seen; asked each time. */
  readonly seesWindows: () => Promise<boolean>;
  readonly signal: AbortSignal;
  /** Called before it is asked to start anew. */
  readonly onFound: () => void;
  /** @default 5 000 ms, each time half as long again, up to a minute */
  readonly lookMs?: number;
}

const LOOK_MS = 5_000, LONGEST_MS = 60_000;

/** Looks, while no window is seen, for a screen; resolves when it found one, or at the end. */
export async function followDisplay(options: FollowOptions): Promise<void> {
  const { env, seesWindows, signal, onFound, lookMs = LOOK_MS } = options;
  if (Deno.build.os !== "linux") return;
  let waitMs = lookMs;
  while (!signal.aborted) {
    await pause(waitMs, signal);
    if (signal.aborted) return;
    if (await seesWindows()) {
      waitMs = lookMs;
      continue;
    }
    waitMs = Math.min(waitMs * 1.5, LONGEST_MS);
    const { code, stdout } = await systemctl(["show-environment"]);
    if (code !== 0) continue;
    const theirs = readEnvironment(stdout);
    if (!leadsElsewhere((name) => theirs.get(name), env)) continue;
    // Only what systemd itself runs is its to start.
    const main = await systemctl(["show", UNIT, "--property=MainPID", "--value"]);
    if (Number(main.stdout) !== Deno.pid) return;
    onFound();
    await systemctl(["--no-block", "restart", UNIT]);
    return;
  }
}

function systemctl(args: readonly string[]) {
  return runProgram(["systemctl", "--user", ...args]);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
