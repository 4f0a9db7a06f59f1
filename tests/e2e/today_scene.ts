/**
 * Days whose every number can be told beforehand, and ways to read a day's page.
 * @module
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { addDays, dateOf, daySpan, localZone } from "../../daemon/core/day.ts";
import { type Desk, WAIT } from "./desk.ts";

export const DAY_START_MIN = 240;
const TODAY = dateOf(Date.now(), localZone, DAY_START_MIN);
export const YESTERDAY = addDays(TODAY, -1), BEFORE = addDays(TODAY, -2);

export interface Piece {
  /** Minutes after the day's begin. */
  readonly at: number;
  readonly minutes: number;
  readonly source: "window" | "afk" | "phone";
  readonly app?: string;
  readonly title?: string;
  readonly device?: string;
}

/** What was done on a day, so that every number on its page can be told beforehand. */
export const PIECES: readonly Piece[] = [
  { at: 300, minutes: 150, source: "window", app: "Code", title: "main.ts" },
  { at: 450, minutes: 30, source: "window", app: "mpv", title: "A film" },
  { at: 480, minutes: 45, source: "afk" },
  { at: 525, minutes: 60, source: "window", app: "Code", title: "day.ts" },
  { at: 600, minutes: 20, source: "phone", app: "com.feed", device: "pixel" },
];
export const RULES = [
  { match: "app", exact: "Code", class: "signal", category: "development" },
  { match: "app", exact: "XTerm", class: "signal", category: "terminal" },
  { match: "app", exact: "mpv", class: "noise", category: "media" },
  { match: "app", exact: "com.feed", class: "noise", category: "social" },
];

export async function record(desk: Desk, date: string, pieces: readonly Piece[]): Promise<void> {
  const { startMs } = daySpan(date, localZone, DAY_START_MIN);
  const lines = pieces.map(({ at, minutes, ...event }) => {
    const fromMs = startMs + at * 60_000;
    const [start, end] = [fromMs, fromMs + minutes * 60_000].map((ms) =>
      new Date(ms).toISOString()
    );
    return JSON.stringify({ start, end, ...event });
  });
  const { added } = await desk.send<{ added: number }>("POST", "/import", lines.join("\n"));
  assert.equal(added, pieces.length);
}

export const timelineOf = (page: Page) =>
  page.getByRole("slider", { name: "Timeline", exact: true });
export const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

/** What `read` gives of the page once `isGood` says so; it is read again with each frame that is drawn. */
export async function eventually<T>(
  page: Page,
  read: () => Promise<T>,
  isGood: (value: T) => boolean,
) {
  const limitMs = Date.now() + WAIT.timeout;
  while (true) {
    const value = await read();
    if (isGood(value)) return value;
    assert.ok(Date.now() < limitMs, `The page goes on saying ${JSON.stringify(value)}`);
    await page.evaluate("new Promise(requestAnimationFrame)");
  }
}

/** Waits until the timeline says of what is marked what `pattern` asks for. */
export async function saysMarked(page: Page, pattern: RegExp): Promise<string> {
  const read = () => timelineOf(page).getAttribute("aria-valuetext", WAIT);
  return await eventually(page, read, (said) => pattern.test(said ?? "")) ?? "";
}

/** The day's own share, as it stands large above. */
export const headline = (page: Page, share: string) =>
  page.locator(".figure-value").getByText(share, { exact: true });

/** "6 h 05 min", as the page writes it, with any space for its narrow ones. */
export const spaced = (text: string | null) => (text ?? "").replaceAll("\u202f", " ");
export const zoomOf = (page: Page) => new URL(page.url()).searchParams.get("zoom");
export async function zoomChanges(page: Page, before: string | null): Promise<string | null> {
  await page.waitForURL((url) => url.searchParams.get("zoom") !== before, WAIT);
  return zoomOf(page);
}
