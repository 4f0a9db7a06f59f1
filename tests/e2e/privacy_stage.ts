/**
 * What the tests of the settings for privacy, screenshots and erasing share.
 * @module
 */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { waitFor } from "../daemon_process.ts";
import { assertAccessible } from "./axe.ts";
import { Desk, DESK_NEEDS, type Visit, WAIT } from "./desk.ts";

const { ignore, suffix } = DESK_NEEDS;
export const SECRET = "tulip bulb prices";
export const HOSTILE = [
  `<script>document.title = "run"</script>`,
  "\u202egnp.exe\u202c \u2067\u05d0\u05d1\u05d2 right to left",
  "x".repeat(10_000),
  "👩‍👩‍👧‍👦 emoji",
];

/** A test with a desk of its own. */
export function test(
  name: string,
  act: (desk: Desk) => Promise<void>,
  settings: Record<string, string> = {},
): void {
  Deno.test({ name: `${name}${suffix}`, ignore }, async () => {
    await using desk = await Desk.open(settings);
    await act(desk);
  });
}

/** Ten minutes of each title, one after another, until an hour ago. */
export async function record(desk: Desk, titles: readonly string[], app = "Editor"): Promise<void> {
  const endMs = Date.now() - 3_600_000, stepMs = 600_000;
  const lines = titles.map((title, index) => {
    const startMs = endMs - (titles.length - index) * stepMs;
    const [start, end] = [startMs, startMs + stepMs].map((ms) => new Date(ms).toISOString());
    return JSON.stringify({ start, end, source: "window", app, title });
  });
  await desk.send("POST", "/import?format=jsonl", lines.join("\n"));
}

/** A section of the settings, signed in. */
export async function open(desk: Desk, section: string, more = ""): Promise<Visit> {
  const visit = await desk.visit(`/settings?section=${section}${more}`, { signedIn: true });
  await visit.page.locator("main h1").waitFor(WAIT);
  return visit;
}

export const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
export const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole("button", { name, ...(typeof name === "string" && { exact: true }) });
export const said = (page: Page, text: string | RegExp) => page.locator(".saying").getByText(text);

/** Both colour schemes, and the narrowest screen there is. */
export async function assertFits(page: Page, what: string): Promise<void> {
  const before = page.viewportSize()!;
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await assertAccessible(page, `${what}, ${colorScheme}`);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360, what);
  await page.setViewportSize(before);
}

/** @param refused Statuses that were provoked: a browser's console tells of each. */
export function assertClean({ problems, hosts }: Visit, desk: Desk, refused?: "409" | "422"): void {
  const isProvoked = (text: string) => refused !== undefined && text.includes(` ${refused} `);
  assert.deepEqual(problems.filter((text) => !isProvoked(text)), []);
  assert.deepEqual([...hosts], [new URL(desk.url).host]);
}

/** Waits until what has the keyboard fulfils an expression about `focused`. */
export async function waitForFocus(page: Page, expression: string): Promise<void> {
  const asked = `((focused) => Boolean(${expression}))(document.activeElement)`;
  await waitFor(async () => await page.evaluate<boolean>(asked) || undefined);
}
