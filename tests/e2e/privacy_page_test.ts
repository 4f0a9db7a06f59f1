/**
 * Privacy in the settings: every action of it in a real browser against the real daemon, on windows of a real desktop.
 * @module
 */
import assert from "node:assert/strict";
import type { WirePrivacyPreview } from "../../daemon/api/privacy.ts";
import type { WireEvent } from "../../daemon/api/wire.ts";
import type { PrivacyRule } from "../../daemon/core/privacy.ts";
import { waitFor } from "../daemon_process.ts";
import { WAIT } from "./desk.ts";
import {
  assertClean,
  assertFits,
  button,
  HOSTILE,
  open,
  record,
  region,
  said,
  SECRET,
  test,
  waitForFocus,
} from "./privacy_stage.ts";

test("privacy page adds, changes, orders and deletes rules, with what each would change", async (desk) => {
  await record(desk, [SECRET, "minutes of the board", ...HOSTILE, SECRET]);
  const visit = await open(desk, "privacy");
  const { page } = visit;
  const panel = region(page, "Privacy rules");
  const rules = () => desk.get<PrivacyRule[]>("/privacy");
  await panel.getByText("No privacy rules").waitFor(WAIT);
  await assertFits(page, "without rules");

  // A pattern that cannot be used is said while it is written.
  await button(panel, "Add a rule").click();
  const form = page.getByRole("form", { name: "New privacy rule" });
  await button(form, "Save").click();
  await form.getByText("Write what to look for.").waitFor(WAIT);
  await form.getByLabel("Of", { exact: true }).selectOption("title");
  await form.getByLabel("How").selectOption("regex");
  await form.getByLabel("Pattern").fill("tulip(");
  await form.getByText(/It cannot be used: /).waitFor(WAIT);
  await form.getByLabel("Pattern").fill("tulip|board");
  const rule: PrivacyRule = { match: "title", regex: "tulip|board", action: "drop_title" };
  const wanted = await desk.send<WirePrivacyPreview>("POST", "/privacy/preview", { rules: [rule] });
  assert.deepEqual([wanted.events, wanted.subjects], [3, 2]);
  await form.getByText("would change 3 events").waitFor(WAIT);
  await form.getByText(SECRET).waitFor(WAIT);
  // The test below goes by the rule that is not saved yet.
  const trial = region(page, "Test a window");
  await trial.getByLabel("Title").fill("about TULIPS");
  await trial.getByText("Stored without title and address.").waitFor(WAIT);
  await trial.getByText("Rule 1: Title matches the pattern").waitFor(WAIT);
  await assertFits(page, "with the form");
  assert.deepEqual(await rules(), []);
  await button(form, "Save").click();
  await said(page, /^Saved: /).waitFor(WAIT);
  await panel.getByText("tulip|board").waitFor(WAIT);
  assert.deepEqual(await rules(), [rule]);

  // In force at once, for a window of the real desktop.
  await using _window = desk.run("xterm", ["-T", SECRET, "-e", "sleep", "60"]);
  const recent = await waitFor(async () => {
    const events = await desk.get<WireEvent[]>("/events/recent?limit=5");
    return events.find(({ app }) => app === "XTerm");
  });
  assert.equal(recent.title, null);

  await button(panel, "Add a rule").click();
  await form.getByLabel("Text").fill("Editor");
  await form.getByLabel(/Hash title/).check();
  await page.keyboard.press("Enter");
  await said(page, /^Saved: /).waitFor(WAIT);
  const hashing: PrivacyRule = { match: "app", exact: "Editor", action: "hash_title" };
  await waitFor(async () => (await rules()).length === 2 || undefined);
  await button(panel, /^Move up rule 2/).click();
  await said(page, "Moved to 1 of 2.").waitFor(WAIT);
  assert.deepEqual(await rules(), [hashing, rule]);
  // What was moved keeps the keyboard.
  await waitForFocus(page, "focused.ariaLabel?.startsWith('Move down rule 1')");

  // Changed elsewhere meanwhile: what is meant is changed, and nothing else.
  const third: PrivacyRule = { match: "app", exact: "KeePassXC", action: "drop_event" };
  await desk.send("PUT", "/privacy", [third, hashing, rule]);
  await button(panel, /^Edit rule 2: Title/).click();
  const change = page.getByRole("form", { name: "Change the privacy rule" });
  await change.getByLabel(/Drop event/).check();
  await change.getByText(/would change 3 events/).waitFor(WAIT);
  await button(change, "Save").click();
  await waitFor(async () => (await rules()).at(-1)?.action === "drop_event" || undefined);
  assert.deepEqual(await rules(), [third, hashing, { ...rule, action: "drop_event" }]);

  await button(panel, /^Delete rule 1: App is KeePassXC/).click();
  await said(page, "Deleted the privacy rule.").waitFor(WAIT);
  assert.equal((await rules()).length, 2);
  await button(page, "Undo").click();
  await said(page, "The rule is back.").waitFor(WAIT);
  assert.deepEqual((await rules())[0], third);

  await page.reload();
  await panel.getByText("KeePassXC").waitFor(WAIT);
  assert.equal(await panel.getByRole("listitem").count(), 3);
  assert.equal(await page.locator("main script").count(), 0);
  assertClean(visit, desk, "422");
});

test("privacy page applies the rules to the past, for good, and says what it would be before", async (desk) => {
  await record(desk, [SECRET, ...HOSTILE, SECRET]);
  await desk.send("PUT", "/privacy", [{ match: "title", exact: SECRET, action: "hash_title" }]);
  const visit = await open(desk, "privacy");
  const { page } = visit;
  const past = region(page, "What was recorded before");
  await past.getByText("would change 2 events").waitFor(WAIT);
  await button(past, "Apply to the past…").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/^2 events \(20\smin\)/).waitFor(WAIT);
  await dialog.getByText("It cannot be undone.").waitFor(WAIT);
  await assertFits(page, "asking");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ ...WAIT, state: "detached" });
  await waitForFocus(page, "focused.textContent === 'Apply to the past…'");
  const titles = async () =>
    (await desk.get<{ events: WireEvent[] }>("/events?source=window")).events.map((event) =>
      event.title
    );
  assert.ok((await titles()).includes(SECRET));

  await button(past, "Apply to the past…").click();
  await button(dialog, "Change 2 events for good").click();
  await said(page, /^Changed 2 events/).waitFor(WAIT);
  await past.getByText("your rules would change nothing").waitFor(WAIT);
  const after = await titles();
  assert.ok(!after.includes(SECRET));
  assert.equal(after.filter((title) => /^#[0-9a-f]{16}$/.test(title ?? "")).length, 2);
  assertClean(visit, desk);
});
