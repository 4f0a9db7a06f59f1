import assert from "node:assert/strict";
import { PrivateWindows } from "../watchers/x11_private.ts";
import { judge } from "./judge.ts";

const isPrivate = ({ title }: { title?: string }) => title === "secret";

/** Asks about windows one after the other, as the tracker and screenshots see them. */
function asking() {
  const browsers = new PrivateWindows(() => Promise.resolve(""));
  return (app: string, title: string, window = 1) =>
    judge({ windows: [{ window, app, title, pid: 7 }], open: [window] }, { isPrivate, browsers });
}

Deno.test("judge() lets programs be seen, but not what the rules forbid", async () => {
  const ask = asking();
  assert.equal(await ask("Editor", "notes"), undefined);
  assert.equal(await ask("Editor", "secret"), "private");
  assert.equal(await judge({ windows: [], open: [] }, { isPrivate }), undefined);
});

Deno.test("judge() does not know a window of Chromium until it has shown an ordinary new tab", async () => {
  const ask = asking();
  assert.equal(await ask("Chromium", "News - Chromium"), "browser");
  assert.equal(await ask("Chromium", "New Tab - Chromium"), undefined);
  assert.equal(await ask("Chromium", "News - Chromium"), undefined);
  assert.equal(await ask("Chromium", "News - Chromium", 2), "browser");
  assert.equal(await ask("Chromium", "New Incognito Tab - Chromium", 3), "private");
  assert.equal(await ask("Chromium", "News - Chromium", 3), "private");
  assert.equal(await ask("Chromium", "News - Chromium"), undefined);
});

Deno.test("judge() knows of other browsers only those that mark their private windows", async () => {
  const ask = asking();
  assert.equal(await ask("Falkon", "News - Falkon"), "browser");
  assert.equal(await ask("qutebrowser", "News - qutebrowser"), undefined);
});
