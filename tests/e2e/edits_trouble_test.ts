/**
 * The Edits page where things go wrong: late answers, failing writes, two tabs, other days.
 * @module
 */
import assert from "node:assert/strict";
import type { WireDay } from "../../web/wire.ts";
import { Desk, DESK_NEEDS, WAIT } from "./desk.ts";
import { DATE, dialogOf, edits, pick, record, rowOf, saying } from "./edits_stage.ts";

const { ignore, suffix } = DESK_NEEDS;

Deno.test({
  name:
    `edits page deletes nothing that it has not told, and keeps what could not be saved${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await record(desk);
  const { page } = await desk.visit(`/edits?date=${DATE}`, { signedIn: true });
  const other = await desk.visit(`/edits?date=${DATE}`, { signedIn: true });
  await rowOf(other.page, "tides.ts").waitFor(WAIT);
  const bar = page.getByRole("group", { name: "Edit", exact: true });
  await rowOf(page, "tides.ts").getByRole("button").click();
  await bar.getByRole("button", { name: "Delete" }).click();
  const dialog = dialogOf(page, "Delete from the record");
  const confirm = dialog.getByRole("button", { name: "Delete" });
  await dialog.getByText("1 record: 30\u202fmin signal").waitFor(WAIT);

  // What would go is asked, and not yet answered: the old answer is about something else.
  const held = Promise.withResolvers<void>();
  const asked: string[] = [];
  await page.route("**/edits/deletions", async (route) => {
    const body = route.request().postData() ?? "";
    asked.push(body);
    if (body.includes("dry_run")) await held.promise;
    await route.continue();
  });
  await dialog.getByLabel("What goes").selectOption({ label: "Everything in this time" });
  await confirm.and(page.locator("[aria-disabled=true]")).waitFor(WAIT);
  await confirm.click({ force: true });
  await dialog.getByLabel("From").press("Enter");
  held.resolve();
  await confirm.and(page.locator(":not([aria-disabled])")).waitFor(WAIT);
  assert.ok(asked.length > 0 && asked.every((body) => body.includes("dry_run")), asked.join());
  assert.deepEqual(await edits(desk), []);

  // The daemon does not answer: what was typed, and the keyboard, stay where they are.
  await page.unroute("**/edits/deletions");
  await page.keyboard.press("Escape");
  await bar.getByRole("button", { name: "What was it?" }).click();
  const entry = dialogOf(page, "What was it?");
  await entry.getByLabel("What you did").fill("Reading");
  await pick(entry, "Neutral");
  await page.route("**/edits/entries", (route) => route.abort());
  await entry.getByRole("button", { name: "Save" }).press("Enter");
  await entry.getByRole("alert").filter({ hasText: "Could not save the entry" }).waitFor(WAIT);
  await entry.getByRole("button", { name: "Save" }).and(page.locator(":focus")).waitFor(WAIT);
  assert.equal(await entry.getByLabel("What you did").inputValue(), "Reading");
  await page.unroute("**/edits/entries");
  // Pressed twice, it is saved once.
  await entry.getByRole("button", { name: "Save" }).dblclick();
  await saying(page, "Added 30\u202fmin");
  assert.equal((await edits(desk)).length, 1);

  // Another tab has it at once; what one of them takes back, the other cannot take back again.
  await rowOf(other.page, "Reading").waitFor(WAIT);
  await other.page.getByRole("region", { name: "Your edits" })
    .getByRole("button", { name: /^Undo: Added/ }).click();
  await rowOf(page, "Reading").waitFor({ ...WAIT, state: "detached" });
  await page.locator(".saying").getByRole("button", { name: "Undo" }).click();
  await saying(page, /Could not undo. .*undone already/);
});

Deno.test({
  name: `edits page means the day that it shows${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await record(desk);
  // What an address chooses on another day is not chosen on this one.
  const from = new Date(2026, 0, 14, 10).toISOString(),
    to = new Date(2026, 0, 14, 11).toISOString();
  const { page, problems } = await desk.visit(`/edits?date=${DATE}&from=${from}&to=${to}`, {
    signedIn: true,
  });
  const bar = page.getByRole("group", { name: "Edit", exact: true });
  await rowOf(page, "tides.ts").waitFor(WAIT);
  await bar.getByText("Choose an hour or a row").waitFor(WAIT);
  // A note is about the day that is shown.
  await page.getByRole("button", { name: "Write a note" }).click();
  const dialog = dialogOf(page, "Write a note");
  assert.equal(await dialog.getByLabel("About this moment").count(), 0);
  await dialog.getByLabel("Note", { exact: true }).fill("on the day");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("Say when it began.").waitFor(WAIT);
  await dialog.getByLabel("From").fill("09:00:00");
  await dialog.getByLabel("To").fill("09:10:00");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByRole("region", { name: "Notes", exact: true }).getByText("on the day")
    .waitFor(WAIT);

  // Today, the hour that goes on is chosen as far as it has been.
  await page.goto(`${desk.url}/edits`);
  await page.getByRole("slider", { name: /^Hours of the day/ }).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  const lastHour = (await desk.get<WireDay>("/activity/day")).hours.at(-1)!;
  if (Date.parse(lastHour.start) > Date.now()) {
    await bar.getByText("Choose an hour or a row").waitFor(WAIT);
  }
  await page.getByRole("button", { name: "Write a note" }).click();
  assert.ok(await dialog.getByLabel("About this moment").isChecked());
  assert.deepEqual(problems, []);
});
