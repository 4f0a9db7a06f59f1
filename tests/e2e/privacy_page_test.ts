/**
 * The settings for privacy, screenshots, how long things are kept, and erasing: every action of theirs in a real
 * browser against the real daemon, on windows and pictures of a real desktop.
 * @module
 */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Locator, Page } from "playwright-core";
import type { WireErasurePreview, WireErasures } from "../../daemon/api/erasure.ts";
import type { WirePrivacyPreview } from "../../daemon/api/privacy.ts";
import type { WireScreenshot, WireScreenshotSettings } from "../../daemon/api/screenshots.ts";
import type { WireEvent } from "../../daemon/api/wire.ts";
import type { PrivacyRule } from "../../daemon/core/privacy.ts";
import type { Retention } from "../../daemon/core/retention.ts";
import { waitFor } from "../daemon_process.ts";
import { assertAccessible } from "./axe.ts";
import { Desk, DESK_NEEDS, type Visit, WAIT } from "./desk.ts";

const { ignore, suffix } = DESK_NEEDS;
const SECRET = "tulip bulb prices";
const HOSTILE = [
  `<script>document.title = "run"</script>`,
  "\u202egnp.exe\u202c \u2067\u05d0\u05d1\u05d2 right to left",
  "x".repeat(10_000),
  "👩‍👩‍👧‍👦 emoji",
];

function test(
  name: string,
  act: (desk: Desk) => Promise<void>,
  settings: Record<string, string> = {},
): void {
  Deno.test({ name: `${name}${suffix}`, ignore }, async () => {
    await using desk = await Desk.open(settings);
    await act(desk);
  });
}

/** Ten minutes of each title, one after another, until an hour ago. */
async function record(desk: Desk, titles: readonly string[], app = "Editor"): Promise<void> {
  const endMs = Date.now() - 3_600_000, stepMs = 600_000;
  const lines = titles.map((title, index) => {
    const startMs = endMs - (titles.length - index) * stepMs;
    const [start, end] = [startMs, startMs + stepMs].map((ms) => new Date(ms).toISOString());
    return JSON.stringify({ start, end, source: "window", app, title });
  });
  await desk.send("POST", "/import?format=jsonl", lines.join("\n"));
}

async function open(desk: Desk, section: string, more = ""): Promise<Visit> {
  const visit = await desk.visit(`/settings?section=${section}${more}`, { signedIn: true });
  await visit.page.locator("main h1").waitFor(WAIT);
  return visit;
}

const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole("button", { name, ...(typeof name === "string" && { exact: true }) });
const said = (page: Page, text: string | RegExp) => page.locator(".saying").getByText(text);

/** Both colour schemes, and the narrowest screen there is. */
async function assertFits(page: Page, what: string): Promise<void> {
  const before = page.viewportSize()!;
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await assertAccessible(page, `${what}, ${colorScheme}`);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360, what);
  await page.setViewportSize(before);
}

/** @param refused Statuses that were provoked: a browser's console tells of each. */
function assertClean({ problems, hosts }: Visit, desk: Desk, refused?: "409" | "422"): void {
  const isProvoked = (text: string) => refused !== undefined && text.includes(` ${refused} `);
  assert.deepEqual(problems.filter((text) => !isProvoked(text)), []);
  assert.deepEqual([...hosts], [new URL(desk.url).host]);
}

