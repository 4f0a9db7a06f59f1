/** The settings in a real browser: health, nudges, messages and data, each with what it does for real. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import type { WireCopies } from "../../daemon/api/data.ts";
import type { WireLoop } from "../../daemon/api/loop.ts";
import type { WireMessage } from "../../daemon/api/messages.ts";
import type { WirePause } from "../../daemon/api/pause.ts";
import type { WireSendSchedule } from "../../daemon/api/summary_send.ts";
import type { WireHealth } from "../../daemon/api/wire.ts";
import { waitFor } from "../daemon_process.ts";
import { MAIL_SERVER_NEEDS, type MailServer, startMailServer } from "../mail/mail_server.ts";
import { startTwilioDouble, type TwilioDouble } from "../twilio_double.ts";
import { assertAccessible } from "./axe.ts";
import { Desk, DESK_NEEDS, type Visit, WAIT } from "./desk.ts";

const ODD_APP = "<img src=x onerror=\"document.title='gone'\">\u202egpj.exe 🦄";
const ignore = DESK_NEEDS.ignore || MAIL_SERVER_NEEDS.ignore;
const suffix = DESK_NEEDS.suffix + MAIL_SERVER_NEEDS.suffix;

interface Stage {
  readonly desk: Desk;
  readonly mail: MailServer;
  readonly twilio: TwilioDouble;
}

Deno.test({
  name: `the settings do what they say, in a real browser${suffix}`,
  ignore,
  async fn(test) {
    await using mail = await startMailServer();
    await using twilio = startTwilioDouble();
    // The runtime of this process has read its certificates already.
    const { DENO_CERT: _, ...account } = mail.env("plain");
    await using desk = await Desk.open({ ...account, ...twilio.env });
    await desk.setRules([{ match: "app", exact: ODD_APP, class: "noise", category: "Odd" }]);
    await importMinutes(desk, 12);
    const stage = { desk, mail, twilio };
    // Before there was a pause, after which the loop counts anew.
    await test.step("nudges: what they stand at, and another setting", () => nudges(stage));
    await test.step("health, pausing and the doctor", () => health(stage));
    await test.step("messages: tests, summaries, set times, the outbox", () => messages(stage));
    await test.step("data: copies, a file out and in", () => data(stage));
    await test.step("sections by address, and the keyboard's place", () => addresses(stage));
    await test.step("every section at every width, light and dark", () => looks(stage));
  },
});

/** Noise of the last minutes, from an app with a name that would like to be more than text. */
async function importMinutes(desk: Desk, minutes: number): Promise<void> {
  const nowMs = Date.now();
  const lines = Array.from({ length: minutes }, (_, i) => {
    const [start, end] = [minutes - i, minutes - i - 1].map((ago) =>
      new Date(nowMs - ago * 60_000).toISOString()
    );
    return JSON.stringify({ start, end, source: "window", app: ODD_APP, title: "x".repeat(9_000) });
  });
  await desk.send("POST", "/import?format=jsonl", lines.join("\n"));
}

async function visit(desk: Desk, section: string, options = {}): Promise<Visit> {
  const visit = await desk.visit(`/settings?section=${section}`, { signedIn: true, ...options });
  await visit.page.locator(".settings .panel").first().waitFor(WAIT);
  return visit;
}

/** Nothing was refused or complained of, and nobody else was asked. */
function assertQuiet({ problems, hosts }: Visit, desk: Desk): void {
  assert.deepEqual(problems, []);
  assert.deepEqual([...hosts], [new URL(desk.url).host]);
}

/** Waits until an expression is true there; by the debugger, as the page's own policy lets nothing be evaluated. */
const until = (page: Page, expression: string) => waitFor(() => page.evaluate<boolean>(expression));
const said = (page: Page, text: string | RegExp) =>
  page.locator(".saying").getByText(text).waitFor(WAIT);
const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" });
const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

