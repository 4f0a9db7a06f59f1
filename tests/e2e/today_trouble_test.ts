/**
 * The day's page where something is not as usual: on paper, in another zone, with a 12-hour clock, without a daemon,
 * without a tracker, by keyboard up to today.
 * @module
 */
import assert from "node:assert/strict";
import type { WireEvent } from "../../web/wire.ts";
import { Desk, DESK_NEEDS, WAIT } from "./desk.ts";
import { settled } from "./settled.ts";
import {
  BEFORE,
  eventually,
  PIECES,
  record,
  region,
  RULES,
  spaced,
  YESTERDAY,
} from "./today_scene.ts";

const { ignore, suffix } = DESK_NEEDS;

/** What signal is drawn in, red, green and blue: on paper and on a light screen, and on a dark one. */
const LIGHT = "11,122,111", DARK = "65,184,164";
/** Of every canvas: where it ends on the page, and how many pixels have either colour. */
const CANVASES = `[...document.querySelectorAll("main canvas")].map((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const counts = { "${LIGHT}": 0, "${DARK}": 0 };
  for (let i = 0; i < data.length; i += 4) {
    const colour = data[i] + "," + data[i + 1] + "," + data[i + 2];
    if (colour in counts) counts[colour]++;
  }
  return { right: canvas.getBoundingClientRect().right, light: counts["${LIGHT}"], dark: counts["${DARK}"] };
})`;
interface Canvas {
  readonly right: number;
  readonly light: number;
  readonly dark: number;
}

