/** The settings in a real browser: nudges, health, sections by address, and how all of them look. */
import assert from "node:assert/strict";
import type { WireLoop } from "../../daemon/api/loop.ts";
import type { WirePause } from "../../daemon/api/pause.ts";
import type { WireHealth } from "../../daemon/api/wire.ts";
import { assertAccessible } from "./axe.ts";
import { WAIT } from "./desk.ts";
import {
  assertQuiet,
  button,
  openStage,
  panel,
  said,
  SETTINGS_NEEDS,
  type Stage,
  until,
  visit,
} from "./settings_stage.ts";

Deno.test({
  name: `the settings do what they say, in a real browser${SETTINGS_NEEDS.suffix}`,
  ignore: SETTINGS_NEEDS.ignore,
  async fn(test) {
    await using stage = await openStage();
    // Before there was a pause, after which the loop counts anew.
    await test.step("nudges: what they stand at, and another setting", () => nudges(stage));
    await test.step("health, pausing and the doctor", () => health(stage));
    await test.step("sections by address, and the keyboard's place", () => addresses(stage));
    await test.step("every section at every width, light and dark", () => looks(stage));
  },
});

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
  await page.getByLabel("Phone: minutes").fill("6");
  await desk.send("PUT", "/loop", { ...before.config, snooze_minutes: 7 });
  await page.getByText("It was changed elsewhere meanwhile: saving replaces that.").waitFor(WAIT);
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
