/**
 * The first page as a person meets it: the real daemon on a real X server, seen in a real browser.
 * @module
 */
import assert from "node:assert/strict";
import { loadConfig } from "../../daemon/config/load.ts";
import { openDaemon } from "../../daemon/mod.ts";
import { Desk, DESK_NEEDS, freePort, WAIT } from "./desk.ts";

const { ignore, suffix: needs } = DESK_NEEDS;

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

  const figures = page.getByRole("region", { name: "Signal and noise" });
  await figures.getByText("100%").waitFor(WAIT);
  await page.getByText(/^\d\d:00 – \d\d:00: signal \d+/).waitFor(WAIT);
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

    const hours = page.getByRole("slider", { name: /^Hour by hour/ });
    await hours.focus();
    await page.keyboard.press("Home");
    assert.equal(await hours.getAttribute("aria-valuenow"), "1");
    await page.keyboard.press("ArrowRight");
    assert.equal(await hours.getAttribute("aria-valuenow"), "2");
    await page.keyboard.press("End");
    assert.ok(Number(await hours.getAttribute("aria-valuenow")) >= 23);
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
