/**
 * The first page as a person meets it: the real daemon on a real X server, seen in a real browser.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { loadConfig } from "../../daemon/config/load.ts";
import { type Daemon, openDaemon } from "../../daemon/mod.ts";
import { buildWeb } from "../../tools/build_web.ts";

const PROGRAMS = ["chromium", "Xvfb", "openbox", "xterm"];
const missing = PROGRAMS.filter((name) => pathOf(name) === undefined);
/** In CI a missing program fails the tests instead of skipping them. */
const ignore = missing.length > 0 && Deno.env.get("CI") !== "true";
const needs = missing.length > 0 ? ` (missing: ${missing.join(", ")})` : "";
const WAIT = { timeout: 20_000 };

Deno.test({
  name: `first page shows a new user what will come, then each window live${needs}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await desk.setRules([{ match: "app", exact: "XTerm", class: "signal", category: "terminal" }]);
  const { page, problems, hosts } = await desk.visit();
  await page.getByText("Your day starts here").waitFor(WAIT);
  await page.getByRole("status").getByText("Live", { exact: true }).waitFor(WAIT);

  const title = `Größe <b id="bold">Q4</b> = 3 <script>document.title="run"</script>`;
  await using _terminal = desk.run("xterm", ["-T", title, "-e", "sleep", "60"]);
  const now = page.getByRole("region", { name: "In front now" });
  await now.getByText("XTerm").waitFor(WAIT);
  await now.getByText(title).waitFor(WAIT);
  await now.getByText("Signal").waitFor(WAIT);
  const row = page.getByRole("row").filter({ hasText: title });
  await row.getByText("Signal").waitFor(WAIT);
  // The title is text and nothing else.
  assert.equal(await page.locator("#bold").count(), 0);
  assert.match(await page.title(), /ProdTracker$/);

  const today = page.getByRole("region", { name: /^Today/ });
  await today.getByText("100%").waitFor(WAIT);
  await page.getByRole("button", { name: /signal \d+/ }).waitFor(WAIT);
  assert.deepEqual(problems, []);
  assert.deepEqual([...hosts], [new URL(desk.url).host]);
});

Deno.test({
  name: `first page says that it watches only where windows are recorded${needs}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  const { page, problems } = await desk.visit();
  await page.getByText("is watching which window has the focus").waitFor(WAIT);
  const pause = async (method: "PUT" | "DELETE") => {
    const headers = { "X-Admin-Token": desk.daemon.adminToken, "Content-Type": "application/json" };
    const body = method === "PUT" ? '{"on":true}' : undefined;
    const response = await fetch(`${desk.url}/pause`, { method, headers, body });
    assert.equal(response.status, 200, await response.text());
  };
  await pause("PUT");
  await page.getByText("Ready, but paused").waitFor(WAIT);
  await pause("DELETE");
  await page.getByText("is watching which window has the focus").waitFor(WAIT);

  // A daemon that tracks, on a machine without a desktop.
  const dataDir = await Deno.makeTempDir();
  const port = String(freePort());
  const settings: Record<string, string> = {
    ...{ PRODTRACKER_DATA_DIR: dataDir, PRODTRACKER_PORT: port },
  };
  const env = (name: string) => settings[name];
  const daemon = await openDaemon({
    ...{ config: loadConfig({ env }), service: "serve", track: true, env },
  });
  try {
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.getByText("Ready, but not recording").waitFor(WAIT);
    assert.equal(await page.getByText("is watching which window").count(), 0);
    await page.goto(desk.url);
  } finally {
    await daemon.close();
    await Deno.remove(dataDir, { recursive: true });
  }
  assert.deepEqual(problems, []);
});