Deno.test({
  name: `a day is printed in paper's colours and whole, also from a dark screen${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await desk.setRules(RULES);
  await record(desk, YESTERDAY, PIECES);
  const { page, problems } = await desk.visit(`/?date=${YESTERDAY}`, { colorScheme: "dark" });
  await page.locator(".timeline-stop canvas").waitFor(WAIT);
  await page.locator(".columns-stop canvas").waitFor(WAIT);
  await settled(page);
  const onScreen = await page.evaluate(CANVASES) as Canvas[];
  // What stands on the canvas when the event has been heard is what is printed.
  await page.evaluate(`addEventListener("beforeprint", () =>
    queueMicrotask(() => queueMicrotask(() => globalThis.printed = ${CANVASES})))`);
  const pdf = await page.pdf({ format: "A4" });
  assert.equal(pdf.subarray(0, 4).toString(), "%PDF");
  const printed = await page.evaluate("printed") as Canvas[];
  assert.equal(printed.length, 2);
  for (const [i, { right, light, dark }] of printed.entries()) {
    assert.ok(onScreen[i].light === 0 && onScreen[i].dark > 100, "dark on the screen");
    assert.ok(light > 100 && dark === 0, "light on paper");
    assert.ok(right < onScreen[i].right, `${onScreen[i].right} on screen, ${right} on paper`);
  }
  // And the screen is as it was.
  const after = () => page.evaluate(CANVASES) as Promise<Canvas[]>;
  await eventually(page, after, (all) => all.every(({ light }) => light === 0));
  assert.deepEqual((await after()).map(({ right }) => right), onScreen.map(({ right }) => right));
  // Reading a canvas is this test's own doing.
  assert.deepEqual(problems.filter((problem) => !problem.startsWith("Canvas2D")), []);
});

Deno.test({
  name: `a day says so when the browser's clock is another than the daemon's${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await record(desk, YESTERDAY, PIECES);
  const apart = await desk.visit("/", { timezoneId: "Pacific/Kiritimati" });
  await apart.page.getByText("Two clocks").waitFor(WAIT);
  const alike = await desk.visit("/");
  await alike.page.getByRole("heading", { name: "Timeline" }).waitFor(WAIT);
  await alike.page.getByRole("status").getByText("Live", { exact: true }).waitFor(WAIT);
  assert.equal(await alike.page.getByText("Two clocks").count(), 0);
});

Deno.test({
  name:
    `a day fits 320 px with a 12-hour clock, and right-to-left locales turn nothing around${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await desk.setRules(RULES);
  await record(desk, YESTERDAY, PIECES);
  for (const locale of ["en-US", "ar-EG", "he"]) {
    const { page, problems } = await desk.visit("/", { width: 320, height: 640, locale });
    await page.locator(".timeline-stop canvas, .empty").first().waitFor(WAIT);
    await settled(page);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 320, locale);
    const text = await page.locator("main").innerText();
    assert.doesNotMatch(text, /[\u0590-\u08ff]/, "no letter that runs from right to left");
    // The table's time lies beside what was done then, not over it.
    const cell = page.locator("td.event-time").first();
    const [{ width }, needed] = [
      (await cell.boundingBox())!,
      await cell.evaluate((element) => element.scrollWidth),
    ];
    assert.ok(needed <= width + 1, `${locale}: ${needed} px in ${width} px`);
    assert.deepEqual(problems, []);
    await page.context().close();
  }
});

Deno.test({
  name: `a day that cannot be read shows no other day's numbers${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await desk.setRules(RULES);
  await record(desk, YESTERDAY, PIECES);
  const { page } = await desk.visit(`/?date=${YESTERDAY}`);
  await region(page, "Titles").getByText("main.ts").waitFor(WAIT);
  await page.route(`**/activity/**date=${BEFORE}**`, (route) => route.abort());
  await page.getByRole("button", { name: "Day before" }).click();
  await page.getByText("Could not read this day.").waitFor(WAIT);
  await page.getByText("Could not read the timeline.").waitFor(WAIT);
  await page.getByText("Could not read the day's titles.").waitFor(WAIT);
  await region(page, "Titles").getByText("main.ts").waitFor({ state: "detached", ...WAIT });
  assert.doesNotMatch(spaced(await page.locator("main").innerText()), /3 h 30 min|main\.ts|Code/);
  await page.unroute(`**/activity/**date=${BEFORE}**`);
  await page.getByRole("button", { name: "Try again" }).first().click();
  await page.getByText("No signal or noise on this day").waitFor(WAIT);
});

Deno.test({
  name: `days are walked by keyboard up to today without losing the focus${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await record(desk, BEFORE, PIECES);
  const { page } = await desk.visit(`/?date=${BEFORE}`);
  const heading = page.getByRole("heading", { level: 1 });
  const focused = () => page.evaluate("document.activeElement?.ariaLabel");
  const after = page.getByRole("button", { name: "Day after" });
  await after.focus();
  await page.keyboard.press("Enter");
  await heading.filter({ hasText: /^Yesterday/ }).waitFor(WAIT);
  await page.keyboard.press("Enter");
  await heading.filter({ hasText: /^Today/ }).waitFor(WAIT);
  assert.equal(await focused(), "Day after");
  assert.equal(await after.getAttribute("aria-disabled"), "true");
  await page.keyboard.press("Enter");
  await page.goBack();
  await page.getByRole("button", { name: "Today", exact: true }).focus();
  await page.keyboard.press("Enter");
  await heading.filter({ hasText: /^Today/ }).waitFor(WAIT);
  assert.equal(await focused(), "Day before");
});

Deno.test({
  name: `a day says what was last in front, until when, and why nothing is recorded now${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  await desk.setRules(RULES);
  {
    await using _window = desk.run("xterm", ["-T", "the last window", "-e", "sleep", "60"]);
    const { page } = await desk.visit();
    await region(page, "In front now").getByText("the last window").waitFor(WAIT);
    await region(page, "Recently").getByText("the last window").waitFor(WAIT);
    await desk.send("PUT", "/pause", { on: true });
    const last = region(page, "Last in front");
    await last.getByText("the last window").waitFor(WAIT);
    await last.getByText(/Not recording now: paused until you end it\./).waitFor(WAIT);
    const events = await desk.get<WireEvent[]>("/events/recent?limit=50");
    const { end } = events.find(({ title }) => title === "the last window")!;
    assert.equal(await last.locator("time").first().getAttribute("datetime"), end);
  }
});