async function health({ desk }: Stage): Promise<void> {
  const seen = await visit(desk, "health");
  const { page } = seen;
  const { parts, version } = await desk.get<WireHealth>("/health");
  const rows = panel(page, "What runs").locator(".row");
  await until(page, `document.querySelectorAll(".settings .row").length >= ${parts.length}`);
  assert.equal(await rows.count(), parts.length);
  assert.match(await panel(page, "What runs").innerText(), new RegExp(`Version ${version}`));

  // Pausing: by a length, from elsewhere, and its end.
  await button(page, "15 minutes").click();
  await said(page, /^Paused until /);
  const paused = await desk.get<WirePause>("/pause");
  const leftMs = Date.parse(paused.paused_until!) - Date.now();
  assert.ok(paused.paused && leftMs > 14 * 60_000 && leftMs <= 15 * 60_000, String(leftMs));
  await page.getByText(/^Paused until .*: nothing is recorded\.$/).waitFor(WAIT);
  await desk.send("DELETE", "/pause");
  await page.getByText("Recording is not paused.").waitFor(WAIT);
  await desk.send("PUT", "/pause", { on: true });
  await page.getByText("Paused until you end it: nothing is recorded.").waitFor(WAIT);
  await button(page, "Record again").click();
  await said(page, "Recording again");
  assert.equal((await desk.get<WirePause>("/pause")).paused, false);
  // What had the focus is gone: the next Tab goes on in this panel.
  await until(page, `document.activeElement?.querySelector(".pause-state") !== null`);
  await page.getByLabel("Or until").fill("23:59");
  await button(page, "Pause until then").click();
  await said(page, /^Paused until /);
  const end = new Date((await desk.get<WirePause>("/pause")).paused_until!);
  assert.deepEqual([end.getHours(), end.getMinutes()], [23, 59]);
  await button(page, "Record again").click();
  await page.getByText("Recording is not paused.").waitFor(WAIT);

  await button(page, "Check now").click();
  const doctor = panel(page, "Check everything");
  await doctor.getByText(/^(All is well|It works)|checks failed:/).waitFor({ timeout: 60_000 });
  for (const group of ["Data", "Machine", "Desktop", "Messages"]) {
    assert.equal(await doctor.getByRole("heading", { name: group, exact: true }).count(), 1, group);
  }
  assert.match(await doctor.innerText(), /Mail\n.*without TLS, with the login, to you@mail\.test/);
  assert.match(await doctor.innerText(), /What to do:\s+to pair a phone, set PC_IP/);
  assertQuiet(seen, desk);
  await page.context().close();
}

async function nudges({ desk }: Stage): Promise<void> {
  const seen = await visit(desk, "nudges");
  const { page } = seen;
  const noise = page.getByRole("group", { name: "Noise", exact: true });
  const budget = page.getByRole("group", { name: "Budget", exact: true });
  // What it stands at is what the API says, and others' text is text.
  await budget.getByText(/^Now: /).waitFor(WAIT);
  const { evidence } = await desk.get<WireLoop>("/loop");
  const told = evidence.rules.find(({ rule }) => rule === "budget")!;
  assert.ok(told.seconds >= 11 * 60, JSON.stringify(told));
  assert.ok((await budget.innerText()).includes(`Now: ${told.explanation}`));
  const named = evidence.rules.find(({ rule }) => rule === "noise")!.explanation;
  assert.match(named, /<img src=x/);
  assert.match(await noise.innerText(), /Now: .*<img src=x/);
  assert.equal(await page.locator(".settings img").count(), 0);

  // What cannot be is said before it is sent.
  await noise.getByLabel("Noise: minutes").fill("20");
  await noise.getByText("Allowed: at most 15 minutes").waitFor(WAIT);
  assert.equal(await button(page, "Save").isDisabled(), true);
  await noise.getByLabel("Noise: of the last minutes").fill("25,5");
  await noise.getByLabel("Block").check();
  await noise.getByLabel("Nudge", { exact: true }).uncheck();
  await noise.getByLabel("Stronger nudge").uncheck();
  await noise.getByText("A block never comes without a nudge").waitFor(WAIT);
  await noise.getByLabel("Stronger nudge").check();
  await page.getByLabel("In quiet hours").check();
  await page.getByLabel("From").fill("21:30");
  await page.getByLabel("Sat").uncheck();
  await page.getByLabel("In meetings, and while a microphone is in use").uncheck();
  await page.getByLabel("social").check();
  await page.getByRole("textbox", { name: "Sites" }).fill("reddit.com, news.example\n");
  await page.getByLabel("Repeat after, in minutes").fill("0");
  const before = await desk.get<WireLoop>("/loop");
  assert.equal(before.config.rules.noise.minutes, 10, "nothing is stored before it is saved");
  // Another section and back: it is still to be saved.
  await page.getByRole("link", { name: "Data", exact: true }).click();
  await panel(page, "Export").waitFor(WAIT);
  await page.goBack();
  await button(page, "Save").click();
  await said(page, "Saved how you are nudged");
  const { config } = await desk.get<WireLoop>("/loop");
  assert.deepEqual(config.rules.noise, {
    ...{ on: true, minutes: 20, of_minutes: 25.5 },
    steps: { nudge: false, stronger: true, block: true },
  });
  assert.deepEqual(config.quiet, {
    ...{ from: "21:30", to: "07:00" },
    days: ["mon", "tue", "wed", "thu", "fri", "sun"],
  });
  assert.deepEqual(config.block.lists, ["social"]);
  assert.deepEqual(config.block.domains, ["reddit.com", "news.example"]);
  assert.deepEqual([config.spares_meetings, config.again_after_minutes], [false, 0]);
  await page.locator(".save-bar").waitFor({ state: "detached" });

  // What is set elsewhere is shown; what is discarded is as it was.
  await desk.send("PUT", "/loop", { ...before.config, snooze_minutes: 7 });
  await page.reload();
  await page.getByLabel("“More time” means, in minutes").waitFor(WAIT);
  assert.equal(await page.getByLabel("“More time” means, in minutes").inputValue(), "7");
  await page.getByLabel("Nudge me", { exact: true }).uncheck();
  await button(page, "Discard").click();
  assert.equal(await page.getByLabel("Nudge me", { exact: true }).isChecked(), true);

  await button(page, "30 minutes").click();
  await said(page, /^No nudges until /);
  await page.getByText(/^Quiet until /).waitFor(WAIT);
  assert.ok((await desk.get<WireLoop>("/loop")).now.snoozed_until !== null);
  await button(page, "Nudge me again").click();
  await said(page, "Nudges are shown again");
  assert.equal((await desk.get<WireLoop>("/loop")).now.snoozed_until, null);
  assertQuiet(seen, desk);
  await page.context().close();
}

