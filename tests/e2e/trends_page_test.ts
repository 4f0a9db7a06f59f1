/** The Trends page: its numbers are the API's, its addresses lead back to them, goals are kept. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { addDays } from "../../daemon/core/day.ts";
import { formatDuration, formatShare } from "../../web/format.ts";
import { assertAccessible } from "./axe.ts";
import { Desk, DESK_NEEDS, type Visit, WAIT } from "./desk.ts";
import { settled } from "./settled.ts";
import type { WireTrends } from "../../web/trends/wire.ts";

const { ignore, suffix } = DESK_NEEDS;

const RULES = [
  { match: "app", exact: "Editor", class: "signal", category: "work/code" },
  { match: "app", exact: "Mail", class: "neutral", category: "work/mail" },
  { match: "app", exact: "Video", class: "noise", category: "media" },
  { match: "app", exact: "Hostile", class: "noise", category: `<b id="bold">bold</b>` },
];

/** Hours of each day, beginning at 09:00 UTC: signal, then noise, then mail. */
function dayOf(date: string, signalMin: number, noiseMin: number): string[] {
  let at = Date.parse(`${date}T09:00:00Z`);
  return [["Editor", signalMin], ["Video", noiseMin], ["Mail", 10], ["Hostile", 5]].map(
    ([app, minutes]) => {
      const startMs = at;
      at += Number(minutes) * 60_000;
      const span = { start: new Date(startMs).toISOString(), end: new Date(at).toISOString() };
      return JSON.stringify({ ...span, source: "window", app, title: `${app} at work` });
    },
  );
}

/** Ninety days up to yesterday, of which every tenth is a bad one. */
async function recordDays(desk: Desk): Promise<void> {
  await desk.setRules(RULES);
  const { today } = await desk.get<WireTrends>("/activity/trends");
  const lines = Array.from({ length: 90 }, (_, back) => {
    const isBad = back % 10 === 3;
    return dayOf(addDays(today, -1 - back), isBad ? 30 : 120 + back, isBad ? 90 : 20);
  }).flat();
  await desk.send("POST", "/import", lines.join("\n"));
}

function assertClean({ problems, hosts }: Visit, desk: Desk): void {
  assert.deepEqual(problems, []);
  assert.deepEqual([...hosts], [new URL(desk.url).host]);
}

/** The table "In all" as texts: its first two columns. */
async function totalsOn(page: Page): Promise<Record<string, string>> {
  const rows = await page.locator(".trend-compared tbody tr").all();
  const cells = await Promise.all(rows.map(async (row) => [
    (await row.locator("th").innerText()).trim(),
    (await row.locator("td").first().innerText()).trim(),
  ]));
  return Object.fromEntries(cells);
}

/** What the table is to say of a reply. */
function totalsOf(trends: WireTrends): Record<string, string> {
  return {
    Signal: formatDuration(trends.signal_seconds),
    Noise: formatDuration(trends.noise_seconds),
    Neutral: formatDuration(trends.neutral_seconds),
    Away: formatDuration(trends.afk_seconds),
    "Signal share": trends.signal_share === null ? "–" : formatShare(trends.signal_share),
  };
}

async function assertShows(page: Page, trends: WireTrends): Promise<void> {
  const { "Signal to noise": _, ...shown } = await totalsOn(page);
  assert.deepEqual(shown, totalsOf(trends));
}

