/**
 * What holds for every page of the dashboard: it opens by its address, fits, is accessible, keeps to its own origin,
 * shows others' texts as texts, and comes back after the connection was away.
 * @module
 */
import assert from "node:assert/strict";
import { type View, VIEWS } from "../../daemon/core/views.ts";
import { VIEW_WORDS } from "../../web/words.ts";
import { assertAccessible } from "./axe.ts";
import { Desk, DESK_NEEDS, type Visit, WAIT } from "./desk.ts";
import { settled } from "./settled.ts";

const { ignore, suffix } = DESK_NEEDS;
const ALL = Object.keys(VIEWS) as View[];
/** Parts of a view that have an address of their own. */
const SECTIONS = ["health", "nudges", "messages", "privacy", "screenshots", "retention", "data"];
const ADDRESSES: readonly string[] = [
  ...Object.values(VIEWS),
  ...["day", "week", "month", "year"].map((period) => `/trends?period=${period}`),
  ...SECTIONS.map((section) => `/settings?section=${section}`),
];

/** Texts as a page may name its windows. */
const HOSTILE = [
  `<script>document.title = "run"</script>`,
  `<img src=x onerror="document.title='run'"> & <b id="bold">bold</b>`,
  "\u202egnp.exe\u202c \u2067\u05d0\u05d1\u05d2 right to left",
  "👩‍👩‍👧‍👦 emoji 🏳️‍🌈 and \u0000\u0007 controls",
  "x".repeat(10_000),
  "javascript:alert(1)",
] as const;

/** A day of work until now, by a second-hand list of titles. */
function events(titles: readonly string[], endMs: number): string {
  const stepMs = 7 * 60_000;
  return titles.map((title, index) => {
    const startMs = endMs - (titles.length - index) * stepMs;
    const at = (ms: number) => new Date(ms).toISOString();
    const app = ["Code", "firefox", title.slice(0, 200)][index % 3];
    return JSON.stringify({
      start: at(startMs),
      end: at(startMs + stepMs),
      source: "window",
      app,
      title,
    });
  }).join("\n");
}

function assertClean({ problems, hosts }: Visit, desk: Desk): void {
  assert.deepEqual(problems, []);
  assert.deepEqual([...hosts], [new URL(desk.url).host]);
}

