/**
 * The rules page against the real daemon: what it shows is what the API and the database have, and what it previews is
 * what then happens.
 * @module
 */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import type { WireRulesPreview, WireUncategorised } from "../../daemon/api/rules_preview.ts";
import type { Rule } from "../../daemon/core/rules.ts";
import { assertAccessible } from "./axe.ts";
import { Desk, DESK_NEEDS, WAIT } from "./desk.ts";

const { ignore, suffix: needs } = DESK_NEEDS;
const MIN_MS = 60_000;
const HOSTILE = `<script>document.title="run"</script><b id="bold">\u202etxt.exe`;
const LONG = `Ledger ${"x".repeat(9_990)}`;

type Piece = readonly [minutes: number, app: string, title: string, url?: string];
const PIECES: readonly Piece[] = [
  [40, "Zorgblatt", "blue shed"],
  [30, "firefox", "(3) The door · Shedwiki — Mozilla Firefox", "https://www.shedwiki.example/door"],
  [12, "firefox", "A roof · Shedwiki — Mozilla Firefox", "https://shedwiki.example/roof"],
  [25, "Code", "main.ts - Visual Studio Code"],
  [18, "mpv", "Cat video - YouTube"],
  [9, "Quux", HOSTILE],
  [7, "Quux", "😀 emoji 👩‍👩‍👧‍👦"],
  [6, "Quux", LONG],
];

/** Imports what took its time one after another, until some hours ago. */
async function fill(desk: Desk, pieces: readonly Piece[] = PIECES): Promise<void> {
  let startMs = Date.now() - 6 * 60 * MIN_MS;
  const lines = pieces.map(([minutes, app, title, url]) => {
    const start = new Date(startMs).toISOString();
    startMs += minutes * MIN_MS;
    const end = new Date(startMs).toISOString();
    return JSON.stringify({ start, end, source: "window", app, title, url });
  });
  const { added } = await desk.send<{ added: number }>("POST", "/import", lines.join("\n"));
  assert.equal(added, pieces.length);
}

const uncategorised = (page: Page) => page.getByRole("region", { name: "Uncategorised time" });
const ownRules = (page: Page) => page.getByRole("region", { name: "Your rules" });
const rowOf = (page: Page, text: string) =>
  uncategorised(page).getByRole("listitem").filter({ hasText: text });
const titleRule = (regex: string): Rule => ({ match: "title", regex, class: "noise" });

/** Waits until your rules are shown in this order. */
async function shows(page: Page, ...texts: string[]): Promise<void> {
  const rows = ownRules(page).locator(".own-rule-what > p:first-child");
  for (const [index, text] of texts.entries()) {
    await rows.nth(index).filter({ hasText: text }).waitFor(WAIT);
  }
  await rows.nth(texts.length).waitFor({ ...WAIT, state: "detached" });
}

async function settled(desk: Desk): Promise<void> {
  while ((await desk.get<{ running: boolean }>("/rules/progress")).running);
}

Deno.test({
  name:
    `rules page makes a rule of a title in two presses, as previewed, and takes it back${needs}`,
  ignore,
}, async () => {
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir();
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const database = join(folder, "prodtracker.db");
  const desk = stack.use(await Desk.open({ PRODTRACKER_DB: database }));
  await fill(desk);
  const { page, problems, hosts } = await desk.visit("/rules", { signedIn: true });
  const known = await desk.get<WireUncategorised>("/activity/uncategorised");
  assert.equal(known.seconds, 104 * 60);
  await uncategorised(page).getByText("1 h 44 min that no rule knows").waitFor(WAIT);
  // Hostile titles are text and nothing else.
  await rowOf(page, `<script>document.title="run"</script><b id="bold">\ufffdtxt.exe`).waitFor(
    WAIT,
  );
  assert.equal(await page.locator("#bold").count(), 0);
  assert.match(await page.title(), /ProdTracker$/);

  await rowOf(page, "The door · Shedwiki").getByRole("button", { name: /^Signal/ }).click();
  const dialog = page.getByRole("dialog", { name: "New rule" });
  await dialog.getByText("42 min would count otherwise, in 2 windows.").waitFor(WAIT);
  assert.match(await dialog.getByLabel("Words").inputValue(), /^shedwiki\.example$/);
  await dialog.getByText("as a page that no rule knows").waitFor(WAIT);
  const shown = await dialog.getByRole("row", { name: /^Signal/ }).innerText();
  assert.deepEqual(shown.replaceAll("\u202f", " ").split(/\s*\t\s*/).slice(1), [
    ...["25 min", "1 h 07 min", "+42 min"],
  ]);
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByRole("status").getByText("Saved: Site is shedwiki.example, signal").waitFor(WAIT);
  await dialog.waitFor({ ...WAIT, state: "detached" });
  await rowOf(page, "Shedwiki").first().waitFor({ ...WAIT, state: "detached" });
  await uncategorised(page).getByText("1 h 02 min that no rule knows").waitFor(WAIT);
  await shows(page, "Site is shedwiki.example");
  await ownRules(page).getByText("42 min, 2 windows").waitFor(WAIT);

  // What was said is what the database has.
  await settled(desk);
  using db = new DatabaseSync(database, { readOnly: true });
  const classes = db.prepare(
    `SELECT s.class, sum(t.end_ms - t.start_ms) / 60000 AS min FROM timeline t JOIN subject s ON s.id = t.subject_id
     WHERE s.url <> '' GROUP BY 1`,
  ).all().map((row) => ({ ...row }));
  assert.deepEqual(classes, [{ class: "signal", min: 42 }]);

  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Undone. Your rules are as they were").waitFor(WAIT);
  await rowOf(page, "The door · Shedwiki").waitFor(WAIT);
  assert.deepEqual(await desk.get("/rules"), []);
  assert.deepEqual(problems, []);
  assert.deepEqual([...hosts], [new URL(desk.url).host]);
});

