/**
 * A real X session without a screen: Xvfb, the openbox window manager, and the programs a test runs in it.
 * @module
 */
import { waitFor } from "./daemon_process.ts";
import { needs } from "./programs.ts";

/** What a session needs of the system; see `needs`. */
export const X_SESSION_NEEDS = needs("Xvfb", "openbox", "xdotool", "xprop", "xterm", "xmessage");

/** A running session; disposing of it ends every process that it started. */
export interface XSession extends AsyncDisposable {
  /** The value of DISPLAY, ":7". */
  readonly display: string;
  /** Starts a program on this display; it ends with the session. */
  run(program: string, ...args: string[]): Deno.ChildProcess;
  /**
   * Runs `xdotool` to its end and returns what it wrote, trimmed.
   * @throws when it fails.
   */
  xdotool(...args: string[]): Promise<string>;
  /** Runs any program on this display to its end, likewise. */
  output(program: string, ...args: string[]): Promise<string>;
  /** Starts openbox and waits until it manages windows; returns how to kill it (SIGKILL). */
  startWindowManager(): Promise<() => Promise<void>>;
  /** Kills the X server (SIGKILL), as a crash would; its programs end with it. */
  kill(): Promise<void>;
  /** Starts the X server again on the same display, and the window manager if there was one. */
  restart(): Promise<void>;
}

export interface XSessionOptions {
  /** @default true */
  readonly windowManager?: boolean;
  /** More arguments for Xvfb, such as "-auth". */
  readonly serverArgs?: readonly string[];
  /** More environment for the programs, such as XAUTHORITY. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a session on a display that is free. */
export async function startXSession(options: XSessionOptions = {}): Promise<XSession> {
  const home = await Deno.makeTempDir({ prefix: "x_session_" });
  const { windowManager = true, serverArgs = [], env = {} } = options;
  const programs = new Set<Deno.ChildProcess>();
  let server = await startServerAnywhere(serverArgs);
  const { display } = server;

  const command = (program: string, args: readonly string[], stdout: "null" | "piped") =>
    new Deno.Command(program, {
      args: [...args],
      env: {
        PATH: Deno.env.get("PATH") ?? "",
        LANG: "C.UTF-8",
        HOME: home,
        DISPLAY: display,
        ...env,
      },
      clearEnv: true,
      stdin: "null",
      stdout,
      stderr: stdout,
    });
  const run = (program: string, ...args: string[]) => {
    const child = command(program, args, "null").spawn();
    programs.add(child);
    child.status.then(() => programs.delete(child));
    return child;
  };
  const output = async (program: string, ...args: string[]) => {
    const result = await command(program, args, "piped").output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
    if (!result.success) {
      throw new Error(`${program} ${args.join(" ")}: exit ${result.code}: ${text(result.stderr)}`);
    }
    return text(result.stdout);
  };
  const startWindowManager = async () => {
    // Its mark on the root window comes earlier, and windows that open in between it never manages.
    const mark = `${home}/openbox_started`;
    const openbox = run("openbox", "--startup", `touch ${mark}`);
    await waitFor(() => Deno.stat(mark).then(() => true, () => undefined));
    await Deno.remove(mark);
    return () => end(openbox);
  };
  const endAll = async (signal: "SIGKILL" | "SIGTERM") => {
    await end(server.process, signal);
    await Promise.all([...programs].map((program) => end(program)));
  };
  const session: XSession = {
    display,
    run,
    output,
    startWindowManager,
    xdotool: (...args) => repeated(() => output("xdotool", ...args)),
    kill: () => endAll("SIGKILL"),
    async restart() {
      await endAll("SIGTERM");
      server = await startServer(display, serverArgs);
      if (windowManager) await startWindowManager();
    },
    async [Symbol.asyncDispose]() {
      await endAll("SIGTERM");
      await Deno.remove(home, { recursive: true });
    },
  };
  try {
    if (windowManager) await startWindowManager();
    return session;
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
}

/** What `xdotool` looks at may close under its eyes (BadWindow): it then looks again. */
async function repeated(run: () => Promise<string>): Promise<string> {
  for (let attempt = 1;; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt === 5 || !(error as Error).message.includes("BadWindow")) throw error;
    }
  }
}

/**
 * Starts Xvfb on a display drawn by lot, again if it is taken. (Xvfb itself would take the first free one, and
 * so the display of a session whose server was just killed and is to be restarted.)
 */
async function startServerAnywhere(args: readonly string[]): Promise<Server> {
  for (let attempt = 1;; attempt++) {
    try {
      return await startServer(`:${1_000 + Math.floor(Math.random() * 50_000)}`, args);
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

interface Server {
  readonly process: Deno.ChildProcess;
  readonly display: string;
}

/** Starts Xvfb and waits until it takes clients. */
async function startServer(display: string, args: readonly string[]): Promise<Server> {
  const screen = ["-screen", "0", "800x600x24"];
  const process = new Deno.Command("Xvfb", {
    args: [display, "-displayfd", "1", ...screen, "-nolisten", "tcp", "-noreset", ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  // It writes the number of the display, as a line, when it is ready; not to be interrupted in that.
  for (let line = ""; !line.includes("\n");) {
    const { value, done } = await reader.read();
    if (done) {
      throw new Error(`Xvfb ${display} ended at once with code ${(await process.status).code}`);
    }
    line += value;
  }
  await reader.cancel();
  return { process, display };
}

/** Ends a process and waits for it; SIGTERM lets the X server remove its socket and lock. */
async function end(
  process: Deno.ChildProcess,
  signal: "SIGKILL" | "SIGTERM" = "SIGKILL",
): Promise<void> {
  try {
    process.kill(signal);
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof TypeError)) throw error;
  }
  await process.status;
}
