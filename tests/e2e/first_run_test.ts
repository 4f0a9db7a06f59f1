/**
 * The first minutes: what an empty database shows, and what it becomes.
 * @module
 */
import assert from "node:assert/strict";
import { assertAccessible } from "./axe.ts";
import { Desk, DESK_NEEDS, WAIT } from "./desk.ts";

const { ignore, suffix } = DESK_NEEDS;

Deno.test({
  name: `first run shows an example that is marked as one, and what to do next${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  for (const colorScheme of ["light", "dark"] as const) {
    const { page, problems, hosts } = await desk.visit("/", {
      ...{ signedIn: true, colorScheme, width: 360, height: 740 },
    });
    await page.getByRole("heading", { name: "Your day starts here" }).waitFor(WAIT);
    const example = page.getByRole("figure");
    await example.getByText("Example", { exact: true }).waitFor(WAIT);
    await example.locator("canvas").waitFor(WAIT);
    const chart = example.getByRole("slider", { name: "Example of a day, by hours" });
    await chart.focus();
    await page.keyboard.press("End");
    await example.getByText(/^17:00 to 18:00: signal 33/).waitFor(WAIT);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    assert.equal(await page.getByText("Demo data").count(), 0);
    await assertAccessible(page);

    await page.getByRole("link", { name: "Say what counts as what." }).click();
    await page.getByRole("heading", { level: 1, name: "Rules" }).waitFor(WAIT);
    assert.equal(new URL(page.url()).pathname, "/rules");
    await page.goBack();
    await page.getByRole("heading", { name: "What to do next" }).waitFor(WAIT);
    assert.deepEqual(problems, []);
    assert.deepEqual([...hosts], [new URL(desk.url).host]);
  }
});

Deno.test({
  name: `first run gives way to the day with the first window, and does not come back${suffix}`,
  ignore,
}, async () => {
  await using desk = await Desk.open();
  const { page, problems } = await desk.visit("/", { signedIn: true });
  await page.getByRole("heading", { name: "What to do next" }).waitFor(WAIT);
  await using _terminal = desk.run("xterm", ["-T", "the very first", "-e", "sleep", "60"]);
  await page.getByText("the very first").first().waitFor(WAIT);
  await page.getByRole("heading", { name: "What to do next" }).waitFor({
    ...{ ...WAIT, state: "detached" as const },
  });
  await page.reload();
  await page.getByText("the very first").first().waitFor(WAIT);
  assert.equal(await page.getByRole("figure").filter({ hasText: "Example" }).count(), 0);
  assert.deepEqual(problems, []);
});
