/** In a namespace: schedules, sites, lists, the budget, checks and the history of the Block page. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { WireBlock, WireSchedule } from "../../daemon/api/blocker.ts";
import type { WireLoop } from "../../daemon/api/loop.ts";
import type { WireDomains } from "../../web/block/wire.ts";
import { waitFor } from "../daemon_process.ts";
import { assertClean, assertFine, blockedNames, panel, said, statusOf } from "./block_stage.ts";
import { Desk, WAIT } from "./desk.ts";

await using desk = await Desk.open();
const visit = await desk.visit("/block?section=sites", { signedIn: true });
const { page } = visit;
const domains = () => desk.get<WireDomains>("/blocker/domains");

// One's own sites.
const own = panel(page, "Your sites");
await own.getByLabel("Block these sites").fill("nonsense");
await page.keyboard.press("Enter");
await own.getByText(`"nonsense": not the name`).waitFor(WAIT);
await own.getByLabel("Block these sites").fill("reddit.com, https://www.9gag.com/hot");
await page.keyboard.press("Enter");
await said(page, "Added 2 sites.");
await own.getByText("2 sites").waitFor(WAIT);
const allowed = panel(page, "Never blocked");
await allowed.getByLabel("Never block these sites").fill("old.reddit.com");
await allowed.getByRole("button", { name: /^Add/ }).click();
await said(page, "Added old.reddit.com.");
assert.deepEqual((await domains()).blocked, ["reddit.com", "www.9gag.com"]);
assert.deepEqual((await domains()).allowed, ["old.reddit.com"]);
await own.getByRole("button", { name: "Remove www.9gag.com" }).press("Enter");
await said(page, "Removed www.9gag.com.");
assert.deepEqual((await domains()).blocked, ["reddit.com"]);
await page.locator(".saying").getByRole("button", { name: "Undo" }).click();
await own.getByRole("button", { name: "Remove www.9gag.com" }).waitFor(WAIT);
assert.deepEqual((await domains()).blocked, ["reddit.com", "www.9gag.com"]);

// What another tab adds is not lost, and shown here.
await desk.send("PUT", "/blocker/domains", {
  blocked: ["reddit.com", "www.9gag.com", "a.example"],
});
await own.getByText("a.example").waitFor(WAIT);

// A list in a file, with a line that cannot be used, and one that is not there.
const lists = panel(page, "Lists");
const folder = await Deno.makeTempDir();
const file = join(folder, "ads.txt");
const names = Array.from({ length: 3_000 }, (_, i) => `0.0.0.0 ad-${i}.example`);
await Deno.writeTextFile(file, [...names, "<html>"].join("\n"));
await lists.getByLabel("File").fill(join(folder, "nowhere.txt"));
await lists.getByRole("button", { name: "Add the list" }).click();
await page.getByRole("alert").getByText(/Could not change them.*nowhere\.txt/).waitFor(WAIT);
await lists.getByLabel("File").fill(file);
await page.keyboard.press("Enter");
await said(page, "Added the list ads.");
await lists.getByText("1 line holds no name: line 3001").waitFor(WAIT);
await lists.getByText("3,000 sites").waitFor(WAIT);
await lists.getByRole("button", { name: "Show ads" }).click();
const shown = page.getByRole("dialog", { name: "ads" });
await shown.getByText("ad-99.example").waitFor(WAIT);
await shown.getByText("and 2,900 more sites").waitFor(WAIT);
await shown.getByLabel("Search in ads").fill("ad-2999");
await shown.getByText("ad-2999.example").waitFor(WAIT);
assert.equal(await shown.getByRole("listitem").count(), 1);
await shown.getByRole("button", { name: "Close" }).click();
await assertFine(page, "sites and lists");

// A schedule that holds now: its block begins by itself.
const inMinutes = (minutes: number) =>
  new Date(Date.now() + minutes * 60_000).toTimeString().slice(0, 5);
await page.getByRole("link", { name: "Schedules", exact: true }).click();
const schedules = panel(page, "Schedules");
await schedules.getByText("No schedules yet").waitFor(WAIT);
await schedules.getByRole("button", { name: "New schedule" }).click();
const form = page.getByRole("dialog", { name: "New schedule" });
for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) {
  await form.getByLabel(day).uncheck();
}
await form.getByText("Choose at least one day.").waitFor(WAIT);
await form.getByRole("button", { name: "Every day" }).click();
await form.getByLabel("From").fill(inMinutes(-60));
await form.getByLabel("To").fill(inMinutes(120));
await form.getByText("3 h").waitFor(WAIT);
await form.getByLabel("Your sites").uncheck();
await form.getByLabel("ads").check();
await form.getByLabel("Other sites").fill("b.example");
await assertFine(page, "a schedule's form");
await form.getByRole("button", { name: "Save" }).click();
await said(page, "Schedule saved.");
const row = schedules.getByRole("listitem");
await row.getByText(/^every day, \d\d:\d\d to \d\d:\d\d/).waitFor(WAIT);
await row.getByText("ads and b.example").waitFor(WAIT);
await row.getByText(/now, until/).waitFor(WAIT);
await page.getByRole("link", { name: "Now", exact: true }).click();
const running = panel(page, "Blocked now");
await running.getByText(/By schedule at/).waitFor(WAIT);
const hasBoth = () => ["ad-7.example", "b.example"].every((name) => blockedNames().includes(name));
await waitFor(() => hasBoth() || undefined);
await panel(page, "Next scheduled block").getByText(/^tomorrow|^\d\d:\d\d to/).waitFor(WAIT);

// What a check finds, whether it is kept over a reload, and of which block it was.
await running.getByRole("link", { name: "Does it hold?" }).click();
const check = panel(page, "Does the block hold?");
await check.getByText("Not checked yet").waitFor(WAIT);
await check.getByRole("button", { name: "Check now" }).click();
await said(page, /^Checked: /);
await check.getByRole("listitem").filter({ hasText: "Hosts file" }).getByText("Holds").waitFor(
  WAIT,
);
const findings = await desk.get<{ findings: { remedy: string | null }[] }>("/blocker/check/last");
assert.equal(await check.getByRole("listitem").count(), findings.findings.length);
for (const { remedy } of findings.findings) {
  if (remedy !== null) await check.getByText(remedy).first().waitFor(WAIT);
}
await page.reload();
await check.getByText(/^Checked \d\d:\d\d\.$/).waitFor(WAIT);
const means = panel(page, "Blocking on this computer");
await means.getByText("It is not needed: the hosts file can be written").waitFor(WAIT);
await means.getByText("What it puts where").click();
await means.getByText("/etc/sudoers.d/prodtracker").or(
  means.getByText("/usr/local/lib/prodtracker/deno"),
)
  .first().waitFor(WAIT);
await assertFine(page, "what a check found");

// Ended by hand, a turn does not begin again; deleted, a schedule can come back.
await page.goBack();
await running.getByRole("button", { name: "End it now" }).click();
await panel(page, "Block sites").waitFor(WAIT);
await page.getByRole("link", { name: "Schedules", exact: true }).first().click();
await row.getByText(/ended by hand; next/).waitFor(WAIT);
await row.getByRole("button", { name: /^Change/ }).click();
const change = page.getByRole("dialog", { name: "Change the schedule" });
await change.getByLabel("Strict").check();
await change.getByRole("button", { name: "Save" }).click();
await said(page, "Schedule changed.");
await row.getByText("Strict").waitFor(WAIT);
const stored = await desk.get<WireSchedule[]>("/blocker/schedules");
assert.deepEqual([stored.length, stored[0].strict, stored[0].domains], [1, true, ["b.example"]]);
await row.getByRole("button", { name: /^Delete/ }).click();
await said(page, "Deleted the schedule of every day.");
await schedules.getByText("No schedules yet").waitFor(WAIT);
await page.locator(".saying").getByRole("button", { name: "Undo" }).click();
await row.getByText("Strict").waitFor(WAIT);
assert.deepEqual(await desk.get("/blocker/schedules"), stored);

// The budget is the loop's, and nothing else of it changes.
const budget = panel(page, "Budget of noise");
const before = (await desk.get<WireLoop>("/loop")).config;
await budget.getByText(/of 30.min/).waitFor(WAIT);
await budget.getByRole("button", { name: "Change the budget" }).click();
const settings = page.getByRole("dialog", { name: "Budget of noise" });
await settings.getByLabel("Minutes of noise a day").fill("0");
await settings.getByText("Allowed is 1 to 720.").waitFor(WAIT);
await settings.getByLabel("Minutes of noise a day").fill("45");
await settings.getByLabel("Block when nudges do not help").check();
await settings.getByLabel("Minutes of each block").fill("20");
await settings.getByLabel("News").check();
await assertFine(page, "the budget's form");
await settings.getByRole("button", { name: "Save" }).click();
await said(page, "Budget saved.");
await budget.getByText(/of 45.min/).waitFor(WAIT);
const { config } = await desk.get<WireLoop>("/loop");
assert.deepEqual(config, {
  ...before,
  rules: {
    ...before.rules,
    budget: { on: true, minutes: 45, steps: { ...before.rules.budget.steps, block: true } },
  },
  block: { ...before.block, minutes: 20, lists: ["news"] },
});
await assertFine(page, "schedules");

// The history is the daemon's, newest first; others' texts are texts.
const reason = `<i id="italic">${"x".repeat(400)}</i> \u2067\u05d0\u05d1 👩‍👩‍👧‍👦`;
await desk.send("POST", "/blocker/manual_block", {
  duration_minutes: 5,
  domains: ["c.example"],
  reason,
});
await page.getByRole("link", { name: "History", exact: true }).click();
const rows = page.getByRole("table").getByRole("row");
await rows.nth(1).getByText("Runs").waitFor(WAIT);
await rows.nth(1).getByText(/^<i id="italic">x+…/).waitFor(WAIT);
assert.equal(await page.locator("#italic").count(), 0);
await rows.nth(2).getByText("Ended by hand").waitFor(WAIT);
const history = await desk.get<WireBlock[]>("/blocker/history");
assert.equal(await rows.count(), history.length + 1);
await page.getByRole("slider", { name: "Blocked time, last 14 days" }).focus();
await page.keyboard.press("ArrowLeft");
await assertFine(page, "history");
await page.setViewportSize({ width: 360, height: 740 });
await assertFine(page, "history, 360 px");
for (const section of ["", "?section=schedules", "?section=sites", "?section=check"]) {
  await page.goto(`${desk.url}/block${section}`);
  await assertFine(page, `${section}, 360 px`);
}
await desk.send("POST", "/blocker/manual_unblock", {});
assert.equal((await statusOf(desk)).active, false);
assert.deepEqual(blockedNames(), []);
await Deno.remove(folder, { recursive: true });
assertClean(visit, desk, 1);
