/**
 * The Focus page's past: sessions that were recorded, as charts, programs and rows, for a range that can be chosen.
 * @module
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { temporaryStore } from "../../daemon/store/testing.ts";
import type { WireFocusedDay } from "../../web/focus/wire.ts";
import { formatDuration } from "../../web/format.ts";
import type { WireFocusAnalytics, WireFocusSession } from "../../web/wire.ts";
import { assertAccessible } from "./axe.ts";
import { PHONE_NEEDS, PhoneStage, WAIT } from "./phone_stage.ts";

const { ignore, suffix } = PHONE_NEEDS;
const MINUTE_MS = 60_000, DAY_MS = 1_440 * MINUTE_MS;
/** A program whose name is not to be trusted. */
const HOSTILE = `<b id="bold">"Editor"</b>\u202e 🎯 ${"w".repeat(9_000)}`;
const SESSIONS = 45;

/** A session a day: 12 min focused, 6 unfocused, 2 away; an editor in front for 8 of them, then the other for 12. */
async function record(path: string): Promise<void> {
  await using t = temporaryStore({ path });
  const newestMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 60 * MINUTE_MS;
  for (let day = SESSIONS - 1; day >= 0; day--) {
    const startMs = newestMs - day * DAY_MS;
    const at = (minutes: number) => startMs + minutes * MINUTE_MS;
    const front = (app: string, from: number, to: number) => ({
      ...{ source: "window" as const, subject: { app, title: HOSTILE } },
      startMs: at(from),
      endMs: at(to),
    });
    await t.store.import([front("Code", 0, 8), front(HOSTILE.slice(0, 400), 8, 20)]);
    const { begun } = await t.store.focus.begin({ source: "browser", camera: "cam", startMs });
    await t.store.focus.append(begun.id, 1, () => [
      { startMs, endMs: at(12), state: "focused" },
      { startMs: at(12), endMs: at(18), state: "unfocused" },
      { startMs: at(18), endMs: at(20), state: "no_face" },
    ]);
    await t.store.focus.end(begun.id, "ended");
  }
}

const past = (page: Page) => page.getByRole("region", { name: "Past sessions" });
const sessionButtons = (page: Page) =>
  past(page).getByRole("table", { name: "Sessions" }).getByRole("button", { name: /\d\d:\d\d/ });