Deno.test({
  name:
    `every page opens by its address and by its link, says where it is, and keeps it over reload, back and forward${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await desk.send("POST", "/import", events(["timeline.ts - Code", "Inbox", "News"], Date.now()));
  const visit = await desk.visit("/", { signedIn: true });
  const { page } = visit;
  const links = page.getByRole("navigation", { name: "Views" });
  const isAt = async (view: View) => {
    const link = links.locator("[aria-current=page]");
    await link.getByText(VIEW_WORDS[view], { exact: true }).waitFor(WAIT);
    await settled(page);
    assert.equal(await page.locator("main h1").count(), 1, `${view} has one heading`);
    if (view !== "today") assert.equal(await page.title(), `${VIEW_WORDS[view]} · ProdTracker`);
  };
  for (const view of ALL) {
    await links.getByRole("link", { name: VIEW_WORDS[view], exact: true }).click();
    await isAt(view);
    assert.equal(new URL(page.url()).pathname, VIEWS[view]);
  }
  for (const view of ALL.toReversed().slice(1)) {
    await page.goBack();
    await isAt(view);
  }
  await page.goForward();
  await isAt(ALL[1]);
  for (const view of ALL) {
    await page.goto(desk.url + VIEWS[view]);
    await isAt(view);
    await page.reload();
    await isAt(view);
  }
  assertClean(visit, desk);
});

Deno.test({
  name:
    `every page fits 320, 360 and 2560 px and has nothing that axe objects to, with data and without${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  const look = async (
    colorScheme: "light" | "dark",
    [width, height]: readonly [number, number],
  ) => {
    const visit = await desk.visit("/", { signedIn: true, colorScheme, width, height });
    for (const address of ADDRESSES) {
      await visit.page.goto(desk.url + address);
      await settled(visit.page);
      const wide = await visit.page.evaluate("document.documentElement.scrollWidth");
      assert.equal(wide, width, `${address} at ${width} px`);
      await assertAccessible(visit.page, `${address}, ${colorScheme}, ${width} px`);
    }
    assertClean(visit, desk);
    await visit.page.context().close();
  };
  await look("light", [1280, 800]);
  const titles = Array.from({ length: 60 }, (_, index) => `Title ${index % 17} - Program`);
  await desk.send("POST", "/import", events([...titles, ...HOSTILE], Date.now()));
  await look("light", [360, 740]);
  // As wide as 1280 px at 400 %.
  await look("light", [320, 256]);
  await look("dark", [2560, 1440]);
});

Deno.test({
  name:
    `every page shows others' texts as texts, and the content security policy has nothing to refuse${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await desk.send("POST", "/import", events([...HOSTILE, ...HOSTILE, ...HOSTILE], Date.now()));
  await using _window = desk.run("xterm", ["-T", HOSTILE[0], "-e", "sleep", "60"]);
  const visit = await desk.visit("/", { signedIn: true });
  const { page } = visit;
  page.on("dialog", () => visit.problems.push("a title has opened a dialog"));
  for (const address of ADDRESSES) {
    await page.goto(desk.url + address);
    await settled(page);
    assert.equal(await page.locator("#bold, main img[src=x], main script").count(), 0, address);
    assert.notEqual(await page.title(), "run", address);
    // No invisible sign turns around what stands beside a title, and nothing is as long as it came.
    const text = await page.locator("main").innerText();
    assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069]/, address);
    assert.ok(!text.includes("\u0007"), address);
    assert.ok(!text.includes("x".repeat(1_001)), address);
  }
  await page.goto(desk.url);
  await page.getByText(HOSTILE[0]).first().waitFor(WAIT);
  assertClean(visit, desk);
});

Deno.test({
  name: `two tabs show the same live, and signing out in one is signing out in both${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  const first = await desk.visit("/", { signedIn: true });
  await first.page.getByRole("button", { name: "Sign out" }).waitFor(WAIT);
  const second = await first.page.context().newPage();
  await second.goto(`${desk.url}/rules`);
  await second.getByRole("button", { name: "Sign out" }).waitFor(WAIT);
  await second.goto(desk.url);
  await using _window = desk.run("xterm", ["-T", "seen by both", "-e", "sleep", "60"]);
  for (const page of [first.page, second]) {
    await page.getByText("seen by both").first().waitFor(WAIT);
  }
  await second.goto(`${desk.url}/rules`);
  await first.page.getByRole("button", { name: "Sign out" }).click();
  await second.getByLabel("Token").waitFor(WAIT);
  assertClean(first, desk);
});

Deno.test({
  name: `a page that lost its connection says so, and has all it missed once it is back${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  const { page } = await desk.visit("/", { signedIn: true });
  const status = page.locator(".connection");
  await status.getByText("Live", { exact: true }).waitFor(WAIT);
  await page.context().setOffline(true);
  // A browser's "offline" cuts no connection that is open: the daemon goes, and comes back on the same port.
  await desk.stop();
  await status.getByText(/Reconnecting|Daemon offline/).waitFor(WAIT);
  await desk.start();
  const missed = Array.from({ length: 20 }, (_, index) => `missed ${index}`);
  await desk.send("POST", "/import", events(missed, Date.now()));
  await page.context().setOffline(false);
  await status.getByText("Live", { exact: true }).waitFor(WAIT);
  await page.getByRole("row").filter({ hasText: "missed 19" }).waitFor(WAIT);
  const told = await desk.get<{ title: string | null }[]>("/events/recent?limit=50");
  const wanted = told.map(({ title }) => title).filter((title) => title?.startsWith("missed"));
  const shown = await page.getByRole("row").filter({ hasText: "missed" }).allInnerTexts();
  assert.deepEqual(shown.map((row) => /missed \d+/.exec(row)?.[0]), wanted);
});

Deno.test({
  name: `pages for oneself alone ask for a token, and open with it where one was${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  const visit = await desk.visit("/settings?section=retention");
  const { page } = visit;
  await page.getByText("This page is for you alone.").waitFor(WAIT);
  await assertAccessible(page, "signing in");
  await page.getByLabel("Token").fill(desk.daemon.adminToken);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Settings" }).waitFor(WAIT);
  assert.equal(new URL(page.url()).search, "?section=retention");
  assertClean(visit, desk);
});

Deno.test({
  name: `pages move nothing for who wants no motion, and print on white${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await desk.send("POST", "/import", events(["a", "b", "c"], Date.now()));
  const visit = await desk.visit("/", {
    signedIn: true,
    reducedMotion: "reduce",
    colorScheme: "dark",
  });
  const { page } = visit;
  for (const address of Object.values(VIEWS)) {
    await page.goto(desk.url + address);
    await settled(page);
    assert.equal(await page.evaluate("document.getAnimations().length"), 0, address);
  }
  await page.emulateMedia({ media: "print" });
  const ground = await page.evaluate("getComputedStyle(document.body).backgroundColor");
  assert.equal(ground, "rgb(250, 248, 244)");
  assert.equal(await page.getByRole("navigation", { name: "Views" }).isVisible(), false);
});