test("privacy page adds, changes, orders and deletes rules, with what each would change", async (desk) => {
  await record(desk, [SECRET, "minutes of the board", ...HOSTILE, SECRET]);
  const visit = await open(desk, "privacy");
  const { page } = visit;
  const panel = region(page, "Privacy rules");
  const rules = () => desk.get<PrivacyRule[]>("/privacy");
  await panel.getByText("No privacy rules").waitFor(WAIT);
  await assertFits(page, "without rules");

  // A pattern that cannot be used is said while it is written.
  await button(panel, "Add a rule").click();
  const form = page.getByRole("form", { name: "New privacy rule" });
  await button(form, "Save").click();
  await form.getByText("Write what to look for.").waitFor(WAIT);
  await form.getByLabel("Of", { exact: true }).selectOption("title");
  await form.getByLabel("How").selectOption("regex");
  await form.getByLabel("Pattern").fill("tulip(");
  await form.getByText(/It cannot be used: /).waitFor(WAIT);
  await form.getByLabel("Pattern").fill("tulip|board");
  const rule: PrivacyRule = { match: "title", regex: "tulip|board", action: "drop_title" };
  const wanted = await desk.send<WirePrivacyPreview>("POST", "/privacy/preview", { rules: [rule] });
  assert.deepEqual([wanted.events, wanted.subjects], [3, 2]);
  await form.getByText("would change 3 events").waitFor(WAIT);
  await form.getByText(SECRET).waitFor(WAIT);
  // The test below goes by the rule that is not saved yet.
  const trial = region(page, "Test a window");
  await trial.getByLabel("Title").fill("about TULIPS");
  await trial.getByText("Stored without title and address.").waitFor(WAIT);
  await trial.getByText("Rule 1: Title matches the pattern").waitFor(WAIT);
  await assertFits(page, "with the form");
  assert.deepEqual(await rules(), []);
  await button(form, "Save").click();
  await said(page, /^Saved: /).waitFor(WAIT);
  await panel.getByText("tulip|board").waitFor(WAIT);
  assert.deepEqual(await rules(), [rule]);

  // In force at once, for a window of the real desktop.
  await using _window = desk.run("xterm", ["-T", SECRET, "-e", "sleep", "60"]);
  const recent = await waitFor(async () => {
    const events = await desk.get<WireEvent[]>("/events/recent?limit=5");
    return events.find(({ app }) => app === "XTerm");
  });
  assert.equal(recent.title, null);

  await button(panel, "Add a rule").click();
  await form.getByLabel("Text").fill("Editor");
  await form.getByLabel(/Hash title/).check();
  await page.keyboard.press("Enter");
  await said(page, /^Saved: /).waitFor(WAIT);
  const hashing: PrivacyRule = { match: "app", exact: "Editor", action: "hash_title" };
  await waitFor(async () => (await rules()).length === 2 || undefined);
  await button(panel, /^Move up rule 2/).click();
  await said(page, "Moved to 1 of 2.").waitFor(WAIT);
  assert.deepEqual(await rules(), [hashing, rule]);
  // What was moved keeps the keyboard.
  await waitForFocus(page, "focused.ariaLabel?.startsWith('Move down rule 1')");

  // Changed elsewhere meanwhile: what is meant is changed, and nothing else.
  const third: PrivacyRule = { match: "app", exact: "KeePassXC", action: "drop_event" };
  await desk.send("PUT", "/privacy", [third, hashing, rule]);
  await button(panel, /^Edit rule 2: Title/).click();
  const change = page.getByRole("form", { name: "Change the privacy rule" });
  await change.getByLabel(/Drop event/).check();
  await change.getByText(/would change 3 events/).waitFor(WAIT);
  await button(change, "Save").click();
  await waitFor(async () => (await rules()).at(-1)?.action === "drop_event" || undefined);
  assert.deepEqual(await rules(), [third, hashing, { ...rule, action: "drop_event" }]);

  await button(panel, /^Delete rule 1: App is KeePassXC/).click();
  await said(page, "Deleted the privacy rule.").waitFor(WAIT);
  assert.equal((await rules()).length, 2);
  await button(page, "Undo").click();
  await said(page, "The rule is back.").waitFor(WAIT);
  assert.deepEqual((await rules())[0], third);

  await page.reload();
  await panel.getByText("KeePassXC").waitFor(WAIT);
  assert.equal(await panel.getByRole("listitem").count(), 3);
  assert.equal(await page.locator("main script").count(), 0);
  assertClean(visit, desk, "422");
});

test("privacy page applies the rules to the past, for good, and says what it would be before", async (desk) => {
  await record(desk, [SECRET, ...HOSTILE, SECRET]);
  await desk.send("PUT", "/privacy", [{ match: "title", exact: SECRET, action: "hash_title" }]);
  const visit = await open(desk, "privacy");
  const { page } = visit;
  const past = region(page, "What was recorded before");
  await past.getByText("would change 2 events").waitFor(WAIT);
  await button(past, "Apply to the past…").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/^2 events \(20\smin\)/).waitFor(WAIT);
  await dialog.getByText("It cannot be undone.").waitFor(WAIT);
  await assertFits(page, "asking");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ ...WAIT, state: "detached" });
  await waitForFocus(page, "focused.textContent === 'Apply to the past…'");
  const titles = async () =>
    (await desk.get<{ events: WireEvent[] }>("/events?source=window")).events.map((event) =>
      event.title
    );
  assert.ok((await titles()).includes(SECRET));

  await button(past, "Apply to the past…").click();
  await button(dialog, "Change 2 events for good").click();
  await said(page, /^Changed 2 events/).waitFor(WAIT);
  await past.getByText("your rules would change nothing").waitFor(WAIT);
  const after = await titles();
  assert.ok(!after.includes(SECRET));
  assert.equal(after.filter((title) => /^#[0-9a-f]{16}$/.test(title ?? "")).length, 2);
  assertClean(visit, desk);
});

