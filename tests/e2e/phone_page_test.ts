/**
 * The Phone page as a person uses it: a real daemon, real signed heartbeats, and a real browser at both ends.
 * @module
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { needsNamespace, runInside } from "../blocker/namespace.ts";
import { waitFor } from "../daemon_process.ts";
import { nowS, Phone } from "../phone/phone.ts";
import { assertAccessible } from "./axe.ts";
import { HOSTILE, INSTAGRAM, PHONE_NEEDS, PhoneStage, scan, WAIT } from "./phone_stage.ts";

const { ignore, suffix } = PHONE_NEEDS;

interface Device {
  readonly device_id: string;
  readonly name: string;
  readonly revoked: string | null;
}

interface PhoneDay {
  readonly date: string;
  readonly screen_seconds: number;
  readonly hours: readonly { readonly noise_seconds: number }[];
  readonly apps: readonly unknown[];
}

const devices = (stage: PhoneStage) => stage.daemon.get<Device[]>("/phone/devices");
const phones = (page: Page) => page.getByRole("region", { name: "Phones", exact: true });
const apps = (page: Page) => page.getByRole("region", { name: "Distracting apps" });

async function assertFits(page: Page): Promise<void> {
  const tooWide = await page.evaluate(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  assert.equal(tooWide, 0, "the page scrolls sideways");
}

/** All that a page shows, holds in its fields and keeps in its storage, and its address. */
const traces = (page: Page) =>
  page.evaluate<string>(`[
    document.documentElement.outerHTML,
    ...[...document.querySelectorAll("input")].map(({ value }) => value),
    ...Object.values(localStorage),
    ...Object.values(sessionStorage),
    location.href,
  ].join("\\n")`);