async function assertFits(page: Page): Promise<void> {
  const tooWide = await page.evaluate(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  assert.equal(tooWide, 0, "the page scrolls sideways");
}

/** What the chart says of each column, from the first to the last. */
async function spoken(page: Page, chart: string): Promise<string[]> {
  const slider = past(page).getByRole("slider", { name: chart, exact: true });
  await slider.focus();
  await page.keyboard.press("Home");
  const said: string[] = [];
  for (let left = Number(await slider.getAttribute("aria-valuemax")); left > 0; left--) {
    said.push(await slider.getAttribute("aria-valuetext") ?? "");
    await page.keyboard.press("ArrowRight");
  }
  return said;
}

/** The minutes that are said of something: "signal 12 min", "signal 1 h 05 min". */
function minutesIn(said: string, word: string): number {
  const found = new RegExp(`\\b${word} (?:(\\d+).h )?(\\d+).min`).exec(said);
  return found ? Number(found[1] ?? 0) * 60 + Number(found[2]) : 0;
}

Deno.test({
  name: `focus page tells the past as the API does, over the range that the address names${suffix}`,
  ignore,
}, async () => {
  await using stage = await PhoneStage.open({}, record);
  const { daemon } = stage;
  await daemon.fetch("/rules", {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify([{ match: "app", exact: "Code", class: "signal", category: "work" }]),
  }).then((response) => response.text());
  const { page, problems, hosts } = await stage.visit("/focus?days=7");
  const read = async (days: number) => {
    const analytics = await daemon.get<WireFocusAnalytics>(`/focus/analytics?days=${days}`);
    return { ...analytics, byDay: await daemon.get<WireFocusedDay[]>(`/focus/days?days=${days}`) };
  };
  const week = await read(7);
  await past(page).getByText(`in ${week.total.sessions} sessions`).waitFor(WAIT);
  assert.equal(
    week.byDay.reduce((sum, day) => sum + day.focused_seconds, 0),
    week.total.focused_seconds,
  );
  const byDay = await spoken(page, "Focused time, by what was in front");
  assert.equal(byDay.length, 7);
  for (const [i, said] of byDay.entries()) {
    assert.equal(minutesIn(said, "signal"), Math.floor(week.byDay[i].signal_seconds / 60), said);
    const neutral = Math.floor(week.byDay[i].neutral_seconds / 60);
    assert.equal(minutesIn(said, "neutral"), neutral, said);
  }
  const byHour = await spoken(page, "Focused time by hour of the day");
  for (const [i, said] of byHour.entries()) {
    assert.equal(minutesIn(said, "focused"), Math.floor(week.hours[i].focused_seconds / 60), said);
  }
  // Names are text and nothing else.
  const table = past(page).getByRole("region", { name: "Focused on", exact: true });
  const code = table.getByRole("row").filter({ hasText: "Code" });
  const item = week.focused_on.find(({ name }) => name === "Code");
  await code.getByText(formatDuration(item!.seconds), { exact: true }).waitFor(WAIT);
  assert.equal(await page.locator("#bold").count(), 0);
  assert.ok(!(await page.content()).includes("\u202e"));
  await table.getByRole("button", { name: "Categories" }).click();
  await table.getByRole("row").filter({ hasText: "work" }).getByText("Signal").waitFor(WAIT);

  await past(page).getByRole("button", { name: "A year" }).click();
  await past(page).getByText(`in ${SESSIONS} sessions`).waitFor(WAIT);
  assert.equal(new URL(page.url()).searchParams.get("days"), "365");
  const weeks = await spoken(page, "Focused time, by what was in front");
  assert.ok(weeks.length <= 92 && weeks.length > 50, String(weeks.length));
  await page.reload();
  await past(page).getByText(`in ${SESSIONS} sessions`).waitFor(WAIT);
  await page.goBack();
  await past(page).getByText(`in ${week.total.sessions} sessions`).waitFor(WAIT);
  assert.deepEqual(problems, []);
  assert.deepEqual([...hosts], [new URL(daemon.url).host]);
});

Deno.test({
  name: `focus page turns the pages of sessions, and opens one of them${suffix}`,
  ignore,
}, async () => {
  await using stage = await PhoneStage.open({}, record);
  const { page, problems } = await stage.visit("/focus?days=91");
  const all = await stage.daemon.get<WireFocusSession[]>("/focus/sessions?limit=100");
  assert.equal(all.length, SESSIONS);
  const shown = async () => {
    const times = await past(page).getByRole("table", { name: "Sessions" }).locator("time").all();
    return await Promise.all(times.map((time) => time.getAttribute("datetime")));
  };
  const untilShown = (from: number, to: number) =>
    past(page).locator(`.session-table time[datetime="${all[from].start}"]`).waitFor(WAIT)
      .then(shown).then((times) =>
        assert.deepEqual(times, all.slice(from, to).map(({ start }) => start))
      );
  await untilShown(0, 20);
  await past(page).getByRole("button", { name: "Older" }).click();
  await untilShown(20, 40);
  await page.reload();
  await untilShown(20, 40);
  await past(page).getByRole("button", { name: "Older" }).click();
  await untilShown(40, SESSIONS);
  assert.equal(await past(page).getByRole("button", { name: "Older" }).count(), 0);
  await page.goBack();
  await untilShown(20, 40);
  await past(page).getByRole("button", { name: "Newest" }).click();
  await untilShown(0, 20);

  // What cannot be read is said, and where it stands.
  const first = sessionButtons(page).first();
  await page.route(/\/focus\/(sessions\/\d+|days)/, (route) => route.abort());
  await first.press("Enter");
  const trouble = past(page).getByRole("alert").filter({ hasText: "Could not read this session." });
  await trouble.waitFor(WAIT);
  await past(page).getByRole("button", { name: "4 weeks" }).click();
  await past(page).getByText("Could not read what you were focused on.").waitFor(WAIT);
  await page.unroute(/\/focus\/(sessions\/\d+|days)/);
  await page.goBack();
  await past(page).getByText("Could not read what you were focused on.").waitFor({
    ...WAIT,
    state: "detached",
  });
  if (await trouble.count() > 0) await trouble.getByRole("button", { name: "Try again" }).click();
  const minutes = past(page).getByRole("slider", { name: "Minute by minute" });
  await minutes.waitFor(WAIT);
  const said = await spoken(page, "Minute by minute");
  assert.equal(said.length, 20);
  assert.match(said[0], /focused 1.min/);
  assert.match(said[13], /unfocused 1.min/);
  assert.match(said[19], /away 1.min/);
  assert.equal(await first.getAttribute("aria-expanded"), "true");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await assertAccessible(page);
  }
  for (const width of [360, 2_560]) {
    await page.setViewportSize({ width, height: 900 });
    await assertFits(page);
  }
  await assertAccessible(page);
  assert.deepEqual(problems.filter((text) => !text.includes("net::ERR_FAILED")), []);
});

Deno.test({
  name: `focus page without sessions, and without a sign-in, says what will be there${suffix}`,
  ignore,
}, async () => {
  await using stage = await PhoneStage.open();
  const { page, problems } = await stage.visit("/focus", { viewport: { width: 360, height: 800 } });
  await past(page).getByText("No session in this time").waitFor(WAIT);
  await assertAccessible(page);
  await assertFits(page);
  const other = await stage.open(`${stage.daemon.url}/focus`);
  await past(other.page).getByText("They are shown to who is signed in.").waitFor(WAIT);
  await assertAccessible(other.page);
  assert.deepEqual([...problems, ...other.problems], []);
});
