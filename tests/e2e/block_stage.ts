/**
 * What the tests of the Block page share. They run in a namespace, where the hosts file is a copy.
 * @module
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { WireBlockStatus } from "../../daemon/api/blocker.ts";
import { assertAccessible } from "./axe.ts";
import { type Desk, type Visit, WAIT } from "./desk.ts";
import { settled } from "./settled.ts";

export const HOSTS = "/etc/hosts";

/** The names that the hosts file sends nowhere now. */
export function blockedNames(): string[] {
  return [...Deno.readTextFileSync(HOSTS).matchAll(/^0\.0\.0\.0 (\S+)$/gm)].map(([, name]) => name);
}

/** Makes the hosts file, which is a mount here, one that nobody can write, or takes that back. */
export async function remount(how: "ro" | "rw"): Promise<void> {
  const args = ["-o", `remount,bind,${how}`, HOSTS];
  const { code } = await new Deno.Command("mount", { args }).output();
  assert.equal(code, 0);
}

export const statusOf = (desk: Desk) => desk.get<WireBlockStatus>("/blocker/status");

export const panel = (page: Page, name: string | RegExp) => page.getByRole("region", { name });

/** What was said at the foot of the window. */
export async function said(page: Page, text: string | RegExp): Promise<void> {
  await page.locator(".saying").getByText(text).waitFor(WAIT);
}

/** The countdown in seconds, as it is told to who cannot see it change. */
export async function leftSeconds(page: Page): Promise<number> {
  const text = await page.locator(".countdown [aria-hidden]").innerText(WAIT);
  return text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** The page fits, is accessible dark and light, and what can be pressed is large enough. */
export async function assertFine(page: Page, what: string): Promise<void> {
  await settled(page);
  const [isWide, width] = await page.evaluate<[number, number]>(
    "[document.documentElement.scrollWidth, innerWidth]",
  );
  assert.ok(isWide <= width, `${what}: ${isWide} px wide in ${width}`);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await assertAccessible(page, `${what}, ${colorScheme}`);
  }
  const small = await page.evaluate<string[]>(`[...document.querySelectorAll("main button")]
    .filter((button) => button.checkVisibility())
    .map((button) => [button.innerText || button.ariaLabel, button.getBoundingClientRect()])
    .filter(([, { width, height }]) => width < 24 || height < 24)
    .map(([name, { width, height }]) => name + " " + width + "x" + height)`);
  assert.deepEqual(small, [], what);
}

/** Nothing was wrong but what the daemon refused, so many times, which the browser writes down itself. */
export function assertClean({ problems, hosts }: Visit, desk: Desk, refusals = 0): void {
  const isRefusal = (text: string) => /^Failed to load resource: .* status of 4\d\d /.test(text);
  assert.deepEqual(problems.filter((text) => !isRefusal(text)), []);
  assert.equal(problems.filter(isRefusal).length, refusals);
  assert.deepEqual([...hosts], [new URL(desk.url).host]);
}