test("erase page shows what would go, erases it from the copies too, and says what is pending and not reached", async (desk) => {
  await record(desk, [SECRET, "kept", SECRET, "kept too"]);
  const inside = await desk.send<{ path: string }>("POST", "/backup", {});
  const elsewhere = join(await Deno.makeTempDir(), "mine.db");
  await desk.send("POST", "/backup", { path: elsewhere });
  const visit = await open(desk, "retention");
  const { page } = visit;
  const panel = region(page, "Erase what was recorded");
  await region(page, "What was erased").getByText("Nothing was ever erased").waitFor(WAIT);
  await assertFits(page, "keeping and erasing");
  await button(panel, "See what would go…").click();
  await panel.getByText("Name a begin, an end or both.").waitFor(WAIT);

  await panel.getByLabel("An app, a title or an address").check();
  await panel.getByLabel("Title", { exact: true }).fill("tulip");
  await panel.getByLabel(/They are patterns/).check();
  await button(panel, "See what would go…").click();
  const dialog = page.getByRole("dialog");
  const facts = await desk.send<WireErasurePreview>("POST", "/erasures", {
    ...{ title: "tulip", regex: true, dry_run: true },
  });
  assert.deepEqual([facts.events, facts.copies.length], [2, 1]);
  await dialog.getByText(/^2 events \(20\smin\)/).waitFor(WAIT);
  await dialog.getByText(/^1 daily copy .* is rewritten without it/).waitFor(WAIT);
  await dialog.getByText(elsewhere).waitFor(WAIT);
  await assertFits(page, "what would go");
  await button(dialog, "Keep it all").click();
  assert.deepEqual((await desk.get<WireErasures>("/erasures")).erasures, []);

  // A copy that cannot be read stays pending, and says why.
  const broken = join(dirname(inside.path), "prodtracker-2026-03-01T10-00-00-000Z.db");
  await Deno.writeTextFile(broken, "no database");
  await button(panel, "See what would go…").click();
  await button(dialog, "Erase 2 events for good").click();
  await said(page, /^Erased 2 events; 1 of the places could not be reached yet/).waitFor(WAIT);
  const state = region(page, "What was erased");
  await state.getByText(broken).waitFor(WAIT);
  const { erasures: [erasure] } = await desk.get<WireErasures>("/erasures");
  await state.getByText(erasure.pending[0].error!).waitFor(WAIT);
  await region(page, "Copies that erasing does not reach").getByText(elsewhere).waitFor(WAIT);
  using copy = new DatabaseSync(inside.path, { readOnly: true });
  const left = copy.prepare("SELECT title FROM subject WHERE title <> ''").all();
  assert.deepEqual(left.map(({ title }) => title).toSorted(), ["kept", "kept too"]);
  await Deno.remove(broken);

  // Everything goes only after its words were typed.
  await panel.getByLabel("Everything").check();
  await button(panel, "See what would go…").click();
  const everything = button(dialog, "Erase everything");
  await everything.waitFor(WAIT);
  assert.ok(await everything.isDisabled());
  await dialog.getByLabel(/^Type/).fill("erase");
  assert.ok(await everything.isDisabled());
  await dialog.getByLabel(/^Type/).fill("Erase all");
  await assertFits(page, "everything");
  await everything.click();
  await said(page, /^Erased \d+ events?, in the copies too/).waitFor(WAIT);
  const { events } = await desk.get<{ events: WireEvent[] }>("/events");
  assert.deepEqual(events.filter(({ app }) => app === "Editor"), []);
  await page.reload();
  await state.getByText(/^Done \(\d\)/).waitFor(WAIT);
  await Deno.remove(dirname(elsewhere), { recursive: true });
  assertClean(visit, desk);
});

