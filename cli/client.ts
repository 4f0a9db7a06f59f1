/**
 * A client of the API: over HTTP to the daemon that runs, else to the same app built in this process on
 * the same data directory.
 * @module
 */
import type { Config } from "../daemon/config/load.ts";
import { ConflictError, EXIT_CODES, FatalError } from "../daemon/core/errors.ts";
import type { Check, CheckOptions, Daemon, DaemonOptions, FoundDaemon } from "../daemon/mod.ts";

/** The daemon answered, and refused. */
export class RefusedError extends FatalError {
  override name = "RefusedError";
  constructor(message: string, exitCode: number, readonly status: number) {
    super(message, exitCode);
  }
}

type Query = Readonly<Record<string, string | number | undefined>>;
type Transport = (path: string, init: RequestInit) => Promise<Response>;

/** How long a daemon's reply may take that is not streamed; in this process whoever asks may end it. */
const REPLY_MS = 60_000;

export class Client {
  constructor(
    /** Where the daemon listens; `undefined`: the app runs in this process. */
    readonly url: string | undefined,
    private readonly transport: Transport,
    private readonly signal: AbortSignal,
    readonly close: () => Promise<void> = () => Promise.resolve(),
  ) {}

  /** The JSON of a GET. */
  get<T>(path: string, query?: Query): Promise<T> {
    return this.#json<T>(path, { method: "GET" }, query);
  }

  /** Sends JSON, gets JSON. */
  send<T>(method: "POST" | "PUT" | "DELETE", path: string, body: unknown = {}): Promise<T> {
    const headers = { "Content-Type": "application/json" };
    return this.#json<T>(path, { method, headers, body: JSON.stringify(body) });
  }

  /** Sends a stream, gets JSON when all of it was taken. */
  async upload<T>(path: string, body: ReadableStream<Uint8Array>, query?: Query): Promise<T> {
    const init: RequestInit = { method: "POST", body, signal: this.signal };
    try {
      return await (await this.#call(path, init, query)).json() as T;
    } catch (error) {
      // It is the file that is wrong, not how the program was called.
      if (!(error instanceof FatalError) || error.exitCode !== EXIT_CODES.wrongUsage) throw error;
      throw new FatalError(error.message, EXIT_CODES.failed, { cause: error });
    }
  }

  /** The body of a GET, as it comes. */
  async download(path: string, query?: Query): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.#call(path, { method: "GET", signal: this.signal }, query);
    return body ?? new Blob().stream();
  }

  async #json<T>(path: string, init: RequestInit, query?: Query): Promise<T> {
    const limit = new AbortController();
    const giveUp = () => limit.abort(new Error("it does not answer"));
    const timer = this.url === undefined ? undefined : setTimeout(giveUp, REPLY_MS);
    try {
      const signal = AbortSignal.any([this.signal, limit.signal]);
      const response = await this.#call(path, { ...init, signal }, query);
      return await response.json() as T;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const message = `Cannot use the reply to ${path}: it is not ProdTracker's`;
      throw new FatalError(message, EXIT_CODES.failed, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  async #call(path: string, init: RequestInit, query: Query = {}): Promise<Response> {
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) asked.set(name, String(value));
    }
    const response = await this.transport(asked.size > 0 ? `${path}?${asked}` : path, init);
    if (response.ok) return response;
    throw await apiError(response, path);
  }
}

export type OpenOptions = Pick<DaemonOptions, "lockWaitMs">;

/**
 * The client for a configuration: the daemon that `API_BASE` names, else the one that runs on the data
 * directory, else the app in this process, for as long as the client is open.
 * @throws {FatalError} when the data directory cannot be used.
 */
export async function openClient(
  config: Config,
  signal: AbortSignal,
  options: OpenOptions = {},
): Promise<Client> {
  if (config.apiBase) {
    const base = config.apiBase.replace(/\/+$/, "");
    const failure = (reason: string) =>
      new FatalError(
        `Cannot reach the daemon at ${base} (API_BASE): ${reason}`,
        EXIT_CODES.daemonUnreachable,
      );
    return httpClient(base, config.adminToken, signal, failure);
  }
  const running = async () => (await findRunning(config, signal))?.client;
  const client = await running();
  if (client) return client;
  const { openDaemon } = await import("../daemon/mod.ts");
  try {
    const daemon = await openDaemon({ ...options, config });
    return clientOf(daemon, signal, () => daemon.close());
  } catch (error) {
    // A service may have started in between.
    const started = error instanceof ConflictError ? await running() : undefined;
    if (started) return started;
    throw error;
  }
}

