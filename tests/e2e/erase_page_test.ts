/**
 * Keeping and erasing in the settings: every action in a real browser, what is left looked for in database and copies.
 * @module
 */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { WireErasurePreview, WireErasures } from "../../daemon/api/erasure.ts";
import type { WireEvent } from "../../daemon/api/wire.ts";
import type { Retention } from "../../daemon/core/retention.ts";
import { WAIT } from "./desk.ts";
import {
  assertClean,
  assertFits,
  button,
  open,
  record,
  region,
  said,
  SECRET,
  test,
} from "./privacy_stage.ts";

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