Deno.test({
  name: `trends show the API's numbers for every length of time, which the address keeps${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open({ TZ: "UTC" });
  await recordDays(desk);
  const visit = await desk.visit("/trends");
  const { page } = visit;
  const read = (query: string) => desk.get<WireTrends>(`/activity/trends?${query}`);
  const heading = page.locator("h1");
  const tab = (name: string) =>
    page.getByRole("navigation", { name: "Length of time" })
      .getByRole("link", { name, exact: true });

  const week = await read("period=week");
  await page.getByRole("button", { name: "Week before" }).click();
  await page.getByRole("button", { name: "This week" }).waitFor(WAIT);
  const before = addDays(week.first_date, -1);
  assert.equal(new URL(page.url()).searchParams.get("date"), before);
  await settled(page);
  await assertShows(page, await read(`period=week&date=${before}`));
  await page.reload();
  await settled(page);
  await assertShows(page, await read(`period=week&date=${before}`));

  const titles: string[] = [];
  for (const [name, period] of [["Year", "year"], ["Month", "month"], ["Day", "day"]]) {
    await tab(name).click();
    await page.locator(`.trends-nav [aria-current]`).getByText(name).waitFor(WAIT);
    await settled(page);
    await assertShows(page, await read(`period=${period}&date=${before}`));
    titles.push(await heading.innerText());
  }
  const month = await read(`period=month&date=${before}`);
  await page.goBack();
  await heading.getByText(titles[1], { exact: true }).waitFor(WAIT);
  await assertShows(page, month);
  await page.goForward();
  await heading.getByText(titles[2], { exact: true }).waitFor(WAIT);

  // A column of the month leads to its day, by keyboard.
  await page.goto(`${desk.url}/trends?period=month&date=${before}`);
  const columns = page.getByRole("slider", { name: "Day by day, by class" });
  await columns.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  const second = month.columns[1];
  const spoken = await columns.getAttribute("aria-valuetext");
  assert.ok(spoken?.includes(`signal ${formatDuration(second.signal_seconds)}`), spoken ?? "");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("date") === second.date);
  await settled(page);
  await assertShows(page, await read(`period=day&date=${second.date}`));

  // What is no date, or lies in the future, is not shown as if it were.
  await page.goto(`${desk.url}/trends?period=year&date=2999-01-01`);
  await page.getByText("it lies in the future").waitFor(WAIT);
  assert.deepEqual(visit.problems.filter((text) => !text.includes("422")), []);
  assert.deepEqual([...visit.hosts], [new URL(desk.url).host]);
});

Deno.test({
  name: `trends show categories as a tree, weekdays by hours, and rows of days${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open({ TZ: "UTC" });
  await recordDays(desk);
  const visit = await desk.visit("/trends?period=year");
  const { page } = visit;
  await settled(page);
  const year = await desk.get<WireTrends>("/activity/trends?period=year");

  const table = page.locator(".category-table");
  const work = year.categories.filter(({ name }) => name?.startsWith("work/"));
  const workSeconds = work.reduce((sum, c) => sum + c.signal_seconds + c.neutral_seconds, 0);
  const rowOf = (name: string) =>
    table.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
  assert.equal(await rowOf("Work").locator("td").first().innerText(), formatDuration(workSeconds));
  const code = work.find(({ name }) => name === "work/code")!;
  assert.equal(
    await rowOf("Code").locator("td").first().innerText(),
    formatDuration(code.signal_seconds),
  );
  // A category as somebody has written it is text.
  await rowOf(`<b id="bold">bold<`).waitFor(WAIT);
  assert.equal(await page.locator("#bold").count(), 0);

  const grid = page.getByRole("grid", { name: "Signal by weekday and hour" });
  await grid.locator("td[tabindex='0']").focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press("ArrowRight");
  const monday = year.heat.find((cell) => cell.weekday === 1 && cell.hour === 9)!;
  const mondays = Array.from({ length: 366 }, (_, index) => addDays(year.today, -index))
    .filter((date) => date >= (year.recorded_since ?? "") && date >= year.first_date)
    .filter((date) => new Date(`${date}T00:00:00Z`).getUTCDay() === 1).length;
  const wanted = formatDuration(monday.signal_seconds / mondays);
  await page.locator(".trend-heat .readout").getByText(`Monday, 09 to 10: ${wanted}`).waitFor(WAIT);
  await page.getByRole("button", { name: "Noise", exact: true }).click();
  await page.getByRole("grid", { name: "Noise by weekday and hour" }).waitFor(WAIT);
  await page.reload();
  await page.getByRole("grid", { name: "Noise by weekday and hour" }).waitFor(WAIT);

  const { more_signal } = year;
  const row = page.getByRole("listitem").filter({ hasText: "More signal than noise" });
  assert.match(await row.innerText(), new RegExp(`${more_signal.streak_days}\\s+days? in a row`));
  assert.equal(more_signal.streak_days, 3);
  assertClean(visit, desk);
});

Deno.test({
  name: `goals are added, judged, removed and brought back, by who is signed in${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open({ TZ: "UTC" });
  await recordDays(desk);
  const free = await desk.visit("/trends");
  await free.page.getByText("to change goals").waitFor(WAIT);
  assert.equal(await free.page.getByRole("button", { name: "Add a goal" }).count(), 0);

  const visit = await desk.visit("/trends?period=month", { signedIn: true });
  const { page } = visit;
  await page.getByRole("button", { name: "Add a goal" }).click();
  await page.getByRole("spinbutton", { name: "Hours" }).fill("0");
  await page.getByRole("button", { name: "Save the goal" }).click();
  await page.getByText("allowed is 1 to 1440").waitFor(WAIT);
  await page.getByRole("spinbutton", { name: "Hours" }).fill("1");
  await page.getByRole("spinbutton", { name: "Minutes" }).fill("30");
  await page.keyboard.press("Enter");
  await page.getByText("Saved: at least 1 h 30 min of signal").waitFor(WAIT);
  const focused = page.locator(":focus");
  assert.equal(await focused.innerText(), "Add a goal");
  const goals = () => desk.get<unknown[]>("/goals");
  assert.deepEqual(await goals(), [{ kind: "at_least", class: "signal", minutes: 90 }]);
  const row = page.getByRole("listitem").filter({ hasText: "At least 1 h 30 min of signal" });
  await row.waitFor(WAIT);
  const { goals: [kept] } = await desk.get<WireTrends>("/activity/trends?period=month");
  const text = await row.innerText();
  assert.match(text, new RegExp(`${kept.streak_days}\\s+days? in a row`));
  assert.ok(
    kept.counted_days === 0 || text.includes(`Kept on ${kept.met_days} of ${kept.counted_days}`),
    text,
  );
  await assertAccessible(page, "with goals");

  await page.getByRole("button", { name: "Remove the goal at least 1 h 30 min of signal" }).click();
  await page.getByText("Removed: at least 1 h 30 min of signal").waitFor(WAIT);
  await row.waitFor({ ...WAIT, state: "detached" });
  assert.deepEqual(await goals(), []);
  assert.equal(await focused.innerText(), "Add a goal");
  await page.getByRole("button", { name: "Undo" }).click();
  await row.waitFor(WAIT);
  assert.equal((await goals()).length, 1);
  assertClean(visit, desk);
});

Deno.test({
  name: `trends fit 360 px and 2560 px, and axe has nothing to object to, dark and light${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open({ TZ: "UTC" });
  await desk.send("PUT", "/goals", [{ kind: "at_most", class: "noise", minutes: 30 }]);
  const look = async (colorScheme: "light" | "dark", width: number, periods: string[]) => {
    const visit = await desk.visit("/", { signedIn: true, colorScheme, width, height: 900 });
    for (const period of periods) {
      await visit.page.goto(`${desk.url}/trends?period=${period}`);
      await settled(visit.page);
      const wide = await visit.page.evaluate("document.documentElement.scrollWidth");
      assert.equal(wide, width, `${period} at ${width} px`);
      await assertAccessible(visit.page, `${period}, ${colorScheme}, ${width} px`);
    }
    assertClean(visit, desk);
    await visit.page.context().close();
  };
  await look("light", 1280, ["week"]);
  await recordDays(desk);
  await look("light", 360, ["day", "week", "month", "year"]);
  await look("dark", 2560, ["month", "year"]);
  await look("dark", 1280, ["week"]);
});
