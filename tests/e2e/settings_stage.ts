/**
 * What the settings are tested on: a desk with a real mail server and Twilio's double.
 * @module
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { waitFor } from "../daemon_process.ts";
import { MAIL_SERVER_NEEDS, type MailServer, startMailServer } from "../mail/mail_server.ts";
import { startTwilioDouble, type TwilioDouble } from "../twilio_double.ts";
import { Desk, DESK_NEEDS, type Visit, WAIT } from "./desk.ts";

/** An app with a name that would like to be more than text. */
export const ODD_APP = "<img src=x onerror=\"document.title='gone'\">\u202egpj.exe 🦄";

export const SETTINGS_NEEDS = {
  ignore: DESK_NEEDS.ignore || MAIL_SERVER_NEEDS.ignore,
  suffix: DESK_NEEDS.suffix + MAIL_SERVER_NEEDS.suffix,
};

export interface Stage extends AsyncDisposable {
  readonly desk: Desk;
  readonly mail: MailServer;
  readonly twilio: TwilioDouble;
}

/** A desk with both channels set up, and noise of the last minutes. */
export async function openStage(): Promise<Stage> {
  await using stack = new AsyncDisposableStack();
  const mail = stack.use(await startMailServer());
  const twilio = stack.use(startTwilioDouble());
  // The runtime of this process has read its certificates already.
  const { DENO_CERT: _, ...account } = mail.env("plain");
  const desk = stack.use(await Desk.open({ ...account, ...twilio.env }));
  await desk.setRules([{ match: "app", exact: ODD_APP, class: "noise", category: "Odd" }]);
  await importMinutes(desk, 12);
  const all = stack.move();
  return { desk, mail, twilio, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

async function importMinutes(desk: Desk, minutes: number): Promise<void> {
  const nowMs = Date.now();
  const lines = Array.from({ length: minutes }, (_, i) => {
    const [start, end] = [minutes - i, minutes - i - 1].map((ago) =>
      new Date(nowMs - ago * 60_000).toISOString()
    );
    return JSON.stringify({ start, end, source: "window", app: ODD_APP, title: "x".repeat(9_000) });
  });
  await desk.send("POST", "/import?format=jsonl", lines.join("\n"));
}

/** A section, signed in. */
export async function visit(desk: Desk, section: string, options = {}): Promise<Visit> {
  const visit = await desk.visit(`/settings?section=${section}`, { signedIn: true, ...options });
  await visit.page.locator(".settings .panel").first().waitFor(WAIT);
  return visit;
}

/** Nothing was refused or complained of, and nobody else was asked. */
export function assertQuiet({ problems, hosts }: Visit, desk: Desk): void {
  assert.deepEqual(problems, []);
  assert.deepEqual([...hosts], [new URL(desk.url).host]);
}

/** Waits until an expression is true there; by the debugger, as the page's own policy lets nothing be evaluated. */
export function until(page: Page, expression: string): Promise<boolean> {
  return waitFor(() => page.evaluate<boolean>(expression));
}

/** Waits until the page has said that something was done. */
export function said(page: Page, text: string | RegExp): Promise<void> {
  return page.locator(".saying").getByText(text).waitFor(WAIT);
}

export const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" });
export const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