/** The service that runs on the data directory, and its client; `undefined` when none does. */
export async function findRunning(
  config: Config,
  signal: AbortSignal,
): Promise<{ readonly found: FoundDaemon; readonly client: Client } | undefined> {
  const { findDaemon } = await import("../daemon/mod.ts");
  const found = await findDaemon(config.dataDir);
  if (!found) return undefined;
  const failure = (reason: string) =>
    new FatalError(
      `Cannot reach ${found.service} (process ${found.pid}) at ${found.url}: ${reason}`,
      EXIT_CODES.failed,
    );
  const token = config.adminToken ?? found.adminToken;
  return { found, client: httpClient(found.url, token, signal, failure) };
}

/** The client of a daemon in this process. */
export function clientOf(daemon: Daemon, signal: AbortSignal, close?: () => Promise<void>): Client {
  const transport: Transport = (path, init) => {
    const headers = new Headers(init.headers);
    headers.set("X-Admin-Token", daemon.adminToken);
    headers.set("Host", "127.0.0.1");
    return daemon.fetch(new Request(`http://127.0.0.1${path}`, { ...init, headers }));
  };
  return new Client(daemon.url, transport, signal, close);
}

/** The doctor's checks; they look at this machine, whoever runs. */
export async function* diagnose(config: Config, options?: CheckOptions): AsyncGenerator<Check> {
  const daemon = await import("../daemon/mod.ts");
  yield* daemon.diagnose(config, options);
}

/** Installing the writer of the hosts file. */
export async function blockSetup(): ReturnType<typeof import("../daemon/mod.ts").blockSetup> {
  return await (await import("../daemon/mod.ts")).blockSetup();
}

/** Starting with the login. */
export async function autostart(): ReturnType<typeof import("../daemon/mod.ts").autostart> {
  return await (await import("../daemon/mod.ts")).autostart();
}

/** Shows a file in the program that the desktop has for it. */
export async function showFile(url: string): Promise<void> {
  await (await import("../daemon/mod.ts")).openInBrowser(url);
}

/** Lifts an armed block that is over. */
export async function liftOverdue(
  options: Parameters<typeof import("../daemon/mod.ts").liftOverdue>[0],
): Promise<void> {
  await (await import("../daemon/mod.ts")).liftOverdue(options);
}

function httpClient(
  base: string,
  token: string | undefined,
  signal: AbortSignal,
  failure: (reason: string) => FatalError,
): Client {
  const direct = directClient(new URL(base));
  const transport: Transport = async (path, init) => {
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set("X-Admin-Token", token);
    try {
      // A redirect would carry the token to wherever it leads.
      return await fetch(`${base}${path}`, { ...init, headers, client: direct, redirect: "error" });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw failure(innermost(error));
    }
  };
  return new Client(base, transport, signal, () => {
    direct?.close();
    return Promise.resolve();
  });
}

/**
 * Connects straight to a daemon on this machine: HTTP_PROXY, where it is set, would send the token to
 * the proxy and find no daemon there.
 */
function directClient({ protocol, hostname, port }: URL): Deno.HttpClient | undefined {
  if (protocol !== "http:" || !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname)) return undefined;
  const address = hostname.replace(/^\[|\]$/g, "");
  const proxy = { transport: "tcp", hostname: address, port: Number(port) || 80 } as const;
  return Deno.createHttpClient({ proxy });
}

/** What really went wrong: fetch wraps it in several layers of words. */
function innermost(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause !== undefined) inner = inner.cause;
  const message = inner instanceof Error ? inner.message : String(inner);
  if (/refused|os error (111|61|10061)\b/i.test(message)) return "nothing listens there";
  return message.split(": ").at(-1)!.replace(/ \(os error \d+\)$/, "");
}

/** The API's own words with the exit code that fits the status. */
async function apiError(response: Response, path: string): Promise<RefusedError> {
  const { status } = response;
  let message: string | undefined;
  try {
    message = (await response.json()).error.message;
  } catch { /* something else answers there */ }
  if (typeof message !== "string") {
    message = `Cannot use the reply to ${path}: it has status ${status} and is not ProdTracker's`;
  }
  if (status === 401) {
    message = `Cannot use the daemon: ${message}; set DASHBOARD_ADMIN_TOKEN to its own`;
  }
  return new RefusedError(message, exitCodeOf(status), status);
}

function exitCodeOf(status: number): number {
  if (status === 401 || status === 403) return EXIT_CODES.notPermitted;
  if (status === 400 || status === 422) return EXIT_CODES.wrongUsage;
  if (status === 501) return EXIT_CODES.notSupported;
  return EXIT_CODES.failed;
}