Deno.test({
  name: `phone page pairs a phone by a code that it scans, once, and hears of it live${suffix}`,
  ignore,
}, async () => {
  await using stage = await PhoneStage.open({ PC_IP: "127.0.0.1" });
  const { page, problems, hosts } = await stage.visit();
  const empty = page.getByRole("region", { name: "No phone yet" });
  await empty.getByText("No phone is paired").waitFor(WAIT);
  await assertAccessible(page);
  await empty.getByRole("button", { name: "Pair a phone" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Pixel é 8");
  assert.equal(await dialog.getByLabel("Id").inputValue(), "pixel-e-8");
  await dialog.getByRole("button", { name: "Show the code" }).click();
  const link = new URL(await scan(page));
  assert.equal(link.hostname, "127.0.0.1");
  assert.notEqual(link.port, new URL(stage.daemon.url).port, "phones have a port of their own");
  assert.match(await dialog.getByRole("timer").innerText(), /^(10:00|9:\d\d)$/);
  await assertAccessible(page);
  assert.deepEqual(await devices(stage), [], "nothing is paired by showing it");

  // The phone's own browser.
  const first = await stage.open(link.href, { viewport: { width: 360, height: 700 } });
  await first.page.getByText("This phone is paired.").waitFor(WAIT);
  assert.equal(new URL(first.page.url()).hash, "");
  await assertFits(first.page);
  await assertAccessible(first.page);
  await dialog.getByText("Pixel é 8 is paired.").waitFor(WAIT);
  assert.equal(await page.getByRole("img", { name: "Code that pairs the phone" }).count(), 0);
  const second = await stage.open(link.href);
  await second.page.getByText("This code has run out, or was used already").waitFor(WAIT);

  const text = new TextDecoder().decode(
    Uint8Array.fromBase64(link.hash.slice(1), { alphabet: "base64url" }),
  );
  const phone = new Phone(stage.daemon.url, "pixel-e-8", JSON.parse(text).secret);
  const beat = (foreground_app: string, screen_on = true, timestamp = nowS()) =>
    phone.beat({ timestamp, screen_on, foreground_app });
  // A phone's clock may be behind.
  assert.equal((await beat(INSTAGRAM, true, nowS() - 200)).status, 200);
  await dialog.getByText("Its heartbeats arrive.").waitFor(WAIT);
  assert.equal((await beat(INSTAGRAM)).status, 200);
  await dialog.getByRole("button", { name: "Done" }).click();
  await phones(page).getByText("Instagram").waitFor(WAIT);
  assert.equal((await beat(INSTAGRAM, false)).status, 200);
  await phones(page).getByText("Screen off").waitFor(WAIT);
  // What was refused stands in the second phone's console, and nowhere else.
  assert.deepEqual([...problems, ...first.problems], []);
  assert.deepEqual([...hosts], [new URL(stage.daemon.url).host]);
});

Deno.test({
  name: `phone page takes a code back that nobody used, and pairs by hand${suffix}`,
  ignore,
}, async () => {
  await using stage = await PhoneStage.open({ PC_IP: "127.0.0.1" });
  const { page, problems } = await stage.visit();
  await page.getByRole("button", { name: "Pair a phone" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Show the code" }).click();
  const link = await scan(page);
  const gone = page.waitForResponse(/offer\/withdraw/);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  assert.equal((await gone).status(), 200);
  const late = await stage.open(link);
  await late.page.getByText("This code has run out, or was used already").waitFor(WAIT);
  // A code that cannot be drawn, as the daemon is another by now, is not waited for.
  const drawer = await stage.visit();
  await drawer.page.getByRole("button", { name: "Pair a phone" }).click();
  await drawer.page.getByRole("dialog").getByLabel("Name").fill("Never");
  await drawer.page.route(/\/assets\//, (route) => route.abort());
  await drawer.page.getByRole("button", { name: "Show the code" }).click();
  await drawer.page.getByText("The code cannot be drawn.").waitFor(WAIT);
  await drawer.page.close();
  // Nor does a page that was loaded again leave one behind; who goes by keyboard stays in the dialog.
  await page.getByRole("button", { name: "Pair a phone" }).click();
  await dialog.getByRole("button", { name: "Show the code" }).press("Enter");
  const left = await scan(page);
  assert.equal(await page.evaluate("document.activeElement.closest('dialog') !== null"), true);
  await page.reload();
  await page.getByRole("button", { name: "Pair a phone" }).waitFor(WAIT);
  const after = await stage.open(left);
  await after.page.getByText("This code has run out, or was used already").waitFor(WAIT);

  await page.getByRole("button", { name: "Pair a phone" }).click();
  await dialog.getByLabel("Name").fill("Old phone");
  await dialog.getByRole("button", { name: "Pair by hand" }).click();
  const secret = await dialog.getByLabel("Secret", { exact: true }).inputValue();
  assert.ok((await traces(page)).includes(secret), "it stands where it is looked for");
  await assertAccessible(page);
  const phone = new Phone(stage.daemon.url, "old-phone", secret);
  const beat = () => phone.beat({ timestamp: nowS(), screen_on: true, foreground_app: "x" });
  assert.equal((await beat()).status, 200);
  await dialog.getByRole("button", { name: "I have copied them" }).click();
  assert.ok(!(await traces(page)).includes(secret));

  // Another secret for it, taken by the phone; then none at all, after asking.
  const row = phones(page).getByRole("listitem");
  await row.getByRole("button", { name: "Rename Old phone" }).click();
  await dialog.getByLabel("Name").fill("Daily phone");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByRole("status").getByText("Renamed").waitFor(WAIT);
  assert.equal((await devices(stage))[0].name, "Daily phone");
  await row.getByRole("button", { name: "New secret for Daily phone" }).click();
  await dialog.getByRole("button", { name: "Show the code" }).click();
  const again = await stage.open(await scan(page));
  await again.page.getByText("This phone is paired.").waitFor(WAIT);
  await dialog.getByText("Daily phone is paired.").waitFor(WAIT);
  await dialog.getByRole("button", { name: "Done" }).click();
  assert.equal((await beat()).status, 401, "the old secret is no more");
  await row.getByRole("button", { name: "Revoke Daily phone" }).click();
  await dialog.getByRole("button", { name: "Keep it" }).click();
  assert.equal((await devices(stage))[0].revoked, null);
  await row.getByRole("button", { name: "Revoke Daily phone" }).click();
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await page.getByText("No phone is paired now.").waitFor(WAIT);
  assert.notEqual((await devices(stage))[0].revoked, null);
  await page.getByText("Its secret was taken away; what it told stays").waitFor(WAIT);
  assert.deepEqual(problems, []);
});

Deno.test({
  name: `phone page shows a phone's days, to be found again by their address${suffix}`,
  ignore,
}, async () => {
  await using stage = await PhoneStage.open({ TZ: "UTC" });
  await stage.usedPhone("pixel-8");
  await stage.usedPhone("tablet");
  const day = (date: string) => stage.daemon.get<PhoneDay>(`/phone/day?device_id=pixel-8${date}`);
  // What was told lies on one day, or on two when one began meanwhile.
  const date = await waitFor(async () => {
    const { date } = await day("");
    const all = await Promise.all(
      [date, dayBefore(date)].map((date) => day(`&date=${date}`)),
    );
    const seconds = all.reduce((sum, { screen_seconds }) => sum + screen_seconds, 0);
    return seconds === 2_100 ? all.find(({ apps }) => apps.length > 0)?.date : undefined;
  });
  const { page, problems, hosts } = await stage.visit(`/phone?device=pixel-8&date=${date}`);
  const told = await day(`&date=${date}`);
  const region = page.getByRole("region", { name: /^pixel-8/ });
  const rows = region.getByRole("row");
  await rows.nth(told.apps.length).waitFor(WAIT);
  await region.getByText(new RegExp(`^${Math.floor(told.screen_seconds / 60)}.min$`)).first()
    .waitFor(WAIT);
  // The app's name is text and nothing else, and turns nothing around.
  assert.equal(await page.locator("#bold").count(), 0);
  assert.ok(!(await page.content()).includes("\u202e"));
  const chart = region.getByRole("slider", { name: "By hour" });
  await chart.focus();
  await page.keyboard.press("Home");
  for (const { noise_seconds } of told.hours) {
    const spoken = await chart.getAttribute("aria-valuetext");
    const minutes = /noise (\d+).min/.exec(spoken ?? "")?.[1] ?? "0";
    assert.equal(Number(minutes), Math.floor(noise_seconds / 60), spoken ?? "");
    await page.keyboard.press("ArrowRight");
  }

  await region.getByRole("button", { name: "Day before" }).click();
  await region.getByText("Nothing was told for this day").waitFor(WAIT);
  assert.equal(new URL(page.url()).searchParams.get("date"), dayBefore(date));
  await page.goBack();
  await rows.nth(told.apps.length).waitFor(WAIT);
  // What cannot be read is not told of by the numbers of another phone.
  await page.route(/device_id=tablet/, (route) => route.abort());
  await phones(page).getByRole("button", { name: "tablet", exact: true }).click();
  const tablet = page.getByRole("region", { name: /^tablet/ });
  await tablet.getByText("Could not read this day.").waitFor(WAIT);
  assert.equal(await tablet.getByRole("row").count(), 0);
  await page.unroute(/device_id=tablet/);
  await tablet.getByRole("button", { name: "Try again" }).click();
  await tablet.getByRole("row").first().waitFor(WAIT);
  await page.reload();
  await page.getByRole("region", { name: /^tablet/ }).waitFor(WAIT);
  await page.goBack();
  await region.waitFor(WAIT);
  assert.deepEqual(problems.filter((text) => !text.includes("net::ERR_FAILED")), []);
  assert.deepEqual([...hosts], [new URL(stage.daemon.url).host]);
});

Deno.test({
  name: `phone page says which apps distract, and makes others do so${suffix}`,
  ignore,
}, async () => {
  await using stage = await PhoneStage.open();
  await stage.usedPhone("pixel-8");
  await waitFor(async () => (await stage.daemon.get<unknown[]>("/phone/apps")).length === 3);
  const { page, problems } = await stage.visit("/phone", { viewport: { width: 360, height: 800 } });
  const list = apps(page);
  const instagram = list.getByRole("combobox", { name: "Instagram counts as" });
  await instagram.waitFor(WAIT);
  assert.equal(await instagram.inputValue(), "noise");
  await instagram.focus();
  await instagram.selectOption("Signal");
  await page.getByText("Saved: Instagram counts as signal").waitFor(WAIT);
  // It goes down in the list, and whoever has chosen by keyboard goes with it.
  await instagram.and(page.locator(":focus")).waitFor(WAIT);
  const rules = () => stage.daemon.get<unknown[]>("/rules");
  assert.deepEqual(await rules(), [{ match: "app", exact: INSTAGRAM, class: "signal" }]);
  await waitFor(async () => {
    const summary = await stage.daemon.get<{ distracting_seconds: number }>(
      "/phone/summary?device_id=pixel-8&minutes=600",
    );
    return summary.distracting_seconds === 0;
  });
  await instagram.selectOption("As the other rules have it");
  await page.getByText("Saved: Instagram counts as the other rules have it").waitFor(WAIT);
  assert.deepEqual(await rules(), []);

  await list.getByLabel("Another app that distracts").fill(HOSTILE.slice(0, 40));
  await list.getByRole("button", { name: "Add" }).click();
  await list.getByText("not seen").waitFor(WAIT);
  assert.equal((await rules()).length, 1);
  assert.equal(await page.locator("#bold").count(), 0);
  await assertFits(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await assertAccessible(page);
  await page.emulateMedia({ colorScheme: "light" });
  await assertAccessible(page);
  await page.setViewportSize({ width: 2560, height: 1440 });
  await assertFits(page);
  assert.deepEqual(problems, []);
});

const namespaced = needsNamespace("chromium");
Deno.test({
  name: `phone page blocks at once, and says so when it cannot${namespaced.suffix}`,
  ignore: namespaced.ignore,
}, async () => {
  await runInside("../e2e/inside_phone_block.ts", { hosts: "bind mount" });
});

function dayBefore(date: string): string {
  return new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
}