test("retention page saves how long things are kept, and asks before less is", async (desk) => {
  await record(desk, ["one", "two"]);
  const visit = await open(desk, "retention");
  const { page } = visit;
  const panel = region(page, "How long things are kept");
  const retention = () => desk.get<Retention>("/retention");
  const group = (name: string) => panel.getByRole("group", { name, exact: true });
  const save = button(panel, "Save");
  await save.waitFor(WAIT);
  assert.ok(await save.isDisabled());

  // More is kept: nothing to ask about.
  await group("Messages").getByLabel("For ever").check();
  await save.click();
  await said(page, "Saved how long things are kept.").waitFor(WAIT);
  assert.equal((await retention()).messages_days, null);

  await group("Events").getByLabel("Events, in days").fill("0");
  await panel.getByText("Write a number of days above 0").waitFor(WAIT);
  assert.ok(await save.isDisabled());
  await assertFits(page, "with what is wrong");
  await group("Events").getByLabel("Events, in days").fill("0.01");
  await save.click();
  const dialog = page.getByRole("dialog", { name: "Keep less?" });
  await dialog.getByText(/^Older now: 2 events \(20\smin\)/).waitFor(WAIT);
  await assertFits(page, "asking");
  await button(dialog, "Leave it as it was").click();
  assert.equal((await retention()).events_days, null);
  await save.click();
  await button(dialog, "Keep less").click();
  await dialog.waitFor({ ...WAIT, state: "detached" });
  assert.equal((await retention()).events_days, 0.01);
  await page.reload();
  await group("Events").getByLabel("Events, in days").waitFor(WAIT);
  assert.equal(await group("Events").getByLabel("Events, in days").inputValue(), "0.01");
  assert.ok(await group("Messages").getByLabel("For ever").isChecked());
  assertClean(visit, desk);
});

/** The colour in the middle of a picture that the page shows, "r g b". */
async function middleOf(page: Page, selector: string): Promise<string> {
  await page.locator(selector).first().waitFor(WAIT);
  return String(
    await page.evaluate(`(async () => {
      const image = document.querySelector("${selector}");
      await image.decode();
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(canvas.width / 2, canvas.height / 2, 1, 1);
      return data.slice(0, 3).join(" ");
    })()`),
  );
}

/** Waits until what has the keyboard fulfils an expression about `focused`. */
async function waitForFocus(page: Page, expression: string): Promise<void> {
  const asked = `((focused) => Boolean(${expression}))(document.activeElement)`;
  await waitFor(async () => await page.evaluate<boolean>(asked) || undefined);
}

