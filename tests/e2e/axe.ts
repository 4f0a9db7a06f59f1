/**
 * What axe-core finds wrong with a page for people who cannot see, point or tell colours apart.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { packageFolder } from "../npm_package.ts";

const AXE = {
  package: "axe-core",
  version: "4.14.1",
  integrity:
    "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
  bytes: 708_405,
} as const;
const FILE = "axe.min.js";
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What is used of axe's answer. */
interface AxeResults {
  readonly passes: readonly unknown[];
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

let source: Promise<string> | undefined;

/** axe itself, kept once it was fetched: to be called before a test goes where there is no network. */
export function axeSource(): Promise<string> {
  return source ??= packageFolder(AXE, (path) => path === FILE)
    .then((folder) => Deno.readTextFile(join(folder, FILE)));
}

/**
 * Fails with all that violates WCAG 2.2 AA, or what axe counts as good practice, on the page as it is now; `what` names
 * it.
 */
export async function assertAccessible(page: Page, what = page.url()): Promise<void> {
  // The debugger's own evaluation: the page's content security policy has no say in it.
  await page.evaluate(await axeSource());
  const options = JSON.stringify({ runOnly: STANDARDS });
  const results: AxeResults = await page.evaluate(`axe.run(document, ${options})`);
  assert.ok(results.passes.length > 0, "axe has looked at something");
  const told = results.violations.map(({ id, help, nodes }) =>
    [`${id}: ${help}`, ...nodes.map(({ html, failureSummary }) => `  ${html}\n  ${failureSummary}`)]
      .join("\n")
  );
  assert.deepEqual(told, [], `${what}\n${told.join("\n")}`);
}
