/**
 * A real PulseAudio without any hardware: an output that nobody hears and a microphone of silence.
 * @module
 */
import { waitFor } from "../daemon_process.ts";
import { needs } from "../programs.ts";

/** What a session needs of the system; see `needs`. */
export const SOUND_NEEDS = needs("pulseaudio", "pactl", "parec", "pacat");

/** A running server; disposing of it ends every process that it started. */
export interface SoundSession extends AsyncDisposable {
  /** What a program needs to reach it: XDG_RUNTIME_DIR. */
  readonly env: Readonly<Record<"XDG_RUNTIME_DIR", string>>;
  /** Lets a program called `app` record from a source, "mic" or "out.monitor"; returns how to end it. */
  record(source: string, app: string, stream?: string): Promise<() => Promise<void>>;
  /** Lets a program called `app` play noise, with more options for `pacat`; returns how to end it. */
  play(app: string, ...options: string[]): Promise<() => Promise<void>>;
  /** Runs `pactl` to its end. @throws when it fails. */
  pactl(...args: string[]): Promise<string>;
  /** Ends the server. */
  kill(): Promise<void>;
  /** Starts it again. */
  start(): Promise<void>;
}

/** Starts a server in a directory of its own. */
export async function startSoundSession(): Promise<SoundSession> {
  const dir = await Deno.makeTempDir({ prefix: "sound_" });
  const programs = new Set<Deno.ChildProcess>();
  const command = (program: string, args: readonly string[]) =>
    new Deno.Command(program, {
      args: [...args],
      clearEnv: true,
      env: { PATH: Deno.env.get("PATH") ?? "", LANG: "C.UTF-8", HOME: dir, XDG_RUNTIME_DIR: dir },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    });
  const start = (program: string, ...args: string[]) => {
    const child = command(program, args).spawn();
    programs.add(child);
    return child;
  };
  const end = async (child: Deno.ChildProcess) => {
    if (!programs.delete(child)) return;
    try {
      child.kill("SIGKILL");
    } catch { /* it has ended */ }
    await child.status;
  };
  const output = async (...args: string[]) => {
    const child = new Deno.Command("pactl", { args, env: { XDG_RUNTIME_DIR: dir, LC_ALL: "C" } });
    const { success, stdout } = await child.output();
    return success ? new TextDecoder().decode(stdout) : undefined;
  };
  let server: Deno.ChildProcess | undefined;
  const startServer = async () => {
    server = start(
      "pulseaudio",
      ...["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"],
      ...["-L", "module-native-protocol-unix", "-L", "module-null-sink sink_name=out"],
      ...["-L", "module-null-source source_name=mic"],
    );
    await waitFor(async () => (await output("list", "short", "sources"))?.includes("mic"));
  };
  const session: SoundSession = {
    env: { XDG_RUNTIME_DIR: dir },
    async record(source, app, stream = app) {
      const name = `--client-name=${app}`;
      const child = start("parec", `--device=${source}`, name, `--stream-name=${stream}`);
      await waitFor(async () =>
        (await output("list", "source-outputs"))?.includes(`application.name = "${app}"`)
      );
      return () => end(child);
    },
    async play(app, ...options) {
      const name = `--client-name=${app}`;
      const child = start("pacat", "--playback", "--device=out", name, ...options, "/dev/urandom");
      await waitFor(async () =>
        (await output("list", "sink-inputs"))?.includes(`application.name = "${app}"`)
      );
      return () => end(child);
    },
    async pactl(...args) {
      const said = await output(...args);
      if (said === undefined) throw new Error(`pactl ${args.join(" ")} failed`);
      return said;
    },
    kill: async () => {
      if (server) await end(server);
    },
    start: startServer,
    async [Symbol.asyncDispose]() {
      await Promise.all([...programs].map(end));
      await Deno.remove(dir, { recursive: true });
    },
  };
  try {
    await startServer();
    return session;
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
}
