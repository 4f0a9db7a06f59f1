import assert from "node:assert/strict";
import { PrivateWindows, type SeenWindow } from "./x11_private.ts";

/** Windows of one browser, asked about one after the other. */
function browser(args: Record<number, string> = {}) {
  const gone = new Set<number>();
  const asked: number[] = [];
  const windows = new PrivateWindows((pid) => {
    asked.push(pid);
    return Promise.resolve(args[pid]);
  });
  return {
    asked,
    close: (window: number) => gone.add(window),
    show: (window: number, title: string | undefined, rest: Partial<SeenWindow> = {}) =>
      windows.has(
        { window, app: "Chromium", pid: 1, ...title === undefined ? {} : { title }, ...rest },
        (other) => Promise.resolve(!gone.has(other)),
      ),
  };
}

Deno.test("PrivateWindows.has() knows a window by the page it began with, until its end", async () => {
  const { show } = browser();
  assert.equal(await show(1, "News - Chromium"), false);
  assert.equal(await show(2, "Untitled - Chromium"), false);
  assert.equal(await show(2, "New Incognito Tab - Chromium"), true);
  assert.equal(await show(2, "News - Chromium"), true);
  assert.equal(await show(1, "News - Chromium"), false);
});

Deno.test("PrivateWindows.has() counts windows that open beside a private one as private", async () => {
  const { show, close } = browser();
  assert.equal(await show(1, "News - Chromium"), false);
  await show(2, "New Incognito Tab - Chromium");
  assert.equal(await show(0, "Page that was open before - Chromium"), false);
  assert.equal(await show(3, "Untitled - Chromium"), true);
  assert.equal(await show(3, "Page of a link - Chromium"), true);
  assert.equal(await show(4, "New Tab - Chromium"), false);
  assert.equal(await show(4, "Page - Chromium"), false);
  assert.equal(await show(5, undefined), true);
  assert.equal(await show(1, "Other news - Chromium"), false);
  assert.equal(await show(9, "Page - Chromium", { pid: 2 }), false);
  for (const window of [2, 3]) close(window);
  assert.equal(await show(6, "Page - Chromium"), false);
  assert.equal(
    await show(3, "Page of a link - Chromium"),
    false,
    "the number is another window's by now",
  );
});

Deno.test("PrivateWindows.has() counts all windows of a program that was told to be private, asking once", async () => {
  const { show, asked } = browser({ 1: "/usr/lib/chromium/chromium --no-first-run --incognito" });
  assert.equal(await show(1, "News - Chromium"), true);
  assert.equal(await show(2, "Page - Chromium"), true);
  assert.equal(await show(3, "Page - Chromium", { pid: 2 }), false);
  assert.equal(await show(3, "Other - Chromium", { pid: 2 }), false);
  assert.deepEqual(asked, [1, 2]);
});

Deno.test("PrivateWindows.has() takes no other argument for that", async () => {
  for (
    const args of ["chromium --incognito-not", "chromium https://x.org/--incognito", undefined]
  ) {
    assert.equal(await browser(args ? { 1: args } : {}).show(1, "News - Chromium"), false);
  }
});

Deno.test("PrivateWindows.has() does not take a window for one that had its number before", async () => {
  const { show } = browser();
  await show(1, "New Incognito Tab - Chromium");
  assert.equal(await show(1, "News - Chromium", { pid: 2 }), false);
});

Deno.test("PrivateWindows.has() believes of Firefox only titles that end with its name", async () => {
  const { show, asked } = browser();
  const firefox = { app: "firefox-esr" };
  assert.equal(await show(1, "News — Mozilla Firefox", firefox), false);
  assert.equal(await show(1, "News — Mozilla Firefox Private Browsing", firefox), true);
  assert.equal(await show(1, "News — Navigation privée de Mozilla Firefox", firefox), true);
  assert.equal(await show(1, "Library", firefox), true);
  assert.equal(await show(1, undefined, firefox), true);
  assert.deepEqual(asked, []);
});

Deno.test("PrivateWindows.has() lets other programs be, and asks nothing about them", async () => {
  const { show, asked } = browser();
  assert.equal(await show(1, "New Incognito Tab - Chromium", { app: "Code" }), false);
  assert.equal(await show(1, undefined, { app: "xterm" }), false);
  assert.equal(await show(1, "Page", { app: "Tor Browser" }), true);
  assert.deepEqual(asked, []);
});
