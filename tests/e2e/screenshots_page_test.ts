/**
 * Screenshots in the settings: real pictures of a real desktop, taken, shown and deleted in a real browser.
 * @module
 */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Page } from "playwright-core";
import type { WireScreenshot, WireScreenshotSettings } from "../../daemon/api/screenshots.ts";
import type { WireEvent } from "../../daemon/api/wire.ts";
import { waitFor } from "../daemon_process.ts";
import { type Desk, WAIT } from "./desk.ts";
import {
  assertClean,
  assertFits,
  button,
  HOSTILE,
  open,
  region,
  said,
  SECRET,
  test,
  waitForFocus,
} from "./privacy_stage.ts";

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

/** Counts the addresses of pictures that a page makes, and gives back. */
const COUNT_URLS = `globalThis.urls = { made: 0, revoked: 0 };
  for (const [name, counted] of [["createObjectURL", "made"], ["revokeObjectURL", "revoked"]]) {
    const known = URL[name];
    URL[name] = (what) => (urls[counted]++, known.call(URL, what));
  }`;

/** Copies a picture so many times, onto the two days before and its own. */
async function repeatShot(desk: Desk, id: number, times: number): Promise<void> {
  const { path } = await desk.send<{ path: string }>("POST", "/backup", {});
  const dataDir = dirname(dirname(path));
  using db = new DatabaseSync(join(dataDir, "prodtracker.db"));
  db.exec("PRAGMA busy_timeout = 5000");
  const { file } = db.prepare("SELECT file FROM screenshot WHERE id = ?").get(id)!;
  const add = db.prepare(
    `INSERT INTO screenshot (at_ms, reason, monitor, width_px, height_px, bytes, sha256, file)
     SELECT at_ms - ?, 'interval', monitor, width_px, height_px, bytes, sha256, ?
     FROM screenshot WHERE id = ?`,
  );
  for (let i = 1; i <= times; i++) {
    const copy = join(dirname(String(file)), `copy-${i}.png`);
    await Deno.copyFile(
      join(dataDir, "screenshots", String(file)),
      join(dataDir, "screenshots", copy),
    );
    add.run((i % 3) * 86_400_000 + i, copy, id);
  }
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
    await page.getByText("On noise that lasts 5 s, at most one in 5 min; not by the clock").waitFor(
      WAIT,
    );
    await assertFits(page, "without any");

    await button(page, "Take one now").click();
    await said(page, "Took 1 screenshot.").waitFor(WAIT);
    const thumbnails = gallery.locator("a.shot");
    assert.match(await middleOf(page, "a.shot img"), /^1(8|9)\d 1\d 3\d$/);
    await button(page, "In 5 seconds").click();
    await button(page, /^Cancel/).click();
    await button(page, "In 5 seconds").click();
    await gallery.getByText("2 screenshots").waitFor(WAIT);
    // One that another has taken appears by itself.
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
    await page.addInitScript(COUNT_URLS);
    await page.reload();
    await viewer.locator(".viewer-picture img").waitFor(WAIT);
    await page.goBack();
    await viewer.waitFor({ ...WAIT, state: "detached" });
    await page.goForward();
    await viewer.locator(".viewer-picture img").waitFor(WAIT);
    assert.equal(new URL(page.url()).searchParams.get("shot"), String(newest.id));
    await button(viewer, "Own size").click();
    const size = await viewer.locator(".viewer-picture img").boundingBox();
    assert.deepEqual([size?.width, size?.height], [newest.width_px, newest.height_px]);
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

    // More than are shown at first, on three days.
    const [shot] = (await desk.send<{ screenshots: WireScreenshot[] }>("POST", "/screenshots", {}))
      .screenshots;
    await repeatShot(desk, shot.id, 100);
    await page.reload();
    await gallery.getByText(/^\d+ and more$/).waitFor(WAIT);
    assert.equal(await thumbnails.count(), 60);
    await button(gallery, "Show older ones").click();
    await waitFor(async () => await thumbnails.count() === 101 || undefined);
    assert.equal(await gallery.getByText(/^\d+ screenshots?$/).count(), 3);
    await page.keyboard.press("End");
    await thumbnails.last().focus();
    await gallery.locator("li:last-child a.shot img").last().waitFor(WAIT);
    await page.keyboard.press("Home");
    await waitForFocus(page, `focused.dataset.shot === "${shot.id}"`);
    const counts = () => page.evaluate<number[]>("[globalThis.urls.made, globalThis.urls.revoked]");
    const [made] = await counts();
    assert.ok(made >= 5 && made < 101, `${made} pictures read of 101, as few can be seen`);
    // Every picture's memory is given back with its place on the page.
    await page.getByRole("link", { name: "Privacy" }).click();
    await region(page, "Privacy rules").waitFor(WAIT);
    await waitFor(async () => {
      const [made, revoked] = await counts();
      return made === revoked || undefined;
    });
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
  await page.getByText("None is taken unasked now.").waitFor(WAIT);
  await button(page, "Take one now").click();
  await page.getByText(/Could not take a screenshot\. A window that must not be in one/).waitFor(
    WAIT,
  );
  const panel = region(page, "When they are taken unasked");
  await panel.getByText("On noise that lasts 5 s, at most one in 5 min; not by the clock").click();
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
  await panel.getByText(/; by the clock every 7.5 min$/).click();
  assert.equal(await panel.getByLabel("Every so many minutes").inputValue(), "7.5");
  assertClean(visit, desk, "409");
});