async function messages({ desk, mail, twilio }: Stage): Promise<void> {
  const seen = await visit(desk, "messages");
  const { page } = seen;
  const mailPanel = panel(page, "Mail"), smsPanel = panel(page, "SMS");
  // A real test of each, and what a server that refuses says.
  await button(page, "Send a test mail").click();
  await mailPanel.getByText(/^you@mail\.test: 250/).waitFor(WAIT);
  const [test] = await mail.waitForMails(1);
  assert.equal(test.subject, "ProdTracker: a test");
  await mail.behave({ login: "535 5.7.8 Username and Password not accepted" });
  await button(page, "Send a test mail").click();
  await mailPanel.getByText(/app password/).waitFor(WAIT);
  assert.match(await mailPanel.innerText(), /Wrong/);
  await mail.behave({});
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
  await now.getByLabel("Summary of a").selectOption("month");
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
  await button(page, "Undo").click();
  await times.getByText("Mon to Fri at 20:15").waitFor(WAIT);
  assert.equal((await schedules()).length, 1);
  // The refused ones were asked for: the browser names each answer that is an error.
  assert.deepEqual(seen.problems.filter((problem) => !/status of 422/.test(problem)), []);
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
  await said(page, "Imported: 1 events added");
  await result.getByText("2 events read, 1 added.").waitFor(WAIT);
  await result.getByText("1 event could not be read.").waitFor(WAIT);
  await result.getByText(/^Line 2:/).waitFor(WAIT);
  const csvAgain = await exported("format=csv&to=2026-02-01T00:00:00Z");
  assert.match(csvAgain, /Code/);
  await give("copy.CSV", csvAgain);
  await page.getByText(/read as CSV$/).waitFor(WAIT);
  await button(page, "Import").click();
  await result.getByText("1 event was there already.").or(
    result.getByText("1 event were there already."),
  )
    .waitFor(WAIT);
  assert.deepEqual(seen.problems.filter((problem) => !/status of 409/.test(problem)), []);
  await page.context().close();
}

async function addresses({ desk }: Stage): Promise<void> {
  const seen = await visit(desk, "nothing-of-the-kind");
  const { page } = seen;
  const title = (name: string) => page.getByRole("heading", { level: 1, name }).waitFor(WAIT);
  await title("Settings: Health");
  await page.getByRole("link", { name: "Nudges", exact: true }).click();
  await title("Settings: Nudges");
  assert.match(page.url(), /\/settings\?section=nudges$/);
  await page.getByRole("link", { name: "Messages", exact: true }).press("Enter");
  await title("Settings: Messages");
  assert.equal(
    await page.getByRole("navigation", { name: "Settings" }).locator("[aria-current]").innerText(),
    "Messages",
  );
  await page.goBack();
  await title("Settings: Nudges");
  await page.goForward();
  await title("Settings: Messages");
  await page.reload();
  await title("Settings: Messages");
  assertQuiet(seen, desk);
  await page.context().close();
}

async function looks({ desk }: Stage): Promise<void> {
  for (const section of ["health", "nudges", "messages", "data"]) {
    for (const [width, colorScheme] of [[360, "light"], [1280, "dark"]] as const) {
      const seen = await visit(desk, section, { width, colorScheme });
      const { page } = seen;
      await until(page, `!document.querySelector(".settings").innerText.includes("Reading…")`);
      await assertAccessible(page, `${section} at ${width}`);
      for (const wide of width === 1280 ? [width, 2560] : [width]) {
        await page.setViewportSize({ width: wide, height: 900 });
        const isScrolled = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
        assert.equal(isScrolled, false, `${section} at ${wide}`);
      }
      assertQuiet(seen, desk);
      await page.context().close();
    }
  }
}
