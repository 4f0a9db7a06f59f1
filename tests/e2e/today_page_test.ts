/**
 * The day as a person looks at it: live, and by date; every number against the API and what was recorded.
 * @module
 */
import assert from "node:assert/strict";
import type { WireCompared, WireTimeline } from "../../daemon/api/timeline.ts";
import type { WireDay, WireEvent } from "../../web/wire.ts";
import { assertAccessible } from "./axe.ts";
import { Desk, DESK_NEEDS, WAIT } from "./desk.ts";
import {
  BEFORE,
  headline,
  PIECES,
  record,
  region,
  RULES,
  saysMarked,
  spaced,
  timelineOf,
  YESTERDAY,
} from "./today_scene.ts";

const { ignore, suffix } = DESK_NEEDS;

/** Titles that would be something else than text, if the page let them. */
const HOSTILE = [
  `<script>document.title="run"</script><img src=x onerror="document.title='run'">`,
  "\u202eexe.tod\u202c شكرا \u2066left\u2069",
  "👩‍👩‍👧‍👦 🏳️‍🌈 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́",
  "x".repeat(10_000),
];

Deno.test(
  { name: `today's page follows what is in front in all of its parts${suffix}`, ignore },
  async () => {
    await using desk = await Desk.open();
    await desk.setRules(RULES);
    await record(desk, YESTERDAY, PIECES);
    const { page, problems, hosts } = await desk.visit();
    await page.getByRole("heading", { level: 1, name: /^Today/ }).waitFor(WAIT);

    await using _first = desk.run("xterm", ["-T", "first window", "-e", "sleep", "60"]);
    await region(page, "In front now").getByText("first window").waitFor(WAIT);
    await region(page, "Recently").getByRole("row").filter({ hasText: "first window" }).waitFor(
      WAIT,
    );
    await region(page, "Titles").getByRole("listitem").filter({ hasText: "first window" }).waitFor(
      WAIT,
    );
    await region(page, "Programs").getByRole("listitem").filter({ hasText: "XTerm" }).waitFor(WAIT);
    await region(page, "Categories").getByRole("listitem").filter({ hasText: "terminal" }).waitFor(
      WAIT,
    );
    await timelineOf(page).focus();
    await page.keyboard.press("End");
    await saysMarked(page, /^Windows, .*XTerm: first window, signal$/);
    await headline(page, "100%").waitFor(WAIT);

    // Another one comes to the front, and into the timeline, without anything being pressed.
    await using _second = desk.run("xterm", ["-T", "second window", "-e", "sleep", "60"]);
    await region(page, "In front now").getByText("second window").waitFor(WAIT);
    await region(page, "Titles").getByRole("listitem").filter({ hasText: "second window" }).waitFor(
      WAIT,
    );
    await page.keyboard.press("End");
    await saysMarked(page, /XTerm: second window, signal$/);

    // Yesterday stands beside it, and what the page says of it is what the API says.
    const compared = await desk.get<WireCompared>("/activity/compared");
    assert.equal(compared.day_before.signal_share, 210 / 260);
    assert.equal(compared.week_before.signal_share, 210 / 260);
    const figures = await region(page, "Signal and noise").innerText();
    assert.match(spaced(figures), /Yesterday\s+81% 4\.2 to 1 up 19 points/);
    assert.match(spaced(figures), /7-day mean\s+81% 4\.2 to 1 up 19 points/);

    const [last] = await desk.get<WireEvent[]>("/events/recent?limit=1");
    const row = region(page, "Recently").getByRole("row").filter({ hasText: "second window" });
    const link = await row.getByRole("link").first().getAttribute("href");
    assert.equal(new URLSearchParams(link!.split("?")[1]).get("from"), last.start);
    assert.deepEqual(problems, []);
    assert.deepEqual([...hosts], [new URL(desk.url).host]);
  },
);

