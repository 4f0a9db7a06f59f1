/** In a namespace: the Block page starts, lengthens and ends blocks that really stand, and says where that cannot be. */
import assert from "node:assert/strict";
import { waitFor } from "../daemon_process.ts";
import {
  assertClean,
  assertFine,
  blockedNames,
  HOSTS,
  leftSeconds,
  panel,
  remount,
  said,
  statusOf,
} from "./block_stage.ts";
import { Desk, WAIT } from "./desk.ts";

const HOSTILE = `<b id="bold">thesis</b> \u202egnp.exe 👩‍👩‍👧‍👦`;

await using desk = await Desk.open();
const visit = await desk.visit("/block", { signedIn: true });
const { page } = visit;
const start = panel(page, "Block sites");
const running = panel(page, "Blocked now");

// Nothing can be written: said before anybody tries, and when somebody does.
await panel(page, "Budget of noise").waitFor(WAIT);
await remount("ro");
await page.reload();
await page.getByText("Nothing can be blocked here yet").waitFor(WAIT);
await start.getByRole("button", { name: "Block for 1 h" }).click();
await start.getByRole("alert").getByText(/^Could not block\..*hosts/s).waitFor(WAIT);
assert.deepEqual(blockedNames(), []);
await remount("rw");

// A length of one's own, a site by its address, why.
await start.getByLabel("Other", { exact: true }).check();
const length = start.getByLabel("Minutes, or hours and minutes");
await length.fill("soon");
await start.getByRole("button", { name: "Block", exact: true }).click();
assert.equal((await statusOf(desk)).active, false, "what is wrong is not sent");
await length.fill("1:30");
await start.getByLabel("Social networks").uncheck();
await start.getByLabel("Video").uncheck();
await start.getByRole("button", { name: "Block for 1 h 30 min" }).click();
await start.getByText("Choose a list, or name a site.").waitFor(WAIT);
await start.getByLabel("Other sites").fill("nonsense");
await start.getByText(`"nonsense": not the name of a site`).waitFor(WAIT);
await start.getByLabel("Other sites").fill("https://www.Example.com/a?b, example.org");
await start.getByLabel("Why").fill(HOSTILE);
await page.keyboard.press("Enter");
await said(page, /^Blocked until \d\d:\d\d\.$/);
await running.getByText("www.example.com and example.org").waitFor(WAIT);
await running.getByText(`<b id="bold">thesis</b>`).waitFor(WAIT);
assert.equal(await page.locator("#bold").count(), 0);
assert.ok(
  await page.evaluate("document.activeElement !== document.body"),
  "the keyboard has a place",
);

// The numbers are the daemon's, and the machine's.
const first = (await statusOf(desk)).block!;
assert.deepEqual(first.domains, ["www.example.com", "example.org"]);
assert.equal(blockedNames().length, first.name_count);
await running.getByText(`${first.name_count} names in the hosts file`).waitFor(WAIT);
const { remaining_seconds } = await statusOf(desk);
assert.ok(Math.abs(await leftSeconds(page) - remaining_seconds!) <= 2);
await assertFine(page, "a block that runs");

// Another tab, which is not signed in, shows the same, and lengthens it.
const other = await desk.visit("/block", { width: 360 });
await panel(other.page, "Blocked now").getByText("www.example.com and example.org").waitFor(WAIT);
await panel(other.page, "Blocked now").getByRole("button", { name: "Add 15 min" }).click();
await said(other.page, /^Blocked until/);
const second = (await statusOf(desk)).block!;
const addedS = (Date.parse(second.end) - Date.parse(first.end)) / 1000;
assert.ok(Math.abs(addedS - 900) <= 2, `${addedS}`);
assert.equal(second.reason, first.reason);
await waitFor(async () => await leftSeconds(page) > remaining_seconds! + 600 || undefined);
await assertFine(other.page, "a block that runs, 360 px, signed out");
await other.page.getByRole("link", { name: "History" }).click();
await other.page.getByText("Sign in to see this").waitFor(WAIT);
await other.page.goBack();

