/**
 * Nothing private is anywhere: words are shown to a real daemon by a real desktop, a phone and an import, and then
 * searched for in all that it wrote, sent and said.
 */
import assert from "node:assert/strict";
import type { WireErasures } from "../../daemon/api/erasure.ts";
import { type DaemonProcess, startDaemon, waitFor } from "../daemon_process.ts";
import { MAIL_SERVER_NEEDS, type MailServer, startMailServer } from "../mail/mail_server.ts";
import { nowS, Phone } from "../phone/phone.ts";
import { needs } from "../programs.ts";
import { type RedisServer, startRedis } from "../redis_server.ts";
import { startXSession, X_SESSION_NEEDS, type XSession } from "../x_session.ts";
import { captureStream, type Traces, traces } from "./canaries.ts";

const all = [X_SESSION_NEEDS, MAIL_SERVER_NEEDS, needs("redis-server", "redis-cli", "chromium")];
const ignore = all.some((need) => need.ignore);
const suffix = all.map((need) => need.suffix).join("");

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A desktop with a daemon on it that has a phone, a mail account and a Redis, and all that it leaves behind. */
class Scene implements AsyncDisposable {
  readonly traces: Traces = traces();
  #starts = 0;
  daemon!: DaemonProcess;
  #endStream = () => Promise.resolve();

  private constructor(
    readonly desk: XSession,
    readonly mail: MailServer,
    readonly redis: RedisServer,
    /** Where somebody makes copies, and what a browser remembers. */
    readonly folders: { readonly elsewhere: string; readonly profile: string },
    private readonly stack: AsyncDisposableStack,
  ) {}

  static async open(): Promise<Scene> {
    await using stack = new AsyncDisposableStack();
    const profile = await Deno.makeTempDir({ prefix: "prodtracker-profile-" });
    stack.defer(() => Deno.remove(profile, { recursive: true }));
    const desk = stack.use(await startXSession());
    const mail = stack.use(await startMailServer());
    const redis = stack.use(await startRedis());
    const elsewhere = await Deno.makeTempDir({ prefix: "prodtracker-elsewhere-" });
    stack.defer(() => Deno.remove(elsewhere, { recursive: true }));
    const scene = new Scene(desk, mail, redis, { elsewhere, profile }, stack.move());
    await scene.start();
    scene.traces.folder(scene.daemon.dataDir);
    return scene;
  }

  async start(): Promise<void> {
    const { desk, mail, redis, daemon } = this;
    this.daemon = await startDaemon([], {
      dataDir: daemon?.dataDir,
      env: {
        ...mail.env(),
        DISPLAY: desk.display,
        REDIS_URL: redis.url,
        PRODTRACKER_AFK_SECONDS: "3600",
      },
    });
    const name = `stream ${++this.#starts}`;
    this.#endStream = await captureStream(this.daemon, (text) => this.traces.say(name, text));
  }