Deno.test({
  name: `a day's page says what was recorded, and its address brings it back${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await desk.setRules(RULES);
  await record(desk, YESTERDAY, PIECES);
  await record(desk, BEFORE, [{
    at: 300,
    minutes: 60,
    source: "window",
    app: "mpv",
    title: "A film",
  }]);
  const { page, problems, hosts } = await desk.visit("/", { signedIn: true });
  const figures = region(page, "Signal and noise");
  const heading = page.getByRole("heading", { level: 1 });

  // To other days by buttons, by the address, back, forward and by loading again.
  await page.getByRole("button", { name: "Day before" }).click();
  await heading.filter({ hasText: /^Yesterday/ }).waitFor(WAIT);
  assert.equal(new URL(page.url()).search, `?date=${YESTERDAY}`);
  await headline(page, "81%").waitFor(WAIT);
  await page.getByRole("button", { name: "Day before" }).click();
  await headline(page, "0%").waitFor(WAIT);
  await figures.getByText("nothing to compare").first().waitFor(WAIT);
  await page.goBack();
  await heading.filter({ hasText: /^Yesterday/ }).waitFor(WAIT);
  await page.goForward();
  await headline(page, "0%").waitFor(WAIT);
  await page.getByLabel("Date").fill(YESTERDAY);
  await heading.filter({ hasText: /^Yesterday/ }).waitFor(WAIT);
  await page.reload();
  await heading.filter({ hasText: /^Yesterday/ }).waitFor(WAIT);
  await headline(page, "81%").waitFor(WAIT);

  // The numbers: as recorded, as the API has them, as the page says.
  const day = await desk.get<WireDay>(`/activity/day?date=${YESTERDAY}`);
  assert.deepEqual(
    [day.signal_seconds, day.noise_seconds, day.neutral_seconds, day.afk_seconds],
    [12_600, 3_000, 0, 2_700],
  );
  const legend = spaced(await figures.innerText());
  for (const said of ["Signal\n3 h 30 min", "Noise\n50 min", "Neutral\n0 s", "Away\n45 min"]) {
    assert.ok(legend.includes(said), `${said} in ${legend}`);
  }
  assert.match(legend, /4\.2\s+signal to noise/);
  const top = async (name: string) =>
    spaced(await region(page, name).getByRole("list").innerText()).split("\n").filter(Boolean);
  assert.deepEqual((await top("Programs")).filter((line) => /\d (min|s)$/.test(line)), [
    ...["3 h 30 min", "30 min", "20 min"],
  ]);
  assert.match(
    (await top("Titles")).join(" "),
    /main\.ts.*2 h 30 min.*day\.ts.*1 h 00 min.*A film.*30 min/,
  );
  assert.match(
    (await top("Categories")).join(" "),
    /development.*3 h 30 min.*media.*30 min.*social.*20 min/,
  );

  // The timeline: every lane by keyboard, each span with what it was.
  const timeline = await desk.get<WireTimeline>(`/activity/timeline?date=${YESTERDAY}`);
  assert.equal(timeline.window.reduce((sum, { seconds }) => sum + seconds, 0), 240 * 60);
  assert.deepEqual(timeline.phones.map(({ device }) => device), ["pixel"]);
  await timelineOf(page).focus();
  await page.keyboard.press("Home");
  assert.match(
    spaced(await saysMarked(page, /main\.ts/)),
    /^Windows, 09:00 – 11:30, 2 h 30 min, Code: main\.ts, signal$/,
  );
  await page.keyboard.press("ArrowRight");
  await saysMarked(page, /mpv: A film, noise$/);
  await page.keyboard.press("ArrowDown");
  assert.match(spaced(await saysMarked(page, /^Away/)), /^Away, 12:00 – 12:45, 45 min$/);
  await page.keyboard.press("ArrowDown");
  assert.match(
    spaced(await saysMarked(page, /^pixel/)),
    /^pixel, 14:00 – 14:20, 20 min, com\.feed, noise$/,
  );
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Home");
  await saysMarked(page, /main\.ts/);

  // A span leads to changing it, and back is where one was; a title leads to a rule.
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/edits\?/, WAIT);
  const [span] = timeline.window;
  const dayMs = Date.parse(timeline.from);
  const asked = new URL(page.url()).searchParams;
  assert.equal(asked.get("from"), new Date(dayMs + span.start_seconds * 1000).toISOString());
  assert.equal(asked.get("to"), new Date(dayMs + span.end_seconds * 1000).toISOString());
  await page.goBack();
  await heading.filter({ hasText: /^Yesterday/ }).waitFor(WAIT);
  await region(page, "Titles").getByRole("link", { name: /main\.ts/ }).click();
  await page.waitForURL(/\/rules\?title=main\.ts$/, WAIT);
  await page.goBack();
  await heading.filter({ hasText: /^Yesterday/ }).waitFor(WAIT);
  assert.deepEqual(problems, []);
  assert.deepEqual([...hosts], [new URL(desk.url).host]);
});

Deno.test({
  name: `today's page shows hostile titles as text, on a phone, to everybody${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await desk.setRules(RULES);
  await record(desk, YESTERDAY, [
    ...PIECES,
    ...HOSTILE.map((title, i) => ({
      ...{
        at: 660 + 30 * i,
        minutes: 30,
        source: "window" as const,
        app: title.slice(0, 200),
        title,
      },
    })),
    { at: 800, minutes: 5, source: "phone", app: HOSTILE[1], device: HOSTILE[0] },
  ]);
  await using _terminal = desk.run("xterm", ["-T", HOSTILE[0], "-e", "sleep", "60"]);
  for (const [width, colorScheme] of [[360, "dark"], [1280, "light"], [2560, "dark"]] as const) {
    const { page, problems, hosts } = await desk.visit("/", { width, height: 900, colorScheme });
    const row = page.getByRole("row").filter({ hasText: "<script>" }).first();
    await row.waitFor(WAIT);
    await page.locator(".timeline-stop canvas").waitFor(WAIT);
    const checkWidth = async () =>
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
    await checkWidth();
    // The layouts are three, the colours two: that is looked at twice.
    if (width !== 2560) await assertAccessible(page);
    await page.getByRole("button", { name: "Day before" }).click();
    await region(page, "Titles").getByText("<script>").waitFor(WAIT);
    await page.locator(".timeline-stop canvas").waitFor(WAIT);
    await timelineOf(page).focus();
    await page.keyboard.press("End");
    const said = await saysMarked(page, /x{100}/);
    assert.ok(said.length < 600);
    for (let i = 0; i < 2; i++) await page.keyboard.press("ArrowLeft");
    assert.doesNotMatch(await saysMarked(page, /شكرا/), /[\u202a-\u202e\u2066-\u2069]/);
    await checkWidth();
    if (width !== 2560) await assertAccessible(page);
    assert.match(await page.title(), /ProdTracker$/);
    assert.equal(await page.locator("main img, main script").count(), 0);
    assert.deepEqual(problems, []);
    assert.deepEqual([...hosts], [new URL(desk.url).host]);
    await page.context().close();
  }
});

Deno.test({ name: `a day without anything says so${suffix}`, ignore }, async () => {
  await using desk = await Desk.open();
  await record(desk, YESTERDAY, PIECES);
  const { page, problems } = await desk.visit(`/?date=${BEFORE}`);
  await page.getByText("Nothing was recorded on this day").waitFor(WAIT);
  await page.getByText("No signal or noise on this day").waitFor(WAIT);
  assert.equal(await timelineOf(page).count(), 0);
  await assertAccessible(page);
  // A date that is none, or still to come, is today.
  for (const date of ["2026-02-31", "2999-01-01", "%3Cscript%3E"]) {
    await page.goto(`${desk.url}/?date=${date}`);
    await page.getByRole("heading", { level: 1, name: /^Today/ }).waitFor(WAIT);
  }
  assert.deepEqual(problems, []);
});
