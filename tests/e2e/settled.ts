/**
 * When a page has drawn what it was asked for.
 * @module
 */
import type { Page } from "playwright-core";

/** What stands in a page while something of it is on its way. */
export const UNDER_WAY =
  "main [aria-busy=true], main .slow-to-appear, main .plot:not(:has(canvas))";

/** Waits until the view is loaded, what it asked for is answered, and its charts are drawn. */
export async function settled(page: Page): Promise<void> {
  await page.locator("main :is(h1, h2)").first().waitFor();
  await page.locator(UNDER_WAY).first().waitFor({ state: "detached" });
  // Not before the frame that shows it. (Waiting for a function would be refused by the page's own policy.)
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
}
