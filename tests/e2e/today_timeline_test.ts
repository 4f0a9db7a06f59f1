/**
 * The day by lanes: which part of it is shown, in what detail, and what its spans lead to.
 * @module
 */
import assert from "node:assert/strict";
import type { WireTimeline } from "../../daemon/api/timeline.ts";
import { daySpan, localZone } from "../../daemon/core/day.ts";
import { Desk, DESK_NEEDS, WAIT } from "./desk.ts";
import {
  DAY_START_MIN,
  eventually,
  PIECES,
  record,
  region,
  RULES,
  saysMarked,
  timelineOf,
  YESTERDAY,
  zoomChanges,
  zoomOf,
} from "./today_scene.ts";

const { ignore, suffix } = DESK_NEEDS;

Deno.test({
  name:
    `the timeline zooms and moves by buttons, keys, wheel, drag and hours, and keeps it${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await desk.setRules(RULES);
  await record(desk, YESTERDAY, PIECES);
  const { page, problems } = await desk.visit(`/?date=${YESTERDAY}`, { height: 1000 });
  await page.locator(".timeline-stop canvas").waitFor(WAIT);
  assert.equal(zoomOf(page), null);
  const buttons = page.getByRole("group", { name: "Part of the day" });
  await buttons.getByRole("button", { name: "Zoom in" }).click();
  // 09:00 to 15:00 fit; the middle half of it.
  assert.equal(await zoomChanges(page, null), "23400-34200");
  await buttons.getByRole("button", { name: "Later" }).click();
  assert.equal(await zoomChanges(page, "23400-34200"), "28800-39600");
  await page.reload();
  await page.locator(".timeline-stop canvas").waitFor(WAIT);
  await timelineOf(page).focus();
  await page.keyboard.press("-");
  assert.equal(await zoomChanges(page, "28800-39600"), "23400-45000");
  await page.keyboard.press("PageUp");
  assert.equal(await zoomChanges(page, "23400-45000"), "6120-27720");
  // Walking brings what is marked into sight.
  await page.keyboard.press("End");
  await saysMarked(page, /day\.ts/);
  const [from, to] = (await zoomChanges(page, "6120-27720"))!.split("-").map(Number);
  assert.ok(from < 525 * 60 && to > 525 * 60, `${from}-${to}`);
  await buttons.getByRole("button", { name: "Whole day" }).click();
  assert.match(String(await zoomChanges(page, `${from}-${to}`)), /^0-(82800|86400|90000)$/);
  await buttons.getByRole("button", { name: "Active hours" }).click();
  await page.waitForURL((url) => !url.searchParams.has("zoom"), WAIT);

  const box = (await timelineOf(page).boundingBox())!;
  const x = box.x + box.width / 2, y = box.y + 34;
  await page.mouse.move(x, y);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -150);
  await page.keyboard.up("Control");
  const wheeled = await zoomChanges(page, null);
  await page.mouse.down();
  await page.mouse.move(x + 200, y, { steps: 4 });
  await page.mouse.up();
  const dragged = await zoomChanges(page, wheeled);
  const begin = (zoom: string | null) => Number(zoom!.split("-")[0]);
  assert.ok(begin(dragged) < begin(wheeled), `${wheeled} -> ${dragged}`);
  await page.mouse.wheel(120, 0);
  assert.ok(begin(await zoomChanges(page, dragged)) > begin(dragged));
  // The plain wheel is the page's.
  await page.mouse.wheel(0, 300);
  await eventually(page, () => page.evaluate("scrollY"), (y) => Number(y) > 0);
  await page.evaluate("scrollTo(0, 0)");

  // A pointer that stands on a span shows it; a click opens it. A drag has opened nothing.
  await page.mouse.move(x, y + 1);
  await region(page, "Timeline").getByRole("link", { name: "Change this time" }).waitFor(WAIT);
  await page.getByRole("slider", { name: /^Hour by hour/ }).focus();
  await page.keyboard.press("Home");
  for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.waitForURL(/zoom=18000-21600/, WAIT);
  await page.goBack();
  await page.mouse.click(x, y);
  await page.waitForURL(/\/edits\?/, WAIT);
  assert.deepEqual(problems, []);
});

Deno.test({
  name: `a busy day is drawn in what can be seen, and read again in detail${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  const count = 12_000;
  const { startMs } = daySpan(YESTERDAY, localZone, DAY_START_MIN);
  const lines = Array.from({ length: count }, (_, i) => {
    const [start, end] = [i, i + 1].map((n) => new Date(startMs + n * 5_000).toISOString());
    return JSON.stringify({
      start,
      end,
      source: "window",
      app: `app${i % 7}`,
      title: `window ${i}`,
    });
  });
  for (let at = 0; at < count; at += 6_000) {
    await desk.send("POST", "/import", lines.slice(at, at + 6_000).join("\n"));
  }
  const whole = await desk.get<WireTimeline>(`/activity/timeline?date=${YESTERDAY}`);
  assert.ok(whole.window.length < 3_000 && whole.detail_seconds > 0);
  assert.equal(whole.window.reduce((sum, each) => sum + each.count, 0), count);
  const { page, problems } = await desk.visit(`/?date=${YESTERDAY}&zoom=30000-30090`);
  await timelineOf(page).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  const said = await saysMarked(page, /, 5.s, app\d: window \d+, \w+$/);
  const number = Number(/window (\d+)/.exec(said)![1]);
  assert.ok(number >= 6_000 && number <= 6_060, said);
  await page.keyboard.press("0");
  await saysMarked(page, /\d+ windows, mostly app\d: window \d+/);
  assert.deepEqual(problems, []);
});
