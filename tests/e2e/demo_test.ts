/**
 * The demo as it is looked at: marked on every page, in order on every page.
 * @module
 */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { loadConfig } from "../../daemon/config/load.ts";
import { addDays } from "../../daemon/core/day.ts";
import { type View, VIEWS } from "../../daemon/core/views.ts";
import { demo } from "../../daemon/mod.ts";
import { VIEW_WORDS } from "../../web/words.ts";
import type { WireDay } from "../../web/wire.ts";
import { assertAccessible } from "./axe.ts";
import { Desk, DESK_NEEDS, WAIT } from "./desk.ts";

const { ignore, suffix } = DESK_NEEDS;

Deno.test({
  name: `demo is marked on every page, by its data too, and breaks none${suffix}`,
  ignore,
}, async () => {
  await using stack = new AsyncDisposableStack();
  const dir = await Deno.makeTempDir();
  stack.defer(() => Deno.remove(dir, { recursive: true }));
  const { demoConfig, prepareDemo } = await demo();
  const settings: Record<string, string> = { PRODTRACKER_DATA_DIR: `${dir}/data` };
  const config = demoConfig(loadConfig({ env: (name) => settings[name] }));
  await prepareDemo({ config, nowMs: Date.now() });
  await using desk = await Desk.open({ PRODTRACKER_DATA_DIR: config.dataDir });
  const health = await desk.get<{ demo: boolean }>("/health");
  assert.equal(health.demo, true, "a marked directory is a demo, whoever opens it");

  const { page, problems, hosts } = await desk.visit("/", {
    ...{ signedIn: true, width: 360, height: 740 },
  });
  const mark = page.getByRole("banner").getByText("Demo data");
  await mark.waitFor(WAIT);
  // Why parts are off is said once.
  assert.equal(await page.getByText("this is the demo").count(), 0);
  await assertAccessible(page);
  for (const [name, path] of Object.entries(VIEWS) as [View, string][]) {
    await page.getByRole("navigation", { name: "Views" })
      .getByRole("link", { name: VIEW_WORDS[name], exact: true }).click();
    await page.waitForURL((url) => url.pathname === path, WAIT);
    await page.getByRole("heading", { level: 1 }).first().waitFor(WAIT);
    await mark.waitFor(WAIT);
    const width = await page.evaluate("document.documentElement.scrollWidth");
    assert.equal(width, 360, `${name} scrolls sideways`);
  }
  assert.deepEqual(problems, []);
  assert.deepEqual([...hosts], [new URL(desk.url).host]);

  // Nothing is recorded, though a window is there.
  await using _terminal = desk.run("xterm", ["-T", "not in the demo", "-e", "sleep", "60"]);
  const today = await desk.get<WireDay>("/activity/day");
  const day = await desk.get<WireDay>(`/activity/day?date=${addDays(today.date, -1)}`);
  using db = new DatabaseSync(desk.databasePath, { readOnly: true });
  const counted = db.prepare(
    `SELECT s.class AS class, sum(min(t.end_ms, :to) - max(t.start_ms, :from)) / 1000.0 AS seconds
     FROM timeline t JOIN subject s ON s.id = t.subject_id
     WHERE t.start_ms < :to AND t.end_ms > :from GROUP BY 1`,
  ).all({ from: Date.parse(day.from), to: Date.parse(day.to) });
  const seconds = new Map(counted.map((row) => [row.class as string, row.seconds as number]));
  assert.ok(Math.abs((seconds.get("signal") ?? 0) - day.signal_seconds) < 0.01);
  assert.ok(Math.abs((seconds.get("noise") ?? 0) - day.noise_seconds) < 0.01);
  await page.goto(`${desk.url}/?date=${day.date}`);
  await mark.waitFor(WAIT);
  const titles = db.prepare("SELECT count(*) AS n FROM subject WHERE title = 'not in the demo'");
  assert.equal(titles.get()?.n, 0);
});
