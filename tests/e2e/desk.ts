/**
 * What a page is tested on: a real X server, a window manager, a daemon that watches it, and a browser.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { loadConfig } from "../../daemon/config/load.ts";
import { type Daemon, openDaemon } from "../../daemon/mod.ts";
import { buildWeb } from "../../tools/build_web.ts";

const PROGRAMS = ["chromium", "Xvfb", "openbox", "xterm"];
const missing = PROGRAMS.filter((name) => pathOf(name) === undefined);
/** What such a test is marked with: in CI a missing program fails it instead of skipping it. */
export const DESK_NEEDS = {
  ignore: missing.length > 0 && Deno.env.get("CI") !== "true",
  suffix: missing.length > 0 ? ` (missing: ${missing.join(", ")})` : "",
};
/** How long a page may take for anything. */
export const WAIT = { timeout: 20_000 };

/** How a page is looked at. */
export interface VisitOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
  readonly reducedMotion?: "reduce" | "no-preference";
  /** By a one-time link, as `serve --open` does. */
  readonly signedIn?: boolean;
  /** @default "en-GB" */
  readonly locale?: string;
  /** @default the machine's */
  readonly timezoneId?: string;
}

/** A page, and what goes wrong there. */
export interface Visit {
  readonly page: Page;
  /** Errors and warnings of the console, refusals of the content security policy among them. */
  readonly problems: string[];
  /** All that it asked for anything. */
  readonly hosts: Set<string>;
}

/** A running program, ended with the scope that holds it. */
export interface Program extends AsyncDisposable {
  readonly child: Deno.ChildProcess;
}

/** An X server with a window manager, a daemon that watches it, and a browser to look at its page. */
export class Desk implements AsyncDisposable {
  readonly url: string;
  readonly #stack = new AsyncDisposableStack();
  readonly #env: Record<string, string>;
  #daemon: Daemon | undefined;
  #browser: Browser | undefined;

  private constructor(env: Record<string, string>) {
    this.#env = env;
    this.url = `http://127.0.0.1:${env.PRODTRACKER_PORT}`;
  }

  static async open(settings: Record<string, string> = {}): Promise<Desk> {
    assert.deepEqual(missing, [], "programs these tests need");
    await buildWeb("stale");
    await using stack = new AsyncDisposableStack();
    const dataDir = await Deno.makeTempDir();
    stack.defer(() => Deno.remove(dataDir, { recursive: true }));
    const server = stack.use(start("Xvfb", ["-displayfd", "1", "-nolisten", "tcp"], {}, "piped"));
    const display = `:${await firstLine(server.child.stdout)}`;
    const desk = new Desk({
      DISPLAY: display,
      PRODTRACKER_DATA_DIR: dataDir,
      PRODTRACKER_PORT: String(freePort()),
      ...settings,
    });
    // Its start-up command runs when it manages windows: before that, any focus is its own.
    const manager = desk.run("openbox", ["--sm-disable", "--startup", "echo ready"], "piped");
    stack.use(manager);
    await firstLine(manager.child.stdout);
    await desk.start();
    stack.defer(() => desk.stop());
    desk.#browser = await chromium.launch({
      executablePath: pathOf("chromium"),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
    stack.defer(() => desk.#browser?.close());
    desk.#stack.use(stack.move());
    return desk;
  }

  get daemon(): Daemon {
    assert.ok(this.#daemon);
    return this.#daemon;
  }

  /** The database that the daemon writes, to be read beside it. */
  get databasePath(): string {
    return join(this.#env.PRODTRACKER_DATA_DIR, "prodtracker.db");
  }

  async start(): Promise<void> {
    const env = (name: string) => this.#env[name];
    this.#daemon = await openDaemon({
      config: loadConfig({ env }),
      service: "serve",
      track: true,
      env,
    });
  }

  async stop(): Promise<void> {
    await this.#daemon?.close();
    this.#daemon = undefined;
  }

  /** The JSON of a GET with the token. */
  async get<T>(path: string): Promise<T> {
    return await this.#call<T>("GET", path);
  }

  /** Writes with the token, and gives the reply. */
  async send<T>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<T> {
    return await this.#call<T>(method, path, body);
  }

  /** Replaces the user's rules, so that a class does not hang on what the default pack thinks. */
  async setRules(rules: unknown[]): Promise<void> {
    await this.send("PUT", "/rules", rules);
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const isText = typeof body === "string";
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        "X-Admin-Token": this.daemon.adminToken,
        ...(body === undefined || isText ? {} : { "Content-Type": "application/json" }),
      },
      body: body === undefined || isText ? body : JSON.stringify(body),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  /** A program on this desk's display. */
  run(name: string, args: string[], stdout: "piped" | "null" = "null"): Program {
    return start(name, args, { DISPLAY: this.#env.DISPLAY, LC_ALL: "C.UTF-8" }, stdout);
  }

  /** A new browser profile on a page of the daemon. */
  async visit(path = "/", options: VisitOptions = {}): Promise<Visit> {
    assert.ok(this.#browser);
    const { width = 1280, height = 800, signedIn = false, locale = "en-GB", ...rest } = options;
    const given: BrowserContextOptions = { viewport: { width, height }, locale, ...rest };
    const page = await (await this.#browser.newContext(given)).newPage();
    const problems: string[] = [];
    const hosts = new Set<string>();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("request", (request) => {
      // A blob is the page's own.
      if (!request.url().startsWith("blob:")) hosts.add(new URL(request.url()).host);
    });
    const code = signedIn ? `#code=${this.daemon.createLoginCode()}` : "";
    await page.goto(this.url + path + code);
    // Who goes on to another address before that is signed in nowhere.
    if (signedIn) await page.getByRole("button", { name: "Sign out" }).waitFor(WAIT);
    return { page, problems, hosts };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

function start(
  name: string,
  args: string[],
  env: Record<string, string>,
  stdout: "piped" | "null",
): Program {
  const child = new Deno.Command(name, { args, env, stdin: "null", stdout, stderr: "null" })
    .spawn();
  return {
    child,
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGTERM");
      } catch {
        // It has ended by itself.
      }
      await child.status;
    },
  };
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of stream) {
    text += new TextDecoder().decode(chunk);
    if (text.includes("\n")) break;
  }
  return text.trim();
}

export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

function pathOf(program: string): string | undefined {
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  return folders.map((folder) => join(folder, program)).find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}
