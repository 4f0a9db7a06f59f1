/** The settings in a real browser: mail and SMS for real, copies, and events as files. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { WireCopies } from "../../daemon/api/data.ts";
import type { WireMessage } from "../../daemon/api/messages.ts";
import type { WireSendSchedule } from "../../daemon/api/summary_send.ts";
import { WAIT } from "./desk.ts";
import {
  assertQuiet,
  button,
  ODD_APP,
  openStage,
  panel,
  said,
  SETTINGS_NEEDS,
  type Stage,
  until,
  visit,
} from "./settings_stage.ts";

Deno.test({
  name: `the settings send, copy, export and import for real${SETTINGS_NEEDS.suffix}`,
  ignore: SETTINGS_NEEDS.ignore,
  async fn(test) {
    await using stage = await openStage();
    await test.step("messages: tests, summaries, set times, the outbox", () => messages(stage));
    await test.step("data: copies, a file out and in", () => data(stage));
    await test.step("data: a long file, left alone, and stopped in the middle", () => long(stage));
  },
});

async function messages({ desk, mail, twilio }: Stage): Promise<void> {
  const seen = await visit(desk, "messages");
  const { page } = seen;
  const mailPanel = panel(page, "Mail"), smsPanel = panel(page, "SMS");
  // What a server that refuses says, a real test of each, and none soon after it.
  await mail.behave({ login: "535 5.7.8 Username and Password not accepted" });
  await button(page, "Send a test mail").click();
  await mailPanel.getByText(/app password/).waitFor(WAIT);
  assert.match(await mailPanel.innerText(), /Wrong/);
  await mail.behave({});
  await button(page, "Send a test mail").click();
  await mailPanel.getByText(/^you@mail\.test: 250/).waitFor(WAIT);
  const [test] = await mail.waitForMails(1);
  assert.equal(test.subject, "ProdTracker: a test");
  await button(page, "Send a test mail").click();
  await mailPanel.getByText(/one was sent less than a minute ago/).waitFor(WAIT);
  await mail.forget();
  twilio.answer({ code: 21610, message: "Attempt to send to unsubscribed recipient" });
  await button(page, "Send a test SMS").click();
  await smsPanel.getByText(/21610/).waitFor(WAIT);
  assert.equal(twilio.requests.length, 1);

  // A summary now, not twice, and again when asked for.
  const now = panel(page, "Send a summary now");
  await now.getByLabel("Which").fill("2026-01-15");
  await button(page, "Send").click();
  await now.getByText("Sent to you@mail.test").waitFor(WAIT);
  await button(page, "Send").click();
  await now.getByText(/^This was sent before/).waitFor(WAIT);
  assert.equal((await mail.mails()).length, 1);
  await button(page, "Send it again").click();
  await now.getByText("Sent to you@mail.test").waitFor(WAIT);
  await mail.waitForMails(2);
  await button(page, "Send").click();
  await now.getByText(/^This was sent before/).waitFor(WAIT);
  await now.getByLabel("Summary of a").selectOption("month");
  assert.equal(await button(page, "Send it again").count(), 0, "another was not sent before");
  await now.getByLabel("A day in it").fill("2026-01-15");
  await button(page, "Send").click();
  await mail.waitForMails(3);

  // The outbox is live, also for what another asks for.
  const outbox = panel(page, "Outbox");
  await outbox.getByText("January 2026").waitFor(WAIT);
  twilio.answer("drop");
  await desk.send("POST", "/summary/send", { period: "week", date: "2026-01-15", sms: true });
  await outbox.getByText("It may have arrived, and is not sent again.").waitFor(WAIT);
  const listed = await desk.get<WireMessage[]>("/messages");
  await until(page, `document.querySelectorAll(".outbox .row").length === ${listed.length}`);

  // Set times.
  const times = panel(page, "At set times");
  await times.getByText("No summary is sent by itself").waitFor(WAIT);
  await times.getByRole("button", { name: "Add" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("At", { exact: true }).fill("20:15");
  for (const day of ["Sat", "Sun"]) await dialog.getByLabel(day).uncheck();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await said(page, "Added a set time");
  await times.getByText("Mon to Fri at 20:15").waitFor(WAIT);
  const schedules = () => desk.get<WireSendSchedule[]>("/summary/schedules");
  const [kept] = await schedules();
  const { next: _, ...wish } = kept;
  assert.deepEqual([kept.period, kept.of, kept.cron, kept.channels], [
    ...["day", "current", "15 20 * * 1,2,3,4,5"],
    ["email"],
  ]);
  await times.getByRole("button", { name: "Add" }).click();
  await dialog.getByLabel("By a pattern of cron").check();
  await dialog.getByLabel("Pattern", { exact: true }).fill("never");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await dialog.getByRole("alert").getByText(/^Could not add it/).waitFor(WAIT);
  await page.keyboard.press("Escape");
  assert.equal((await schedules()).length, 1);
  await times.getByRole("button", { name: /^Remove: / }).click();
  await times.getByText("No summary is sent by itself").waitFor(WAIT);
  assert.deepEqual(await schedules(), []);
  // What another window adds meanwhile stays.
  await desk.send("PUT", "/summary/schedules", [{ ...wish, cron: "5 5 * * *" }]);
  await button(page, "Undo").click();
  await times.getByText("Mon to Fri at 20:15").waitFor(WAIT);
  assert.deepEqual((await schedules()).map(({ cron }) => cron), [kept.cron, "5 5 * * *"]);
  // The refused ones were asked for: the browser names each answer that is an error.
  assert.deepEqual(seen.problems.filter((problem) => !/status of 4(22|29)/.test(problem)), []);
  await page.context().close();
}

async function data({ desk }: Stage): Promise<void> {
  const seen = await visit(desk, "data");
  const { page } = seen;
  const copies = panel(page, "Copies of the database");
  await copies.getByText("There is no copy yet").waitFor(WAIT);
  await button(page, "Make a copy now").click();
  await said(page, /^Copied and checked: \d+ events, /);
  const { kept: [copy] } = await desk.get<WireCopies>("/backups");
  await copies.getByText(copy.path).waitFor(WAIT);
  await copies.getByText("Copy to another place").click();
  await copies.getByLabel("File").fill(copy.path);
  await button(page, "Copy there").click();
  await copies.getByText(/something is there already/).waitFor(WAIT);
  await copies.getByLabel("File").fill(`${copy.path}.elsewhere`);
  await button(page, "Copy there").click();
  await copies.getByText(`${copy.path}.elsewhere`).waitFor(WAIT);

  // What is saved is what the API gives, byte for byte.
  const save = async () => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      button(page, "Save the file").click(),
    ]);
    await said(page, /^Saved as /);
    return {
      name: download.suggestedFilename(),
      text: await Deno.readTextFile(await download.path()),
    };
  };
  const exported = async (query: string) => {
    const token = desk.daemon.adminToken;
    const response = await fetch(`${desk.url}/export?${query}`, {
      headers: { "X-Admin-Token": token },
    });
    return await response.text();
  };
  await page.getByLabel("From", { exact: true }).fill("2026-01-02");
  await page.getByLabel("To, with all of that day").fill("2026-01-01");
  await page.getByText("It ends before it begins").waitFor(WAIT);
  assert.equal(await button(page, "Save the file").isDisabled(), true);
  await page.getByLabel("To, with all of that day").fill("2026-01-03");
  const none = await save();
  assert.deepEqual(none, { name: "prodtracker-from-2026-01-02-to-2026-01-03.jsonl", text: "" });
  await page.getByLabel("From", { exact: true }).fill("");
  await page.getByLabel("To, with all of that day").fill("");
  await page.getByLabel("CSV, for a spreadsheet").check();
  // An event that is open grows from one to the next.
  const isOfThePast = (line: string) => line.includes(ODD_APP.slice(0, 8));
  const past = (text: string) => text.split("\n").filter(isOfThePast);
  const csv = await save();
  assert.equal(csv.name, "prodtracker-all.csv");
  assert.deepEqual(past(csv.text), past(await exported("format=csv")));
  assert.ok(past(csv.text).length > 0);

  // In again: what was there is left alone, what cannot be read is named.
  const file = page.getByLabel("File", { exact: true }).last();
  const give = (name: string, text: string) =>
    file.setInputFiles({
      name,
      mimeType: "text/plain",
      buffer: Buffer.from(text),
    });
  const lines = past(await exported("format=jsonl"));
  await give("again.jsonl", lines.join("\n"));
  await button(page, "Import").click();
  const result = panel(page, "Import");
  await result.getByText(`${lines.length} event${lines.length === 1 ? "" : "s"} read, 0 added.`)
    .waitFor(WAIT);
  const fresh = { start: "2026-01-02T10:00:00Z", end: "2026-01-02T10:05:00Z", source: "window" };
  await give("more.jsonl", `${JSON.stringify({ ...fresh, app: "Code" })}\n<b>not JSON\n`);
  await button(page, "Import").click();
  await said(page, "Imported: 1 event added");
  await result.getByText("2 events read, 1 added.").waitFor(WAIT);
  await result.getByText("1 event could not be read.").waitFor(WAIT);
  await result.getByText(/^Line 2:/).waitFor(WAIT);
  const csvAgain = await exported("format=csv&to=2026-02-01T00:00:00Z");
  assert.match(csvAgain, /Code/);
  await give("copy.CSV", csvAgain);
  await page.getByText(/read as CSV$/).waitFor(WAIT);
  await button(page, "Import").click();
  await result.getByText("1 event was there already.").waitFor(WAIT);
  assert.deepEqual(seen.problems.filter((problem) => !/status of 409/.test(problem)), []);
  await page.context().close();
}

async function long({ desk }: Stage): Promise<void> {
  const path = await Deno.makeTempFile({ prefix: "prodtracker-e2e-", suffix: ".jsonl" });
  try {
    // Some 40 MB, which take seconds.
    const title = "x".repeat(1_800);
    const lines = Array.from({ length: 20_000 }, (_, i) => {
      const [start, end] = [0, 50].map((s) =>
        new Date(Date.UTC(2020, 0, 1, 0, i, s)).toISOString()
      );
      return JSON.stringify({ start, end, source: "window", app: "Old", title: `${i} ${title}` });
    });
    await Deno.writeTextFile(path, lines.join("\n"));
    const seen = await visit(desk, "data");
    const { page } = seen;
    const result = panel(page, "Import");
    await page.getByLabel("File", { exact: true }).last().setInputFiles(path);
    await button(page, "Import").click();
    await result.getByRole("progressbar", { name: "Importing" }).waitFor(WAIT);
    await page.getByRole("link", { name: "Nudges", exact: true }).click();
    await panel(page, "Now").waitFor(WAIT);
    await page.goBack();
    await result.getByRole("progressbar", { name: "Importing" }).waitFor(WAIT);
    await button(page, "Stop").click();
    await said(page, "Stopped: what was added before stays");
    await result.getByText(/^Stopped. What was added before stays/).waitFor(WAIT);
    const response = await fetch(`${desk.url}/export?to=2021-01-01T00:00:00Z`, {
      headers: { "X-Admin-Token": desk.daemon.adminToken },
    });
    const added = (await response.text()).split("\n").length - 1;
    assert.ok(added > 0 && added < lines.length, String(added));
    assertQuiet(seen, desk);
    await page.context().close();
  } finally {
    await Deno.remove(path);
  }
}