Deno.test({
  name:
    `rules page writes rules of all kinds: from a live title, by words, sites, patterns, and refuses what is none${needs}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await fill(desk);
  const { page, problems } = await desk.visit("/rules", { signedIn: true });
  await rowOf(page, "Ledger").waitFor(WAIT);
  await using _terminal = desk.run("xterm", ["-T", "PROJ-7 of Alice", "-e", "sleep", "60"]);
  // As the link from a title of today leads here.
  await page.goto(
    `${desk.url}/rules?${new URLSearchParams({ app: "XTerm", title: "PROJ-7 of Alice" })}`,
  );
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "PROJ-7", exact: true }).click();
  await dialog.getByRole("radio", { name: "Neutral" }).check();
  await dialog.getByLabel("Category").fill("Work / Alice");
  // Back and forward close and open it, a reload keeps it.
  await page.goBack();
  await dialog.waitFor({ ...WAIT, state: "detached" });
  await page.goForward();
  await dialog.waitFor(WAIT);
  await page.reload();
  await dialog.getByRole("button", { name: "PROJ-7", exact: true }).click();
  await dialog.getByRole("radio", { name: "Neutral" }).check();
  await dialog.getByLabel("Category").fill("Work / Alice");
  await dialog.getByRole("button", { name: "Save" }).click();
  await shows(page, "Title contains PROJ-7");

  // What no rule can be is said, and nothing is saved.
  await page.getByRole("button", { name: "New rule" }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("Write what to look for").waitFor(WAIT);
  await dialog.getByLabel("Which").selectOption("pattern");
  await dialog.getByLabel("Words").fill("(shed");
  await dialog.getByText(/missing closing/).first().waitFor(WAIT);
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("Could not save the rule.").waitFor(WAIT);
  await dialog.getByLabel("Words").fill("^blue (shed|hut)$");
  await dialog.getByText("40 min would count otherwise, in 1 window.").waitFor(WAIT);
  await dialog.getByRole("radio", { name: "after them" }).check();
  // Return in a field saves.
  await dialog.getByLabel("Words").press("Enter");
  await shows(page, "Title contains PROJ-7", "Title fits the pattern ^blue (shed|hut)$");

  // A title of any length, and one that is hostile.
  await rowOf(page, "Ledger").getByRole("button", { name: /^Noise/ }).click();
  await dialog.getByRole("button", { name: /^Title is Ledger/ }).click();
  await dialog.getByText("6 min would count otherwise, in 1 window.").waitFor(WAIT);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await rowOf(page, "txt.exe").getByRole("button", { name: /^Noise/ }).click();
  await dialog.getByRole("button", { name: /^Title is/ }).click();
  await dialog.getByText("9 min would count otherwise, in 1 window.").waitFor(WAIT);
  await dialog.getByRole("button", { name: "Close" }).click();

  await settled(desk);
  const expected: Rule[] = [
    { match: "title", regex: "PROJ-7", class: "neutral", category: "work/alice" },
    { match: "title", regex: "^blue (shed|hut)$", class: "signal" },
  ];
  assert.deepEqual(await desk.get("/rules"), expected);
  const preview = await desk.send<WireRulesPreview>("POST", "/rules/preview", {});
  assert.equal(preview.subjects, 0);

  // By programs and sites: one row a site, and its rule is by the site.
  await page.getByRole("button", { name: "Programs and sites" }).click();
  await rowOf(page, "2 titles").filter({ hasText: "shedwiki.example" }).waitFor(WAIT);
  await page.getByLabel("Of the last").selectOption("30 days");
  await page.reload();
  await rowOf(page, "shedwiki.example").getByRole("button", { name: /^Noise/ }).click();
  await dialog.getByText("42 min would count otherwise, in 2 windows.").waitFor(WAIT);
  await page.keyboard.press("Escape");
  assert.match(page.url(), /by=place&days=30$/);
  // The daemon's refusal of a pattern is in the browser's console, and nothing else is.
  assert.ok(problems.every((text) => /status of 422/.test(text)), problems.join("\n"));
});

Deno.test({
  name:
    `rules page puts rules in order by keys, by dragging and by buttons, edits, deletes and undoes${needs}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await fill(desk);
  await desk.setRules(["one", "two", "three", "four"].map(titleRule));
  const { page, problems } = await desk.visit("/rules", { signedIn: true });
  await shows(page, "one", "two", "three", "four");
  const order = async () => (await desk.get<Rule[]>("/rules")).map(({ regex }) => regex);
  const handle = (text: string) =>
    page.getByRole("button", { name: new RegExp(`^Move rule \\d: .* ${text}$`) });

  await handle("one").focus();
  await page.keyboard.press("Space");
  await page.getByText(/^Title contains one is taken, place 1 of 4/).waitFor(WAIT);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.getByText("Place 3 of 4").waitFor(WAIT);
  await page.keyboard.press("Escape");
  assert.deepEqual(await order(), ["one", "two", "three", "four"]);
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await shows(page, "two", "three", "one", "four");
  assert.deepEqual(await order(), ["two", "three", "one", "four"]);
  await page.getByText("Moved to place 3 of 4: Title contains one").waitFor(WAIT);
  await hasFocus(handle("one"));

  await drag(page, handle("four"), handle("two"), -0.3);
  await shows(page, "four", "two", "three", "one");
  assert.deepEqual(await order(), ["four", "two", "three", "one"]);
  await hasFocus(handle("four"));

  const down = (text: string) =>
    page.getByRole("button", { name: new RegExp(`^Move down rule \\d: .* ${text}$`) });
  await down("four").click();
  await shows(page, "two", "four", "three", "one");
  await hasFocus(down("four"));
  await page.getByRole("button", { name: "Undo" }).click();
  await shows(page, "four", "two", "three", "one");

  await page.getByRole("button", { name: /^Edit rule 2/ }).click();
  const dialog = page.getByRole("dialog", { name: "Edit rule 2" });
  await dialog.getByLabel("Words").fill("blue");
  await dialog.getByRole("radio", { name: "Signal" }).check();
  await dialog.getByText("40 min would count otherwise, in 1 window.").waitFor(WAIT);
  await dialog.getByRole("button", { name: "Save" }).click();
  await shows(page, "four", "blue", "three", "one");
  await hasFocus(page.getByRole("button", { name: /^Edit rule 2/ }));

  // Another window changes them: this one shows it, and writes over nothing.
  const other = (await desk.get<Rule[]>("/rules")).filter(({ regex }) => regex !== "four");
  await page.getByRole("button", { name: /^Edit rule 3/ }).click();
  await desk.setRules(other.filter(({ regex }) => regex !== "three"));
  await page.getByRole("dialog").getByLabel("Words").fill("thirty");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog").getByText("Your rules were changed elsewhere meanwhile").waitFor(
    WAIT,
  );
  await page.keyboard.press("Escape");
  await shows(page, "blue", "one");

  await page.getByRole("button", { name: /^Delete rule 2/ }).press("Enter");
  await shows(page, "blue");
  await hasFocus(page.getByRole("button", { name: /^Delete rule 1/ }));
  await page.getByRole("button", { name: "Undo" }).click();
  await shows(page, "blue", "one");
  assert.deepEqual(await order(), ["blue", "one"]);
  assert.deepEqual(problems, []);
});

