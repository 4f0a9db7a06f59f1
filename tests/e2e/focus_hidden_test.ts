/**
 * A tab that is really hidden: a headed Chromium on an X server, driven from outside. (Playwright would keep every
 * page visible.)
 * @module
 */
import assert from "node:assert/strict";
import { waitFor } from "../daemon_process.ts";
import { needs } from "../programs.ts";
import { startXSession } from "../x_session.ts";
import { cameraFlags, CHROMIUM_FLAGS, LOOKING, makeCameraFilm, Stage } from "./focus_stage.ts";

const { ignore, suffix } = needs("chromium", "ffmpeg", "Xvfb", "openbox");

/** How many pictures at least are looked at in how long. */
const PICTURES = 40, SECONDS = 10;

/** Counts the pictures that the worker says it has looked at. */
const COUNT_PICTURES = `
  globalThis.pictures = 0;
  globalThis.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", ({ data }) => {
        if (data.kind === "seen") globalThis.pictures = data.pictures;
      });
    }
  };`;

Deno.test({
  name: `a hidden tab is watched on: ${PICTURES} pictures and more in ${SECONDS} s${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({});
    await using desk = await startXSession();
    const film = await makeCameraFilm(`${stage.dir}/camera.mjpeg`, [LOOKING(30)]);
    const profile = `${stage.dir}/profile`;
    desk.run(
      "chromium",
      ...CHROMIUM_FLAGS,
      ...cameraFlags(film),
      `--user-data-dir=${profile}`,
      "--remote-debugging-port=0",
      "about:blank",
    );
    const port = await waitFor(() => portIn(`${profile}/DevToolsActivePort`), 60_000);
    const devTools = `http://127.0.0.1:${port}`;
    using tab = await Tab.open(devTools);
    await tab.send("Page.enable");
    await tab.send("Page.addScriptToEvaluateOnNewDocument", { source: COUNT_PICTURES });
    await tab.send("Page.navigate", { url: `${stage.url}/focus` });
    await tab.until(
      `[...document.querySelectorAll("button")].some((b) => b.textContent === "Start")`,
    );
    await tab.evaluate(`document.querySelector(".start form").requestSubmit()`);
    await tab.until(`document.querySelector(".state-word")?.textContent.trim() === "Focused"`);
    assert.equal(await tab.evaluate("document.visibilityState"), "visible");

    await openTab(devTools);
    await tab.until(`document.visibilityState === "hidden"`);
    assert.equal(await tab.evaluate("document.visibilityState"), "hidden");
    const before = await tab.evaluate<number>("pictures");
    const [{ total_seconds: recorded }] = await stage.sessions();
    await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000));
    const seen = await tab.evaluate<number>("pictures") - before;
    assert.equal(await tab.evaluate("document.visibilityState"), "hidden");
    assert.ok(seen >= PICTURES, `${seen} pictures in ${SECONDS} s`);
    // And what was seen comes to the daemon.
    await waitFor(async () =>
      (await stage.sessions())[0].total_seconds > recorded + 5 || undefined
    );
    assert.match(await tab.evaluate<string>("document.title"), /^● Focused/);
  },
});

function portIn(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path).split("\n")[0] || undefined;
  } catch {
    return undefined;
  }
}

async function openTab(devTools: string): Promise<void> {
  const response = await fetch(`${devTools}/json/new?about:blank`, { method: "PUT" });
  assert.equal(response.status, 200, await response.text());
}

/** A tab, by the protocol of Chromium's developer tools. */
class Tab implements Disposable {
  #id = 0;
  readonly #waiting = new Map<number, (reply: Reply) => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.onmessage = ({ data }) => {
      const reply: Reply = JSON.parse(data);
      if (reply.id !== undefined) this.#waiting.get(reply.id)?.(reply);
    };
  }

  /** The first tab of the browser. */
  static async open(devTools: string): Promise<Tab> {
    const target = await waitFor(async () => {
      const targets: Target[] = await (await fetch(`${devTools}/json`)).json();
      return targets.find(({ type }) => type === "page");
    });
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    return new Tab(socket);
  }

  /** @throws {Error} with the browser's words */
  async send(method: string, params: Record<string, unknown> = {}): Promise<Reply["result"]> {
    const id = ++this.#id;
    const reply = await new Promise<Reply>((resolve) => {
      this.#waiting.set(id, resolve);
      this.socket.send(JSON.stringify({ id, method, params }));
    });
    if (reply.error) throw new Error(`${method}: ${reply.error.message}`);
    return reply.result;
  }

  /** What an expression is in the page, as if within a click. */
  async evaluate<T>(expression: string): Promise<T> {
    const options = { returnByValue: true, awaitPromise: true, userGesture: true };
    const result = await this.send("Runtime.evaluate", { expression, ...options });
    if (result?.exceptionDetails) throw new Error(`${expression}: ${result.exceptionDetails.text}`);
    return result?.result?.value as T;
  }

  async until(expression: string): Promise<void> {
    await waitFor(async () => await this.evaluate<boolean>(expression) || undefined, 60_000);
  }

  [Symbol.dispose](): void {
    this.socket.close();
  }
}

interface Target {
  readonly type: string;
  readonly webSocketDebuggerUrl: string;
}

interface Reply {
  readonly id?: number;
  readonly error?: { readonly message: string };
  readonly result?: {
    readonly result?: { readonly value?: unknown };
    readonly exceptionDetails?: { readonly text: string };
  };
}
