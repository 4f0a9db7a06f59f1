/**
 * The Edits page: what was recorded, corrected in a real browser on the real daemon.
 * @module
 */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { WireNote } from "../../daemon/api/edits_wire.ts";
import { assertAccessible } from "./axe.ts";
import { Desk, DESK_NEEDS, WAIT } from "./desk.ts";
import {
  at,
  DATE,
  dialogOf,
  edits,
  HOSTILE,
  pick,
  record,
  rowOf,
  saying,
  seconds,
} from "./edits_stage.ts";

const { ignore, suffix } = DESK_NEEDS;

Deno.test({
  name: `edits page says what a time was, and takes it back${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await record(desk);
  const before = await seconds(desk);
  assert.deepEqual(before, { signal: (40 + 50 + 30) * 60, noise: 1800, neutral: 0 });
  const { page, problems, hosts } = await desk.visit(`/edits?date=${DATE}`, { signedIn: true });

  await page.getByRole("button", { name: "Add an entry" }).click();
  const dialog = dialogOf(page, "Add an entry");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("Say what it was.").waitFor(WAIT);
  await dialog.getByText("Choose what it counts as.").waitFor(WAIT);
  await dialog.getByText("Say when it began.").waitFor({ ...WAIT, state: "attached" });
  await dialog.getByLabel("What you did").fill("Walk to the pier");
  await dialog.getByLabel("From").fill("09:30:00");
  await dialog.getByLabel("To").fill("10:00:00");
  await pick(dialog, "Neutral");
  await dialog.getByLabel("Category").fill("life");
  await dialog.getByText("2 records: 10\u202fmin signal, 20\u202fmin noise").waitFor(WAIT);
  await dialog.getByLabel("Category").press("Enter");
  await saying(page, "Added 30\u202fmin");
  await rowOf(page, "Walk to the pier").waitFor(WAIT);
  assert.deepEqual(await seconds(desk), { signal: 110 * 60, noise: 600, neutral: 1800 });
  const [made] = await edits(desk);
  assert.deepEqual([made.title, made.category, made.from, made.to], [
    ...["Walk to the pier", "life", at(9, 30), at(10)],
  ]);

  await page.locator(".saying").getByRole("button", { name: "Undo" }).click();
  await saying(page, "Undone");
  await rowOf(page, "Walk to the pier").waitFor({ ...WAIT, state: "detached" });
  assert.deepEqual(await seconds(desk), before);
  const list = page.getByRole("region", { name: "Your edits" });
  await list.getByRole("button", { name: /^Redo: Added/ }).click();
  await rowOf(page, "Walk to the pier").waitFor(WAIT);
  // By keyboard, which stays where it is; a double press undoes, and does not make it again.
  await list.getByRole("button", { name: /^Undo: Added/ }).press("Enter");
  await rowOf(page, "Walk to the pier").waitFor({ ...WAIT, state: "detached" });
  await list.getByRole("button", { name: /^Redo: Added/ }).and(page.locator(":focus"))
    .waitFor(WAIT);
  await page.keyboard.press("Enter");
  await rowOf(page, "Walk to the pier").waitFor(WAIT);
  await list.getByRole("button", { name: /^Undo: Added/ }).dblclick({ delay: 150 });
  await rowOf(page, "Walk to the pier").waitFor({ ...WAIT, state: "detached" });
  assert.deepEqual(await seconds(desk), before);
  assert.ok((await edits(desk))[0].undone_at);
  assert.deepEqual(problems, []);
  assert.deepEqual([...hosts], [new URL(desk.url).host]);
});

Deno.test({
  name: `edits page counts a row differently and deletes one, saying before how much${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await record(desk);
  const { page, problems } = await desk.visit(`/edits?date=${DATE}`, { signedIn: true });
  const bar = page.getByRole("group", { name: "Edit", exact: true });

  await rowOf(page, "A film").getByRole("button").click();
  await bar.getByText("30\u202fmin").waitFor(WAIT);
  await bar.getByRole("button", { name: "Count differently" }).click();
  const change = dialogOf(page, "Count differently");
  await change.getByText("Chosen: 1 record: 30\u202fmin noise").waitFor(WAIT);
  await change.getByLabel("To").fill("10:20:00");
  await change.getByText("In this time: 2 records: 10\u202fmin signal, 30\u202fmin noise").waitFor(
    WAIT,
  );
  await change.getByLabel("To").fill("10:10:00");
  await change.getByText("Chosen: 1 record").waitFor(WAIT);
  await change.getByRole("button", { name: "Save" }).click();
  await change.getByText("Choose what is to change.").waitFor(WAIT);
  await pick(change, "Signal");
  await change.getByRole("button", { name: "Save" }).click();
  await saying(page, "Changed 09:40 – 10:10");
  const focused = await page.evaluate("document.activeElement.textContent.slice(0, 40)");
  assert.equal(focused, "Add an entry", "the focus stays near");
  assert.deepEqual(await seconds(desk), { signal: 150 * 60, noise: 0, neutral: 0 });

  await rowOf(page, "tides.ts").getByRole("button").click();
  await bar.getByRole("button", { name: "Delete" }).click();
  const remove = dialogOf(page, "Delete from the record");
  await remove.getByText("1 record: 30\u202fmin signal").waitFor(WAIT);
  // All of an hour instead, of one source: nothing, and it says so.
  await remove.getByLabel("What goes").selectOption({ label: "Only: phone" });
  await remove.getByText("Goes: nothing").waitFor(WAIT);
  await remove.getByLabel("What goes").selectOption({ label: "This record alone" });
  await remove.getByText("1 record: 30\u202fmin signal").waitFor(WAIT);
  await remove.getByRole("button", { name: "Delete" }).click();
  await saying(page, "Deleted 1 record: 30\u202fmin signal");
  await rowOf(page, "tides.ts").waitFor({ ...WAIT, state: "detached" });
  assert.deepEqual(await seconds(desk), { signal: 120 * 60, noise: 0, neutral: 0 });

  // An older edit of the same time is held by a later one, and the page says by which.
  await desk.send("POST", "/edits/entries", {
    ...{ from: at(9, 40), to: at(10), title: "On top", class: "neutral" },
  });
  const list = page.getByRole("region", { name: "Your edits" });
  await list.getByText("On top").waitFor(WAIT);
  await list.getByRole("button", { name: /^Undo: Changed/ }).click();
  await list.getByRole("alert").filter({ hasText: "Could not do that" }).waitFor(WAIT);
  assert.deepEqual(problems.filter((text) => !text.includes("409")), []);
});

Deno.test({
  name: `edits page keeps in the address what it shows, and is walked by keyboard${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await record(desk);
  // As the day's timeline links to it: without a date.
  const link = `/edits?from=${at(9, 40)}&to=${at(10, 10)}`;
  const { page, problems } = await desk.visit(link, { signedIn: true });
  const bar = page.getByRole("group", { name: "Edit", exact: true });
  await bar.getByText("30\u202fmin").waitFor(WAIT);
  assert.equal(await page.getByLabel("Date", { exact: true }).inputValue(), DATE);
  const chosen = page.locator(".spans tr.is-chosen");
  await chosen.filter({ hasText: "A film" }).waitFor(WAIT);
  // The whole hours around it, and no more.
  await rowOf(page, "harbour.ts").waitFor(WAIT);
  assert.equal(await rowOf(page, "tides.ts").count(), 0);
  await page.reload();
  await chosen.filter({ hasText: "A film" }).waitFor(WAIT);

  await page.getByRole("button", { name: "Day before" }).click();
  await page.getByText("Nothing was recorded").waitFor(WAIT);
  await page.goBack();
  await chosen.filter({ hasText: "A film" }).waitFor(WAIT);
  await page.goForward();
  await page.getByText("Nothing was recorded").waitFor(WAIT);
  await page.getByRole("button", { name: "Day after" }).click();
  await rowOf(page, "tides.ts").waitFor(WAIT);
  await bar.getByText("Choose an hour or a row").waitFor(WAIT);

  const buttons = page.locator(".spans tbody button");
  assert.equal(await page.locator(".spans tbody button[tabindex='0']").count(), 1);
  await buttons.first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator(".spans tr.is-chosen").filter({ hasText: "gnp.exe" }).waitFor(WAIT);
  const focused = () => page.evaluate("document.activeElement.closest('tr')?.textContent ?? ''");
  assert.match(String(await focused()), /gnp\.exe/, "the focus stays on what was chosen");
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+Enter");
  await bar.getByText(/09:|10:10|11:/).first().waitFor(WAIT);
  // An hour by its column.
  await page.getByRole("slider", { name: /^Hours of the day/ }).focus();
  await page.keyboard.press("Home");
  for (let hour = 4; hour < 9; hour++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await bar.getByText("09:00 – 10:00").waitFor(WAIT);
  await bar.getByRole("button", { name: "Clear" }).click();
  await bar.getByText("Choose an hour or a row").waitFor(WAIT);
  assert.deepEqual(problems, []);
});

Deno.test({
  name: `edits page asks where one was, and takes the answer in place${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  const { page, problems } = await desk.visit(`/edits?date=${DATE}`, { signedIn: true });
  await page.getByText("Nothing was recorded").waitFor(WAIT);
  await record(desk);
  // Live: it was not there when the page was opened.
  const asked = page.getByRole("region", { name: "Where were you?" });
  await asked.getByText("11:00 – 12:00", { exact: true }).waitFor(WAIT);
  await asked.getByRole("button", { name: "Save" }).click();
  await asked.getByText("Say where you were.").waitFor(WAIT);
  await asked.getByLabel("What you did from 11:00 – 12:00").fill("Talk with the library");
  await asked.getByRole("radio", { name: "Signal" }).check();
  await asked.getByRole("button", { name: "Save" }).click();
  await saying(page, "Added 1\u202fh 00\u202fmin");
  await asked.waitFor({ ...WAIT, state: "detached" });
  assert.equal((await seconds(desk)).signal, (120 + 60) * 60);
  await page.locator(".saying").getByRole("button", { name: "Undo" }).click();
  await asked.getByText("11:00 – 12:00", { exact: true }).waitFor(WAIT);
  await asked.getByRole("button", { name: "Do not ask again" }).click();
  await asked.waitFor({ ...WAIT, state: "detached" });
  await page.reload();
  await rowOf(page, "tides.ts").waitFor(WAIT);
  assert.equal(await asked.count(), 0);
  assert.deepEqual(problems, []);
});

Deno.test({
  name: `edits page keeps notes: written, changed, deleted, brought back${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await record(desk);
  const { page, problems } = await desk.visit(`/edits?date=${DATE}`, { signedIn: true });
  const notes = page.getByRole("region", { name: "Notes", exact: true });
  const stored = () => desk.get<WireNote[]>(`/notes?from=${at(4)}&to=${at(23)}`);
  await notes.getByText("No notes on this day").waitFor(WAIT);
  await rowOf(page, "A film").getByRole("button").click();
  const bar = page.getByRole("group", { name: "Edit", exact: true });
  await bar.getByRole("button", { name: "Note" }).click();
  const dialog = dialogOf(page, "Write a note");
  await dialog.getByLabel("Note", { exact: true }).fill("First line\n<i>second</i> line");
  await dialog.getByRole("button", { name: "Save" }).click();
  await saying(page, "Note saved");
  await notes.getByText("<i>second</i> line").waitFor(WAIT);
  assert.deepEqual((await stored()).map(({ from, to, text }) => [from, to, text]), [
    [at(9, 40), at(10, 10), "First line\n<i>second</i> line"],
  ]);
  await notes.getByRole("button", { name: /^Change the note/ }).click();
  await dialogOf(page, "Change the note").getByLabel("Note", { exact: true }).fill("Another");
  await dialogOf(page, "Change the note").getByRole("button", { name: "Save" }).click();
  await notes.getByText("Another").waitFor(WAIT);
  assert.equal((await stored())[0].from, at(9, 40), "its time stays");
  await notes.getByRole("button", { name: /^Delete the note/ }).click();
  await saying(page, "Note deleted");
  await notes.getByText("No notes on this day").waitFor(WAIT);
  const focused = await page.evaluate("document.activeElement.textContent.slice(0, 40)");
  assert.equal(focused, "Write a note", "the focus stays near");
  assert.deepEqual(await stored(), []);
  await page.locator(".saying").getByRole("button", { name: "Undo" }).click();
  await notes.getByText("Another").waitFor(WAIT);
  assert.deepEqual(problems, []);
});

Deno.test({
  name: `edits page shows others' text as text, fits a phone, and is for everybody${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await record(desk);
  for (const text of [HOSTILE.slice(0, 9_000), "short"]) {
    await desk.send("POST", "/notes", { from: at(9), text });
  }
  await desk.send("POST", "/edits/entries", {
    ...{ from: at(13), to: at(14), title: "<script>1</script>" },
    ...{ class: "neutral", category: "a".repeat(100) },
  });
  for (const colorScheme of ["light", "dark"] as const) {
    const { page, problems } = await desk.visit(`/edits?date=${DATE}`, {
      ...{ signedIn: true, colorScheme, width: 360, height: 740 },
    });
    await rowOf(page, "gnp.exe").waitFor(WAIT);
    await page.getByRole("region", { name: "Your edits" }).getByText("<script>1").waitFor(WAIT);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    assert.equal(await page.locator("#bold").count(), 0);
    assert.match(await page.title(), /ProdTracker$/);
    await assertAccessible(page);
    await rowOf(page, "A film").getByRole("button").click();
    const bar = page.getByRole("group", { name: "Edit", exact: true });
    for (const name of ["What was it?", "Count differently", "Delete", "Note"]) {
      await bar.getByRole("button", { name, exact: true }).click();
      await page.getByRole("dialog").waitFor(WAIT);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
      await assertAccessible(page);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ ...WAIT, state: "detached" });
      // The focus is given back.
      await bar.getByRole("button", { name, exact: true }).and(page.locator(":focus")).waitFor(
        WAIT,
      );
    }
    await page.setViewportSize({ width: 2560, height: 1200 });
    await assertAccessible(page);
    assert.deepEqual(problems, []);
  }
});

Deno.test({
  name: `edits page shows what is recorded now, and needs a sign-in${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await using _terminal = desk.run("xterm", ["-T", "live on the edits page", "-e", "sleep", "60"]);
  const { page } = await desk.visit("/edits", { signedIn: true });
  await rowOf(page, "live on the edits page").waitFor(WAIT);
  const { count } = read(desk, "SELECT count(*) AS count FROM event WHERE source = 'window'");
  assert.ok(await page.locator(".spans tbody tr").count() >= 1 && Number(count) >= 1);

  const other = await desk.visit("/edits");
  await other.page.getByLabel("Token").waitFor(WAIT);
  assert.equal(await other.page.locator(".spans").count(), 0);
});

function read(desk: Desk, sql: string): Record<string, unknown> {
  using db = new DatabaseSync(desk.databasePath, { readOnly: true });
  return db.prepare(sql).get() ?? {};
}