Deno.test({
  name: `rules page imports and exports, searches the program's rules, tries a window${needs}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await fill(desk);
  await desk.setRules([titleRule("one")]);
  const { page, problems, hosts } = await desk.visit("/rules", { signedIn: true });
  const download = page.waitForEvent("download", WAIT);
  await page.getByRole("button", { name: "Export" }).click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^prodtracker-rules-\d{4}-\d\d-\d\d\.json$/);
  const text = await Deno.readTextFile((await file.path())!);
  assert.deepEqual(JSON.parse(text), await desk.get("/rules"));

  const choose = async (content: string) => {
    const chooser = page.waitForEvent("filechooser", WAIT);
    await page.getByRole("button", { name: "Import" }).click();
    await (await chooser).setFiles({
      ...{ name: "rules.json", mimeType: "application/json" },
      buffer: Buffer.from(content),
    });
  };
  await choose("start,end\r\n");
  await page.getByText("Could not read the file.").waitFor(WAIT);
  await choose(
    JSON.stringify([titleRule("one"), { match: "title", exact: "blue shed", class: "signal" }]),
  );
  const dialog = page.getByRole("dialog", { name: "Import rules" });
  await dialog.getByText("The file has 2 rules, 1 of them new.").waitFor(WAIT);
  await dialog.getByText("40 min would count otherwise, in 1 window.").waitFor(WAIT);
  await dialog.getByRole("button", { name: "Import" }).click();
  await page.getByText("Imported 1 rule").waitFor(WAIT);
  await shows(page, "Title contains one", "Title is blue shed");
  await choose(JSON.stringify([titleRule("other")]));
  await dialog.getByRole("radio", { name: /^Replace yours: 2 rules/ }).check();
  await dialog.getByRole("button", { name: "Import" }).click();
  await shows(page, "Title contains other");
  await page.getByRole("button", { name: "Undo" }).click();
  await shows(page, "Title contains one", "Title is blue shed");

  const tried = page.getByRole("region", { name: "Try one" });
  await tried.getByLabel("Title").fill("blue shed");
  await tried.getByText("by a rule of yours").waitFor(WAIT);
  await tried.getByLabel("Title").fill("Cat video - YouTube");
  await tried.getByText("by a rule that comes with the program").waitFor(WAIT);
  await tried.getByLabel("Title").fill("zorgblatt");
  await tried.getByText("as no rule knows it").waitFor(WAIT);

  await page.getByRole("button", { name: "Show them" }).click();
  const pack = page.getByRole("region", { name: "Rules that come with the program" });
  await pack.getByRole("searchbox").fill("zoom.us");
  await pack.getByText("communication/meeting").waitFor(WAIT);
  await pack.getByText("zoom.us").waitFor(WAIT);
  await pack.getByRole("searchbox").fill("zorgblatt");
  await pack.getByText("They do not know it").waitFor(WAIT);
  assert.deepEqual(problems, []);
  assert.deepEqual([...hosts], [new URL(desk.url).host]);
});

Deno.test({
  name:
    `rules page is accessible, dark and light, and fits a phone; an empty one says what will come${needs}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  const empty = await desk.visit("/rules", { signedIn: true, width: 360 });
  await empty.page.getByText("Nothing was recorded in this time").waitFor(WAIT);
  await empty.page.getByText("You have no rules of your own").waitFor(WAIT);
  await assertAccessible(empty.page);
  await fill(desk);
  await desk.setRules([titleRule("one"), {
    match: "app",
    exact: "y".repeat(300),
    class: "neutral",
    category: LONG.slice(0, 99),
  }]);
  for (const [width, colorScheme] of [[360, "dark"], [1280, "light"], [2560, "dark"]] as const) {
    const { page, problems } = await desk.visit("/rules?pack=1", {
      signedIn: true,
      width,
      colorScheme,
    });
    await rowOf(page, "Ledger").waitFor(WAIT);
    await page.getByRole("searchbox").fill("youtube");
    await page.getByText("entries found").waitFor(WAIT);
    await assertAccessible(page);
    await fits(page, width);
    await rowOf(page, "txt.exe").getByRole("button", { name: /^Noise/ }).click();
    await page.getByRole("dialog").getByText("would count otherwise").waitFor(WAIT);
    await assertAccessible(page);
    await fits(page, width);
    assert.deepEqual(problems, []);
    await page.context().close();
  }
  // Without a token there is nothing of this.
  const { page } = await desk.visit("/rules");
  await page.getByLabel(/token/i).waitFor(WAIT);
  assert.equal(await uncategorised(page).count(), 0);
});

async function hasFocus(locator: Locator): Promise<void> {
  await locator.and(locator.page().locator(":focus")).waitFor(WAIT);
}

async function fits(page: Page, width: number): Promise<void> {
  const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
  assert.ok(wide <= width, `${wide} of ${width} px`);
}

/** Drags by a handle to another's row, `share` of its height from its middle. */
async function drag(page: Page, from: Locator, to: Locator, share: number): Promise<void> {
  const start = (await from.boundingBox())!, end = (await to.boundingBox())!;
  const middle = (box: typeof start, by = 0) => box.y + box.height * (0.5 + by);
  await page.mouse.move(start.x + start.width / 2, middle(start));
  await page.mouse.down();
  await page.mouse.move(start.x, middle(end, share), { steps: 8 });
  await page.mouse.up();
}
