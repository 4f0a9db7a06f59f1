/** Private windows of real browsers: their titles reach nothing, without any rule. */
import assert from "node:assert/strict";
import { type DaemonProcess, startDaemon, waitFor } from "../daemon_process.ts";
import { needs } from "../programs.ts";
import { startXSession, X_SESSION_NEEDS, type XSession } from "../x_session.ts";
import { captureStream, type Traces, traces } from "./canaries.ts";

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

interface Scene {
  readonly desk: XSession;
  readonly all: Traces;
  /** For the browsers' profiles and pages. */
  readonly folder: string;
  /** The address of a page with this title. */
  page(title: string): string;
  /** Waits for a window with this title and gives it the focus. */
  activate(title: string): Promise<void>;
  /** Waits until the daemon tells this of what is in front. */
  told(title: string | null): Promise<void>;
}

async function withScene(work: (scene: Scene) => Promise<void>): Promise<void> {
  await using desk = await startXSession();
  const folder = await Deno.makeTempDir({ prefix: "prodtracker-browsers-" });
  const all = traces();
  const daemon: DaemonProcess = await startDaemon([], { env: { DISPLAY: desk.display } });
  const endStream = await captureStream(daemon, (text) => all.say("stream", text));
  all.folder(daemon.dataDir);
  let pages = 0;
  try {
    await work({
      ...{ desk, all, folder },
      page(title) {
        const path = `${folder}/page${++pages}.html`;
        Deno.writeTextFileSync(path, `<!doctype html><title>${title}</title><p>page</p>`);
        return `file://${path}`;
      },
      async activate(title) {
        await waitFor(async () => {
          const found = await desk.xdotool("search", "--onlyvisible", "--name", title).catch(() =>
            ""
          );
          const [id] = found.split("\n");
          if (id === "") return undefined;
          return await desk.xdotool("windowactivate", "--sync", id).then(
            () => true,
            () => undefined,
          );
        }, 40_000);
      },
      async told(title) {
        await waitFor(async () => {
          const { now } = await daemon.get<{ now: { title: string | null } | null }>("/status");
          return now !== null && now.title === title || undefined;
        });
      },
    });
    await daemon.stop();
    all.say("what it printed", daemon.stderr());
    assert.deepEqual(all.find("quaxsecret"), []);
    // The search finds what there is.
    assert.ok(all.find("quaxordinary").length > 0);
  } finally {
    await daemon.stop();
    await endStream();
    await Deno.remove(folder, { recursive: true });
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
}

const firefox = [X_SESSION_NEEDS, needs("firefox-esr")];
Deno.test({
  name: `a private window of Firefox is known by its app alone${
    firefox.map((need) => need.suffix).join("")
  }`,
  ignore: firefox.some((need) => need.ignore),
  fn: () =>
    withScene(async ({ desk, folder, page, activate, told }) => {
      const profile = ["--no-remote", "--profile", folder];
      // What a first start shows besides would take the focus.
      Deno.writeTextFileSync(`${folder}/user.js`, FIREFOX_SETTINGS);
      const browser = desk.run("firefox-esr", ...profile, page("quaxordinary one"));
      await activate("quaxordinary one");
      await told("quaxordinary one — Mozilla Firefox");
      await desk.xdotool("key", "ctrl+shift+p");
      await activate("Private Browsing");
      await told(null);
      await open(desk, page("quaxsecret page"));
      await activate("quaxsecret page");
      await sleep(1_500);
      await told(null);
      await activate("quaxordinary one");
      await told("quaxordinary one — Mozilla Firefox");
      await activate("quaxsecret page");
      await told(null);
      browser.kill();
      await browser.status;
    }),
});

const chromium = [X_SESSION_NEEDS, needs("chromium")];
const flags = ["--no-sandbox", "--no-first-run", "--disable-gpu", "--password-store=basic"];
Deno.test({
  name: `a private window of Chromium is known by its app alone${
    chromium.map((need) => need.suffix).join("")
  }`,
  ignore: chromium.some((need) => need.ignore),
  fn: () =>
    withScene(async ({ desk, folder, page, activate, told }) => {
      const start = (profile: string, ...args: string[]) =>
        desk.run("chromium", ...flags, `--user-data-dir=${folder}/${profile}`, ...args);
      const browser = start("one", page("quaxordinary one"));
      await activate("quaxordinary one");
      await told("quaxordinary one - Chromium");
      await desk.xdotool("key", "ctrl+shift+n");
      await activate("New Incognito Tab");
      await told(null);
      await open(desk, page("quaxsecret page"));
      await activate("quaxsecret page");
      await sleep(1_500);
      await told(null);
      // While it is open, a window that a program opens may belong to it.
      start("one", "--incognito", page("quaxsecret link"));
      await activate("quaxsecret link");
      await sleep(1_500);
      await told(null);
      await activate("quaxordinary one");
      await told("quaxordinary one - Chromium");
      // One that knows nothing but private windows.
      const other = start("two", "--incognito", page("quaxsecret start"));
      await activate("quaxsecret start");
      await sleep(1_500);
      await told(null);
      for (const process of [browser, other]) {
        process.kill();
        await process.status;
      }
    }),
});

/** Goes to an address in the window in front. */
async function open(desk: XSession, address: string): Promise<void> {
  await desk.xdotool("key", "ctrl+l");
  await desk.xdotool("type", "--delay", "5", address);
  await desk.xdotool("key", "Return");
}

const FIREFOX_SETTINGS = [
  "browser.aboutwelcome.enabled",
  "browser.shell.checkDefaultBrowser",
  "datareporting.policy.dataSubmissionEnabled",
  "termsofuse.bypassNotification",
].map((name, i) => `user_pref("${name}", ${i === 3});`).join("\n");