Deno.test({
  name: `first page says when the daemon is gone and reads up when it is back${needs}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  const { page } = await desk.visit();
  const status = page.getByRole("status");
  await status.getByText("Live", { exact: true }).waitFor(WAIT);

  await desk.stop();
  await status.getByText("Daemon offline").waitFor(WAIT);
  // Recorded while the page could not hear it.
  await desk.start();
  await using _terminal = desk.run("xterm", ["-T", "missed by the stream", "-e", "sleep", "60"]);
  await status.getByText("Live", { exact: true }).waitFor(WAIT);
  await page.getByRole("row").filter({ hasText: "missed by the stream" }).waitFor(WAIT);
});

Deno.test({
  name: `first page signs in by a one-time link once, and leaves no code behind${needs}`,
  ignore,
}, async () => {
  await using desk = await Desk.open({ PRODTRACKER_REQUIRE_TOKEN: "true" });
  const link = `/#code=${desk.daemon.createLoginCode()}`;
  const first = await desk.visit(link);
  await first.page.getByRole("button", { name: "Sign out" }).waitFor(WAIT);
  await first.page.getByRole("status").getByText("Live", { exact: true }).waitFor(WAIT);
  assert.equal(new URL(first.page.url()).hash, "");
  await first.page.reload();
  await first.page.getByRole("status").getByText("Live", { exact: true }).waitFor(WAIT);

  const second = await desk.visit(link);
  await second.page.getByText("This sign-in link was used already").waitFor(WAIT);
  assert.equal(new URL(second.page.url()).hash, "");
});

Deno.test({
  name: `first page asks for the token, refuses a wrong one, and forgets it on sign-out${needs}`,
  ignore,
}, async () => {
  await using desk = await Desk.open({ PRODTRACKER_REQUIRE_TOKEN: "true" });
  const { page } = await desk.visit();
  await page.getByLabel("Token").fill("wrong");
  await page.keyboard.press("Enter");
  await page.getByText("The daemon does not accept this token.").waitFor(WAIT);
  await page.getByLabel("Token").fill(desk.daemon.adminToken);
  await page.keyboard.press("Enter");
  await page.getByText("Your day starts here").waitFor(WAIT);

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Token").waitFor(WAIT);
  assert.equal(await page.evaluate("localStorage.length"), 0);
});

Deno.test(
  { name: `first page fits a phone and walks its hours by keyboard${needs}`, ignore },
  async () => {
    await using desk = await Desk.open();
    await using _terminal = desk.run("xterm", ["-T", "x".repeat(2_000), "-e", "sleep", "60"]);
    const { page } = await desk.visit("/", { width: 360, height: 740 });
    await page.getByRole("row").filter({ hasText: "xxxx" }).waitFor(WAIT);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);

    await page.getByRole("list").getByRole("button").first().focus();
    await page.keyboard.press("ArrowRight");
    const at =
      "[...document.querySelectorAll('.hours-columns button')].indexOf(document.activeElement)";
    assert.equal(await page.evaluate(at), 1);
    await page.keyboard.press("End");
    assert.ok(await page.evaluate(at) as number >= 22);
  },
);

Deno.test({
  name: `API page lists the daemon's routes without breaking its own policy${needs}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  const { page, problems, hosts } = await desk.visit("/docs");
  const article = page.getByRole("article", { name: "GET /events/recent" });
  await article.getByText(`curl '${desk.url}/events/recent'`).waitFor(WAIT);
  await article.getByText("duration_seconds").waitFor(WAIT);
  assert.deepEqual(problems, []);
  assert.deepEqual([...hosts], [new URL(desk.url).host]);
});

/** A running program, ended with the scope that holds it. */
interface Program extends AsyncDisposable {
  readonly child: Deno.ChildProcess;
}

/** An X server with a window manager, a daemon that watches it, and a browser to look at its page. */
class Desk implements AsyncDisposable {
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

  /** Replaces the user's rules, so that a class does not hang on what the default pack thinks. */
  async setRules(rules: unknown[]): Promise<void> {
    const response = await fetch(`${this.url}/rules`, {
      method: "PUT",
      headers: { "X-Admin-Token": this.daemon.adminToken, "Content-Type": "application/json" },
      body: JSON.stringify(rules),
    });
    assert.equal(response.status, 200, await response.text());
  }

  /** A program on this desk's display. */
  run(name: string, args: string[], stdout: "piped" | "null" = "null"): Program {
    return start(name, args, { DISPLAY: this.#env.DISPLAY, LC_ALL: "C.UTF-8" }, stdout);
  }

  /** A new browser profile on a page of the daemon, and what goes wrong there. */
  async visit(
    path = "/",
    viewport = { width: 1280, height: 800 },
  ): Promise<{ page: Page; problems: string[]; hosts: Set<string> }> {
    assert.ok(this.#browser);
    const context = await this.#browser.newContext({ viewport, locale: "en-GB" });
    const page = await context.newPage();
    const problems: string[] = [];
    const hosts = new Set<string>();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("request", (request) => hosts.add(new URL(request.url()).host));
    await page.goto(this.url + path);
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

function freePort(): number {
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
