/**
 * A day to be corrected on the Edits page, and how that is looked at.
 * @module
 */
import type { Locator, Page } from "playwright-core";
import type { WireEdit } from "../../daemon/api/edits_wire.ts";
import type { WireDay } from "../../web/wire.ts";
import { type Desk, WAIT } from "./desk.ts";

export const DATE = "2026-01-15";
export const HOSTILE =
  `<script>document.title="run"</script> <b id="bold">\u202egnp.exe\u2066 😀 ` +
  "x".repeat(9_900);

/** A moment of the day that the tests look at, in the machine's own zone. */
export function at(hour: number, minute = 0): string {
  return new Date(2026, 0, 15, hour, minute).toISOString();
}

/** Two hours of work with half an hour of something else, and an hour away. */
export async function record(desk: Desk): Promise<void> {
  const rows = [
    { start: at(9), end: at(9, 40), source: "window", app: "Editor", title: "harbour.ts" },
    { start: at(9, 40), end: at(10, 10), source: "window", app: "Player", title: "A film" },
    { start: at(10, 10), end: at(11), source: "window", app: "Editor", title: HOSTILE },
    { start: at(11), end: at(12), source: "afk" },
    { start: at(12), end: at(12, 30), source: "window", app: "Editor", title: "tides.ts" },
  ];
  await desk.setRules([
    { match: "app", exact: "Editor", class: "signal", category: "work" },
    { match: "app", exact: "Player", class: "noise", category: "media" },
  ]);
  await desk.send("POST", "/import", rows.map((row) => JSON.stringify(row)).join("\n"));
}

export async function seconds(desk: Desk) {
  const day = await desk.get<WireDay>(`/activity/day?date=${DATE}`);
  return { signal: day.signal_seconds, noise: day.noise_seconds, neutral: day.neutral_seconds };
}

export const dialogOf = (page: Page, name: string) => page.getByRole("dialog", { name });
export const saying = (page: Page, text: string | RegExp) =>
  page.locator(".saying").getByText(text).waitFor(WAIT);
export const rowOf = (page: Page, text: string) =>
  page.locator(".spans tbody tr").filter({ hasText: text });
export const edits = (desk: Desk) =>
  desk.get<{ edits: WireEdit[] }>("/edits").then((all) => all.edits);

export async function pick(dialog: Locator, kind: string): Promise<void> {
  await dialog.getByRole("radio", { name: kind }).check();
}