test(
  "screenshots page takes real pictures, shows them small and large, and deletes them",
  async (desk) => {
    await using _window = desk.run("xterm", [
      ...["-bg", "#c01020", "-fg", "#c01020", "-cr", "#c01020", "-b", "0", "-T", HOSTILE[0]],
      ...["-geometry", "300x100+0+0", "-e", "sleep", "600"],
    ]);
    await waitFor(async () => {
      const events = await desk.get<WireEvent[]>("/events/recent?limit=5");
      return events.find(({ title }) => title === HOSTILE[0]);
    });
    const visit = await open(desk, "screenshots");
    const { page } = visit;
    const gallery = region(page, "Screenshots");
    const list = async () =>
      (await desk.get<{ screenshots: WireScreenshot[] }>("/screenshots")).screenshots;
    await gallery.getByText("No screenshots").waitFor(WAIT);
    await page.getByText("They are taken unasked", { exact: true }).waitFor(WAIT);
    await assertFits(page, "without any");

    await button(page, "Take one now").click();
    await said(page, "Took 1 screenshot.").waitFor(WAIT);
    const thumbnails = gallery.locator("a.shot");
    assert.match(await middleOf(page, "a.shot img"), /^1(8|9)\d 1\d 3\d$/);
    // One that another has taken appears by itself.
    await desk.send("POST", "/screenshots", {});
    await gallery.getByText("2 screenshots").waitFor(WAIT);
    await desk.send("POST", "/screenshots", {});
    await gallery.getByText("3 screenshots").waitFor(WAIT);
    const [newest, middle, oldest] = await list();
    await assertFits(page, "three pictures");

    // By keyboard: one stop for all, arrows among them, Enter opens, arrows go on, Escape comes back.
    await thumbnails.first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    const viewer = page.getByRole("dialog");
    await viewer.locator(".viewer-picture img").waitFor(WAIT);
    assert.equal(new URL(page.url()).searchParams.get("shot"), String(middle.id));
    await viewer.getByText(HOSTILE[0]).waitFor(WAIT);
    assert.equal(await middleOf(page, ".viewer-picture img"), "192 16 32");
    await assertFits(page, "one picture");
    await page.keyboard.press("ArrowRight");
    await waitFor(() => page.url().includes(`shot=${oldest.id}`) || undefined);
    await button(viewer, "Older").waitFor(WAIT);
    assert.ok(await button(viewer, "Older").isDisabled());
    await page.keyboard.press("Escape");
    await viewer.waitFor({ ...WAIT, state: "detached" });
    await waitForFocus(page, `focused.dataset.shot === "${oldest.id}"`);
    // The address opens it again, and the browser's back closes it.
    await thumbnails.first().click();
    await viewer.waitFor(WAIT);
    await page.reload();
    await viewer.locator(".viewer-picture img").waitFor(WAIT);
    await page.goBack();
    await viewer.waitFor({ ...WAIT, state: "detached" });
    await page.goForward();
    await viewer.locator(".viewer-picture img").waitFor(WAIT);
    assert.equal(new URL(page.url()).searchParams.get("shot"), String(newest.id));
    const saved = page.waitForEvent("download");
    await viewer.getByRole("link", { name: "Save a copy" }).click();
    const bytes = await Deno.readFile(await (await saved).path());
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    assert.equal(digest.toHex(), newest.sha256);

    await page.keyboard.press("Delete");
    await viewer.getByText("Delete this picture?").waitFor(WAIT);
    await assertFits(page, "asking");
    await button(viewer, "Delete it").click();
    await said(page, "Deleted the screenshot.").waitFor(WAIT);
    await waitFor(() => page.url().includes(`shot=${middle.id}`) || undefined);
    assert.deepEqual((await list()).map(({ id }) => id), [middle.id, oldest.id]);
    await page.keyboard.press("Escape");
    await gallery.getByText("2 screenshots").waitFor(WAIT);

    // A day before there was any.
    await gallery.getByLabel("Up to").fill("2020-01-31");
    await gallery.getByText("No screenshots up to this day").waitFor(WAIT);
    assert.equal(new URL(page.url()).searchParams.get("upto"), "2020-01-31");
    await page.goBack();
    await gallery.getByText("2 screenshots").waitFor(WAIT);
    await button(gallery, /^Delete all of /).click();
    await button(page.getByRole("dialog"), "Delete").click();
    await said(page, "Deleted 2 screenshots.").waitFor(WAIT);
    await gallery.getByText("No screenshots").waitFor(WAIT);
    assert.deepEqual(await list(), []);
    assertClean(visit, desk);
  },
  { PRODTRACKER_SCREENSHOTS: "true" },
);

test("screenshots page says why none is taken, and saves when they are", async (desk) => {
  await using _window = desk.run("xterm", ["-T", SECRET, "-e", "sleep", "60"]);
  await desk.send("PUT", "/privacy", [{ match: "title", exact: SECRET, action: "hash_title" }]);
  await waitFor(async () => {
    const events = await desk.get<WireEvent[]>("/events/recent?limit=5");
    return events.find(({ app }) => app === "XTerm");
  });
  const visit = await open(desk, "screenshots");
  const { page } = visit;
  await page.getByText("None is taken unasked.").waitFor(WAIT);
  await button(page, "Take one now").click();
  await page.getByText(/Could not take a screenshot\. A window that must not be in one/).waitFor(
    WAIT,
  );
  const panel = region(page, "When they are taken unasked");
  await panel.getByLabel("When it has lasted, in seconds").fill("0");
  await panel.getByText("Write a number from 1 to 3600.").waitFor(WAIT);
  assert.ok(await button(panel, "Save").isDisabled());
  await panel.getByLabel("When it has lasted, in seconds").fill("20");
  await panel.getByLabel(/^By the clock, but/).check();
  await panel.getByLabel("Every so many minutes").fill("7.5");
  await panel.getByLabel(/^Size of all/).selectOption("0.5");
  await assertFits(page, "with the form");
  await button(panel, "Save").click();
  await said(page, "Saved when screenshots are taken.").waitFor(WAIT);
  const settings = await desk.get<WireScreenshotSettings>("/screenshots/settings");
  assert.deepEqual(settings, {
    ...{ on: false, on_noise: true, noise_seconds: 20, noise_minutes: 5 },
    ...{ interval_minutes: 7.5, scale: 0.5 },
  });
  await page.reload();
  await panel.getByLabel("Every so many minutes").waitFor(WAIT);
  assert.equal(await panel.getByLabel("Every so many minutes").inputValue(), "7.5");
  assertClean(visit, desk, "409");
});
