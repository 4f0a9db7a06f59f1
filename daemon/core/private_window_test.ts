import assert from "node:assert/strict";
import { NEW_INCOGNITO_TAB, PRIVATE_BROWSING } from "./private_names.ts";
import { browserOf, hasPrivateMark, isUnmarked } from "./private_window.ts";

const marked: [string, string | undefined, string | undefined][] = [
  ["Firefox in English", "firefox-esr", "Page — Mozilla Firefox Private Browsing"],
  ["Firefox in English, without a page", "firefox", "Mozilla Firefox Private Browsing"],
  ["an old Firefox", "Firefox", "Page - Mozilla Firefox (Private Browsing)"],
  ["Firefox in Spanish", "firefox", "Página — Mozilla Firefox Navegación privada"],
  [
    "Firefox in French, whose name stands behind",
    "firefox",
    "Page — Navigation privée de Mozilla Firefox",
  ],
  [
    "Firefox in Polish, with a part of its own",
    "firefox",
    "Strona — Mozilla Firefox — tryb prywatny",
  ],
  ["Firefox in Dutch, joined", "firefox", "Pagina — Mozilla Firefox-privénavigatie"],
  ["Firefox in Thai", "firefox", "หน้า — การเรียกดูแบบส่วนตัวใน Mozilla Firefox"],
  ["Firefox on macOS", "Firefox", "Page — Private Browsing"],
  ["a title whose program is not known", undefined, "Page — Mozilla Firefox Private Browsing"],
  ["LibreWolf", "librewolf", "Page — LibreWolf Private Browsing"],
  ["Edge", "microsoft-edge", "Page - [InPrivate] - Microsoft\u200b Edge"],
  ["Edge with more pages", "msedge.exe", "Page and 2 more pages - [InPrivate] - Microsoft​ Edge"],
  ["Chrome where it writes it", "Google Chrome", "Page - Google Chrome (Incognito)"],
  ["Chromium's first private page", "Chromium", "New Incognito Tab - Chromium"],
  ["Chrome's, in Spanish", "google-chrome", "Nueva pestaña de Incógnito - Google Chrome"],
  ["Chromium's, in Lithuanian", "chromium", "„Naujas inkognito skirtukas“ – „Chromium“"],
  ["Brave", "brave-browser", "Page - Brave (Private)"],
  ["Tor Browser, whatever it shows", "Tor Browser", "Page"],
  ["qutebrowser", "qutebrowser", "[Private Mode] Page - qutebrowser"],
];
for (const [what, app, title] of marked) {
  Deno.test(`hasPrivateMark() knows ${what}`, () => assert.equal(hasPrivateMark(app, title), true));
}

const plain: [string, string | undefined, string | undefined][] = [
  ["an ordinary window of Firefox", "firefox", "Page — Mozilla Firefox"],
  ["a page about it in Firefox", "firefox", "Private Browsing — Mozilla Firefox"],
  ["a page about it in Chromium", "chromium", "How private browsing works - Chromium"],
  ["a page about Incognito", "chrome", "Incognito mode - Wikipedia - Google Chrome"],
  ["a text about it in an editor", "code", "Mozilla Firefox Private Browsing"],
  ["an ordinary window of Edge", "microsoft-edge", "InPrivate - Help - Microsoft Edge"],
  ["a window without title", "firefox", undefined],
  ["nothing", undefined, undefined],
];
for (const [what, app, title] of plain) {
  Deno.test(`hasPrivateMark() lets ${what} be`, () => {
    assert.equal(hasPrivateMark(app, title), false);
  });
}

Deno.test("hasPrivateMark() knows every name on its lists", () => {
  for (const name of PRIVATE_BROWSING) {
    assert.ok(hasPrivateMark("firefox", `Page — Mozilla Firefox ${name.toUpperCase()}`), name);
  }
  for (const name of NEW_INCOGNITO_TAB) assert.ok(hasPrivateMark("Chromium", `${name} - Chromium`));
});

Deno.test("isUnmarked() lets only titles that end with the browser's name pass", () => {
  for (
    const title of [
      "Mozilla Firefox",
      "Page — Mozilla Firefox",
      "Page - Firefox",
      "A — b — Mozilla Firefox",
    ]
  ) {
    assert.equal(isUnmarked(title), false, title);
  }
  const others = [
    undefined,
    "Page — Mozilla Firefox Private Browsing",
    "Page — Bilinmeyen Mozilla Firefox",
    "Page — Mozilla Firefox — bir şey",
    "Library",
    "Save As",
  ];
  for (const title of others) assert.ok(isUnmarked(title), String(title));
});

Deno.test("browserOf() knows browsers by whatever name a system gives them", () => {
  const names: [string, ReturnType<typeof browserOf>][] = [
    ["firefox-esr", "firefox"],
    ["firefox_firefox", "firefox"],
    ["org.mozilla.firefox", "firefox"],
    ["C:\\Program Files\\Mozilla Firefox\\firefox.exe", "firefox"],
    ["Google-chrome", "chromium"],
    ["Chromium-browser", "chromium"],
    ["com.brave.Browser", "chromium"],
    ["Microsoft-edge-dev", "chromium"],
    ["chrome.exe", "chromium"],
    ["Vivaldi-stable", "chromium"],
    ["Tor Browser", "always"],
    ["Mullvad Browser", "always"],
    ["Epiphany", "other"],
    ["Zenity", undefined],
    ["Code", undefined],
    ["operations", undefined],
  ];
  for (const [app, kind] of names) assert.equal(browserOf(app), kind, app);
});