// Ended there, gone here.
await panel(other.page, "Blocked now").getByRole("button", { name: "End it now" }).click();
await said(other.page, "The block has ended. The sites can be reached again.");
await start.waitFor(WAIT);
assert.deepEqual(blockedNames(), []);
await other.page.getByLabel("The usual sites").waitFor(WAIT);
assert.ok(await other.page.getByLabel("The usual sites").isChecked());
await other.page.getByRole("button", { name: "Block for 1 h" }).click();
await running.getByText("Social networks and video").waitFor(WAIT);
await waitFor(() => blockedNames().includes("reddit.com") || undefined);

// The countdown goes by the end, not by how often it ticked; and by the daemon's clock where the browser's is off.
const clock = await desk.visit("/block", { signedIn: true });
await panel(clock.page, "Budget of noise").waitFor(WAIT);
await clock.page.clock.install();
await clock.page.reload();
assert.ok(await leftSeconds(clock.page) > 3_500);
const isAbout = async (seconds: number) =>
  Math.abs(await leftSeconds(clock.page) - seconds) <= 60 || undefined;
await clock.page.context().setOffline(true);
await clock.page.clock.fastForward("30:00");
await waitFor(() => isAbout(1_790));
await clock.page.context().setOffline(false);
await clock.page.reload();
await waitFor(() => isAbout(3_590));
await clock.page.context().close();

// Another in its place, a strict one: it cannot be ended, only in an emergency.
await running.getByText("Blocked now").waitFor(WAIT);
await page.getByRole("button", { name: "Block something else" }).click();
const another = panel(page, "Block something else");
await another.getByText("It takes the place of the block that runs.").waitFor(WAIT);
await another.getByLabel("25 min").check();
await another.getByLabel("News").check();
await another.getByLabel("Strict").check();
await another.getByRole("button", { name: "Block for 25 min" }).click();
await running.getByText("Strict").waitFor(WAIT);
assert.equal(await running.getByRole("button", { name: "End it now" }).count(), 0);
await running.getByRole("button", { name: "Emergency…" }).click();
const dialog = page.getByRole("dialog", { name: "End a strict block?" });
await assertFine(page, "the emergency's question");
await page.keyboard.press("Escape");
await dialog.waitFor({ ...WAIT, state: "detached" });
assert.equal(await page.evaluate("document.activeElement.innerText"), "Emergency…");
assert.equal((await statusOf(desk)).block!.emergency_end, null);
await page.keyboard.press("Enter");
await dialog.getByRole("button", { name: "It is an emergency" }).click();
await said(page, /^Declared\. The block ends at \d\d:\d\d\.$/);
await running.getByText("An emergency was declared").waitFor(WAIT);
const left = await leftSeconds(page);
assert.ok(left <= 300 && left > 270, `${left}`);
assert.ok(blockedNames().length > 0);
await page.reload();
await running.getByText("An emergency was declared").waitFor(WAIT);
assertClean(visit, desk, 1);
assertClean(other, desk);

// A block of somebody else's data directory stands in the hosts file: it is said, and can be taken away.
await desk.stop();
const endMs = Date.now() + 3_600_000;
const mark = `prodtracker id=77 start=${Date.now()} end=${endMs} domains=1`;
const original = Deno.readTextFileSync(HOSTS).replace(/# BEGIN prodtracker[^]*# END [^\n]*\n/, "");
Deno.writeTextFileSync(
  HOSTS,
  `${original}# BEGIN ${mark}\n0.0.0.0 else.example\n:: else.example\n# END ${mark}\n`,
);
await using elsewhere = await Desk.open();
const stray = await elsewhere.visit("/block", { signedIn: true });
await panel(stray.page, "Blocked now").getByText("1 name that this history does not know")
  .waitFor(WAIT);
await panel(stray.page, "Blocked now").getByRole("button", { name: "Take them away" }).click();
await said(stray.page, "Taken away.");
await panel(stray.page, "Block sites").waitFor(WAIT);
assert.equal(Deno.readTextFileSync(HOSTS), original);
assertClean(stray, elsewhere);
