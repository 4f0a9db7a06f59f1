/** Windows of real browsers: when the daemon knows enough of them to let them be seen. */
import assert from "node:assert/strict";
import { startDaemon, waitFor } from "../daemon_process.ts";
import { needs } from "../programs.ts";
import { startXSession, X_SESSION_NEEDS } from "../x_session.ts";

const needed = [X_SESSION_NEEDS, needs("chromium")];

Deno.test({
  name: `screenshots: Chromium's windows may be private ones until they have shown a new tab${
    needed.map((need) => need.suffix).join("")
  }`,
  ignore: needed.some((need) => need.ignore),
  async fn() {
    await using desk = await startXSession();
    const folder = await Deno.makeTempDir({ prefix: "prodtracker-browsers-" });
    const daemon = await startDaemon([], { env: { DISPLAY: desk.display } });
    const page = `${folder}/page.html`;
    await Deno.writeTextFile(page, "<!doctype html><title>quax news</title><p>page</p>");
    const activate = (title: string) =>
      waitFor(async () => {
        try {
          const [id] = (await desk.xdotool("search", "--onlyvisible", "--name", title)).split("\n");
          await desk.xdotool("windowactivate", "--sync", id);
          return true;
        } catch {
          return undefined;
        }
      }, 40_000);
    /** Why there is none now, once what changes has settled; "": there is one. */
    const refusal = async () => {
      while (true) {
        const response = await daemon.fetch("/screenshots", { method: "POST" });
        const { error } = await response.json();
        if (!/goes on changing|nobody can tell whose/.test(error?.message ?? "")) {
          return error?.message ?? "";
        }
      }
    };
    try {
      const flags = ["--no-sandbox", "--no-first-run", "--disable-gpu", "--password-store=basic"];
      const browser = desk.run("chromium", ...flags, `--user-data-dir=${folder}`, `file://${page}`);
      await activate("quax news");
      assert.match(await refusal(), /a browser's window may be a private one/);
      await desk.xdotool("key", "ctrl+t");
      await activate("New Tab");
      assert.equal(await refusal(), "");
      await desk.xdotool("key", "ctrl+w");
      await activate("quax news");
      assert.equal(await refusal(), "");
      await desk.xdotool("key", "ctrl+shift+n");
      await activate("New Incognito Tab");
      await activate("quax news");
      assert.match(await refusal(), /a window that must not be in one can be seen/);
      assert.ok(!daemon.stderr().includes("quax"));
      browser.kill();
      await browser.status;
    } finally {
      await daemon.stop();
      await Deno.remove(folder, { recursive: true });
      await Deno.remove(daemon.dataDir, { recursive: true });
    }
  },
});
