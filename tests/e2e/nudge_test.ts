/** The loop's nudges on the dashboard: seen, answered, and the same in every tab. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { WireLoop, WireLoopStep } from "../../daemon/api/loop.ts";
import { WEEKDAYS } from "../../daemon/core/block_schedule.ts";
import { needsNamespace, runInside } from "../blocker/namespace.ts";
import { waitFor } from "../daemon_process.ts";
import { lowestContrast, NUDGE_NEEDS, nudgeOf, NudgeStage, WAIT } from "./nudge_stage.ts";

function nudgeTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name: `${name}${NUDGE_NEEDS.suffix}`, ignore: NUDGE_NEEDS.ignore, fn });
}

const answersOf = async ({ daemon }: NudgeStage) =>
  (await daemon.get<WireLoopStep[]>("/loop/steps")).map(({ answer }) => answer);

const styleOf = (name: string) => `getComputedStyle(document.querySelector(".nudge")).${name}`;

async function assertFits(page: Page, width: number): Promise<void> {
  assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
  for (const button of await nudgeOf(page).getByRole("button").all()) {
    const box = (await button.boundingBox())!;
    // What a finger hits, as WCAG 2.5.8 has it.
    assert.ok(box.height >= 24 && box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
  }
}

nudgeTest(
  "a nudge is seen in every tab, gets stronger, and waits as long as it is told to",
  async () => {
    await using stage = await NudgeStage.open();
    const { page, problems } = await stage.visit();
    const beside = await page.context().newPage();
    await beside.goto(`${stage.daemon.url}/focus`);
    await page.bringToFront();
    const link = page.getByRole("link", { name: "Focus", exact: true });
    await link.focus();
    await stage.dawdle();

    const said = nudgeOf(page).getByRole("status");
    await said.getByText(/^\d+ of 12 seconds on <b id="bold">Cat<\/b> videos$/).waitFor(WAIT);
    // A name is text and nothing else; and nobody who types is interrupted.
    assert.equal(await page.locator("#bold").count(), 0);
    assert.equal(await page.evaluate("document.activeElement.innerText"), "Focus");
    await nudgeOf(beside).waitFor(WAIT);

    const loud = nudgeOf(page).getByRole("alert").getByText(/^Still at it: \d+ of 12 seconds on/);
    await loud.waitFor(WAIT);
    await page.reload();
    await loud.waitFor(WAIT);
    await nudgeOf(page).getByRole("button", { name: "5 more minutes" }).click();
    for (const each of [page, beside]) {
      await each.getByText(/^Nudges snoozed until \d\d:\d\d$/).waitFor(WAIT);
      await nudgeOf(each).waitFor({ ...WAIT, state: "detached" });
    }
    const { now } = await stage.daemon.get<WireLoop>("/loop");
    const leftMs = Date.parse(now.snoozed_until!) - Date.now();
    assert.ok(leftMs > 3 * 60_000 && leftMs <= 5 * 60_000, `${leftMs}`);
    assert.equal((await answersOf(stage))[0], "snoozed");
    await page.reload();
    await page.getByText(/^Nudges snoozed until/).waitFor(WAIT);

    // It goes on, so that it is said again.
    await beside.getByRole("button", { name: "end the snooze" }).click();
    for (const each of [page, beside]) {
      await each.getByText(/^Nudges snoozed until/).waitFor({ ...WAIT, state: "detached" });
      await nudgeOf(each).waitFor(WAIT);
    }
    await page.getByRole("link", { name: "Skip to content" }).focus();
    await page.keyboard.press("Enter");
    for (let i = 0; i < 3; i++) await page.keyboard.press("Tab");
    assert.equal(await page.evaluate("document.activeElement.innerText"), "Dismiss");
    await page.keyboard.press("Enter");
    for (const each of [page, beside]) await nudgeOf(each).waitFor({ ...WAIT, state: "detached" });
    assert.equal(await page.evaluate("document.activeElement.id"), "main");
    assert.equal((await answersOf(stage))[0], "dismissed");
    assert.deepEqual(problems, []);
  },
);

nudgeTest(
  "a nudge fits a phone, can be read dark and light, and goes with the daemon",
  async () => {
    await using stage = await NudgeStage.open();
    const viewport = { width: 360, height: 740 };
    const { page } = await stage.visit("/", { viewport, reducedMotion: "reduce" });
    await stage.dawdle((config) => config.stronger_after_minutes = 600);
    const seen: string[] = [];
    for (const step of ["nudge", "stronger"]) {
      if (step === "stronger") await stage.set((config) => config.stronger_after_minutes = 0.1);
      await page.locator(`.nudge-${step}`).waitFor(WAIT);
      await assertFits(page, 360);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const ratio = await lowestContrast(page, `.nudge-${step}`);
        assert.ok(ratio >= 4.5, `${step} ${colorScheme}: ${ratio}`);
        seen.push(await page.evaluate(styleOf("backgroundColor")));
      }
    }
    assert.equal(new Set(seen).size, 4, "the stronger one looks stronger");
    assert.equal(await page.evaluate(styleOf("animationName")), "none");
    await stage.daemon.kill();
    await nudgeOf(page).waitFor({ ...WAIT, state: "detached" });
  },
);

nudgeTest("a daemon with a token of its own takes answers from who has it", async () => {
  const token = "a-token-of-ones-own";
  await using stage = await NudgeStage.open({ DASHBOARD_ADMIN_TOKEN: token });
  const { page } = await stage.visit();
  await stage.dawdle();
  await nudgeOf(page).getByRole("button", { name: "Dismiss" }).click();
  await nudgeOf(page).getByText("Sign in first, then try again.").waitFor(WAIT);
  await page.getByLabel("Token").fill(token);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Sign out" }).waitFor(WAIT);
  await nudgeOf(page).getByRole("button", { name: "Dismiss" }).click();
  await nudgeOf(page).waitFor({ ...WAIT, state: "detached" });
  assert.equal((await answersOf(stage))[0], "dismissed");
});

nudgeTest("what holds the nudges back is said in a quiet line", async () => {
  await using stage = await NudgeStage.open();
  const { page } = await stage.visit();
  const to = clockIn(60);
  await stage.dawdle((config) => {
    config.quiet = { from: clockIn(-60), to, days: [...WEEKDAYS] };
  });
  await page.getByText(`Nudges held back: quiet hours until ${to}`).waitFor(WAIT);
  const held = () => stage.daemon.get<WireLoopStep[]>("/loop/steps");
  await waitFor(async () => (await held()).some(({ outcome }) => outcome === "held") || undefined);
  assert.equal(await nudgeOf(page).count(), 0);
});

/** The time of day so many minutes from now: "14:05". */
function clockIn(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toTimeString().slice(0, 5);
}

const world = needsNamespace();
Deno.test({
  name: `"Block now" of a nudge blocks, or says why not${NUDGE_NEEDS.suffix}${world.suffix}`,
  ignore: NUDGE_NEEDS.ignore || world.ignore,
  async fn() {
    await runInside("../e2e/inside_block_now.ts", { hosts: "bind mount" });
  },
});