  async end(how: "stop" | "kill"): Promise<void> {
    await this.daemon[how]();
    await this.#endStream();
    this.traces.say(`what it printed ${this.#starts}`, this.daemon.stderr());
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.daemon.fetch(path, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  /** A window with this title, which has the focus once the daemon has seen something of it. */
  async show(title: string, { program = "XTerm", seen = title as string | null } = {}) {
    const child = this.desk.run("xterm", "-class", program, "-T", title, "-e", "sleep", "600");
    await this.desk.xdotool("search", "--sync", "--name", `^${title}$`, "windowactivate", "--sync");
    await waitFor(async () => {
      const { now } = await this.daemon.get<{ now: { app: string; title: string | null } | null }>(
        "/status",
      );
      if (seen === null) return now === null || now.title === null || undefined;
      return now?.title === seen || undefined;
    });
    return child;
  }

  /** Everything that can be asked, mailed or copied, asked, mailed and copied. */
  async tellEverything(name: string): Promise<void> {
    const paths = [
      "/status",
      "/events/recent?limit=500",
      "/events?limit=500",
      "/activity/top?by=title",
      "/activity/top?by=app",
      "/summary",
      "/summary/page",
      "/metrics",
      "/health",
      "/phone/summary?device_id=pixel&minutes=60",
      "/phone/devices",
      "/focus/sessions",
      "/loop",
      "/notes",
      "/edits",
      "/screenshots",
      "/export",
      "/export?format=csv",
      "/openapi.json",
    ];
    for (const path of paths) {
      const response = await this.daemon.fetch(path);
      this.traces.say(`${path} ${name}`, await response.text());
      // Not everybody has a phone.
      assert.ok(response.ok || path.startsWith("/phone/"), `${path}: ${response.status}`);
    }
    await this.call("POST", "/backup", {});
    await this.call("POST", "/backup", { path: `${this.folders.elsewhere}/${name}.db` });
    await this.call("POST", "/summary/send", { period: "day", email: true, again: true });
    const sent = await waitFor(async () => {
      const mails = await this.mail.mails();
      return mails.length > 0 ? mails : undefined;
    });
    await this.mail.forget();
    for (const mail of sent) {
      this.traces.say(`mail ${name}`, mail.raw + mail.text + mail.html + mail.subject);
    }
    const keys = (await this.redis.ask("KEYS", "*")).split("\n").filter((key) => key !== "");
    for (const key of keys) {
      const kind = (await this.redis.ask("TYPE", key)).trim();
      const ask: Record<string, string[]> = {
        string: ["GET", key],
        hash: ["HGETALL", key],
        list: ["LRANGE", key, "0", "-1"],
        set: ["SMEMBERS", key],
        zset: ["ZRANGE", key, "0", "-1"],
      };
      this.traces.say(`Redis ${name}`, key + await this.redis.ask(...ask[kind] ?? ["DUMP", key]));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.daemon.stop().catch(() => {});
    await this.#endStream();
    await Deno.remove(this.daemon.dataDir, { recursive: true });
    await this.stack.disposeAsync();
  }
}

Deno.test({
  name: `what the privacy rules hide is in nothing that is written, sent or said${suffix}`,
  ignore,
  async fn() {
    await using scene = await Scene.open();
    const { desk } = scene;
    await scene.call("PUT", "/privacy", [
      // Patterns in which the words themselves do not stand: rules are kept.
      { match: "title", regex: "canaryd[a-z]+", action: "drop_title" },
      { match: "title", regex: "canaryh[a-z]+", action: "hash_title" },
      { match: "app", regex: "canary(a|phon)[a-z]", action: "drop_event" },
    ]);
    const words = ["canarydropped", "canaryhashed", "canaryevent", "canaryapp", "canaryphone"];
    await scene.show("plain work");
    await scene.show("my canarydropped title", { seen: null });
    const hashed = desk.run("xterm", "-T", "a canaryhashed title", "-e", "sleep", "600");
    await desk.xdotool("search", "--sync", "--name", "canaryhashed", "windowactivate", "--sync");
    await sleep(500);
    await scene.show("the canaryevent of a program", { program: "Canaryapp", seen: null });
    // A title that runs, as pages do while they load.
    const [id] = (await desk.xdotool("search", "--name", "plain work")).split("\n");
    await desk.xdotool("windowactivate", "--sync", id);
    for (let i = 0; i < 30; i++) {
      await desk.xdotool("set_window", "--name", `canarydropped${i}`, id);
      await desk.xdotool("set_window", "--name", `plain ${i}`, id);
    }
    const phone = await Phone.pair(scene.daemon, "pixel");
    for (const ageS of [60, 30, 0]) {
      const beat = { timestamp: nowS() - ageS, screen_on: true };
      const { status } = await phone.beat({ ...beat, foreground_app: "com.canaryphone.app" });
      assert.equal(status, 200);
    }
    const moment = (ageS: number) => new Date(Date.now() - ageS * 1_000).toISOString();
    const imported = [
      { app: "XTerm", title: "imported canarydropped", url: "https://canarydropped.example/x" },
      { app: "Canaryapp", title: "imported canaryevent" },
    ].map((what, i) =>
      JSON.stringify({ start: moment(900 - i), end: moment(890 - i), source: "window", ...what })
    ).join("\n");
    const reply = await scene.daemon.fetch("/import", { method: "POST", body: imported });
    assert.equal(reply.status, 200, await reply.text());

    // Visible, though it has not the focus: no picture.
    const picture = await scene.daemon.fetch("/screenshots", { method: "POST" });
    assert.equal(picture.status, 409, await picture.clone().text());
    scene.traces.say("the refused screenshot", await picture.text());

    await scene.tellEverything("before");
    await scene.end("kill");
    await scene.start();
    await scene.tellEverything("after a crash");
    hashed.kill();
    await sleep(200);
    await scene.end("stop");
    scene.traces.folder(scene.folders.elsewhere);
    for (const word of words) assert.deepEqual(scene.traces.find(word), [], word);
    // The search does find what was not to be hidden: in the database, copies, the stream; in mails, which name programs.
    const plain = scene.traces.find("plain work");
    for (const where of [/prodtracker\.db$/, /backups\//, /^stream/, /elsewhere-/]) {
      assert.ok(plain.some((place) => where.test(place)), `${where} in ${plain.join(", ")}`);
    }
    assert.ok(scene.traces.find("XTerm").some((place) => place.startsWith("mail")));
  },
});

Deno.test({
  name: `a private window of a browser is known by the browser's name alone${suffix}`,
  ignore,
  async fn() {
    await using scene = await Scene.open();
    const { desk } = scene;
    const page = (title: string) => `data:text/html,<title>${title}</title>`;
    const flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"];
    const more = ["--disable-background-networking", "--disable-component-update"];
    const user = `--user-data-dir=${scene.folders.profile}`;
    const browse = (...args: string[]) => desk.run("chromium", ...flags, ...more, user, ...args);
    const browser = browse(page("openword"));
    await desk.xdotool("search", "--sync", "--name", "openword");
    await waitFor(() => scene.traces.find("openword").length > 0 || undefined);
    // As people do: an empty private window, and then an address.
    browse("--incognito");
    const search = ["search", "--sync", "--name", "Incognito", "windowactivate", "--sync"];
    await desk.xdotool(...search);
    await sleep(1_000);
    await desk.xdotool("key", "ctrl+l");
    await desk.xdotool("type", page("canaryincognito"));
    await desk.xdotool("key", "Return");
    await desk.xdotool("search", "--sync", "--name", "^canaryincognito");
    await sleep(3_000);
    await scene.tellEverything("private");
    await scene.end("stop");
    scene.traces.folder(scene.folders.elsewhere);
    assert.deepEqual(scene.traces.find("canaryincognito"), []);
    assert.ok(scene.traces.find("openword").some((place) => place.endsWith("prodtracker.db")));
    browser.kill();
    await browser.status;
  },
});

Deno.test({
  name: `what is erased is in no file afterwards, and copies elsewhere are named${suffix}`,
  ignore,
  async fn() {
    await using scene = await Scene.open();
    await scene.show("plain work");
    await scene.show("the canarylater title");
    const phone = await Phone.pair(scene.daemon, "pixel");
    for (const ageS of [60, 30, 0]) {
      const beat = { timestamp: nowS() - ageS, screen_on: true };
      await phone.beat({ ...beat, foreground_app: "com.canarylater.game" });
    }
    const from = new Date().toISOString();
    await scene.call("POST", "/notes", { from, text: "a canarynote" });
    await scene.tellEverything("before");
    // A mail that nobody takes waits with its content.
    await scene.mail.behave({ login: "454 4.7.0 Try again later" });
    await scene.call("POST", "/summary/send", { period: "day", email: true, again: true });
    await scene.show("plain afterwards");
    await scene.end("kill");
    const before = scene.traces.find("canarylater");
    assert.ok(before.some((place) => place.includes("/backups/")), before.join());
    await scene.start();

    const { dataDir } = scene.daemon;
    const left = (word: string) =>
      scene.traces.find(word).filter((place) => place.startsWith(dataDir));
    const erase = async (what: Record<string, unknown>) => {
      await scene.call("POST", "/erasures", what);
      await waitFor(async () => {
        const { erasures } = await scene.daemon.get<WireErasures>("/erasures");
        return erasures.every(({ done }) => done !== null) || undefined;
      }, 30_000);
    };
    await erase({ title: "canarylater", regex: true });
    await erase({ app: "canarylater", regex: true });
    assert.deepEqual(left("canarylater"), []);
    assert.ok(left("canarynote").length > 0);
    await erase({ from, to: new Date().toISOString() });
    assert.deepEqual(left("canarynote"), []);
    const { not_reached } = await scene.daemon.get<WireErasures>("/erasures");
    assert.deepEqual(
      not_reached.map(({ path }) => path),
      [`${scene.folders.elsewhere}/before.db`],
    );
    const afterwards = traces();
    for (const path of ["/events?limit=500", "/summary", "/notes", "/export", "/messages"]) {
      afterwards.say(path, await (await scene.daemon.fetch(path)).text());
    }
    assert.deepEqual([...afterwards.find("canarylater"), ...afterwards.find("canarynote")], []);
    const keys = await scene.redis.ask("KEYS", "*");
    assert.doesNotMatch(keys, /pixel/);
    await scene.end("stop");
    for (const word of ["canarylater", "canarynote"]) assert.deepEqual(left(word), []);
    assert.ok(scene.traces.find("plain work").some((place) => place.includes("/backups/")));
  },
});
