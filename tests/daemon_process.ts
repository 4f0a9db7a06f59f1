/**
 * The real daemon as a child process, with the product's own permissions.
 * @module
 */
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** A running `prodtracker serve`. */
export interface DaemonProcess {
  readonly url: string;
  readonly pid: number;
  readonly dataDir: string;
  readonly token: string;
  /** Calls the API with the admin token. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The JSON of a GET. */
  get<T>(path: string): Promise<T>;
  /** What it wrote to standard error so far. */
  stderr(): string;
  /** SIGTERM, and waits for its end; returns the exit code. */
  stop(): Promise<number>;
  /** SIGKILL, and waits for its end. */
  kill(): Promise<void>;
}

export interface StartOptions {
  /** @default a new one, which the caller removes */
  readonly dataDir?: string;
  readonly env?: Record<string, string>;
  readonly command?: string;
  /** A bundle's entry, to run it instead of the checkout. */
  readonly entry?: string;
}

/** The arguments with which `deno` runs the program from its sources, or a service from a bundle of it. */
export function productCommand(entry?: string): string[] {
  const flags = ["run", "--quiet", "--no-prompt", "--no-check", "--config", `${ROOT}deno.json`];
  const cache = entry === undefined ? [] : ["--no-code-cache"];
  return [...flags, ...cache, "-P=product", entry ?? `${ROOT}main.ts`];
}

/** Starts `serve` on a free port and waits until it answers. */
export async function startDaemon(
  args: readonly string[] = [],
  {
    dataDir = Deno.makeTempDirSync({ prefix: "prodtracker-" }),
    env = {},
    command = "serve",
    entry,
  }: StartOptions = {},
): Promise<DaemonProcess> {
  const port = command === "serve" && !args.includes("--port") ? ["--port", "0"] : [];
  const child = new Deno.Command(Deno.execPath(), {
    args: [...productCommand(entry), command, ...port, "--data-dir", dataDir, ...args],
    clearEnv: true,
    env: { HOME: dataDir, PATH: Deno.env.get("PATH") ?? "", DENO_DIR: denoDir(), ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let stderr = "";
  const reading = [
    collect(child.stderr, (text) => stderr += text),
    collect(child.stdout, () => {}),
  ];
  let ended = false;
  child.status.then(() => ended = true);
  const note = await waitFor(() => {
    if (ended) throw new Error(`The daemon ended at once:\n${stderr}`);
    try {
      const note: { url: string; pid: number } = JSON.parse(
        Deno.readTextFileSync(`${dataDir}/daemon.json`),
      );
      // A killed one's note stays until the next is there.
      return note.pid === child.pid ? note : undefined;
    } catch {
      return undefined;
    }
  });
  const token = env.DASHBOARD_ADMIN_TOKEN ??
    Deno.readTextFileSync(`${dataDir}/admin_token`).trim();
  const call = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has("x-admin-token")) headers.set("x-admin-token", token);
    return fetch(`${note.url}${path}`, { ...init, headers });
  };
  const end = async (signal: Deno.Signal) => {
    if (!ended) child.kill(signal);
    const { code } = await child.status;
    await Promise.all(reading);
    return code;
  };
  return {
    url: note.url,
    pid: note.pid,
    dataDir,
    token,
    fetch: call,
    async get<T>(path: string) {
      const response = await call(path);
      if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
      return await response.json() as T;
    },
    stderr: () => stderr,
    stop: () => end("SIGTERM"),
    async kill() {
      await end("SIGKILL");
    },
  };
}

/** The first value that `check` gives, asked every 20 ms for `limitMs`. */
export async function waitFor<T>(
  check: () => T | undefined | Promise<T | undefined>,
  limitMs = 20_000,
): Promise<T> {
  const untilMs = performance.now() + limitMs;
  while (true) {
    const value = await check();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > untilMs) throw new Error(`Waited ${limitMs} ms for ${check}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Where Deno keeps its cache: an empty HOME must not make every child fetch it again. */
function denoDir(): string {
  return Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`;
}

async function collect(
  stream: ReadableStream<Uint8Array>,
  add: (text: string) => void,
): Promise<void> {
  for await (const text of stream.pipeThrough(new TextDecoderStream())) add(text);
}
