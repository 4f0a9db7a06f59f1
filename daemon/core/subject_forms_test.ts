import assert from "node:assert/strict";
import fc from "fast-check";
import { appForms, MAX_TEXT_CHARS, pageTitle } from "./subject_forms.ts";

const apps: [string, string][] = [
  ["Code.exe", "code"],
  ["C:\\Program Files\\Mozilla Firefox\\firefox.exe", "firefox"],
  ["/usr/lib/libreoffice/program/soffice.bin", "soffice"],
  ["org.gnome.Nautilus", "nautilus"],
  ["com.twitter.android", "twitter"],
  ["com.slack", "slack"],
  ["firefox_firefox", "firefox"],
  ["jetbrains-pycharm-ce", "pycharm"],
  ["Blender 4.1", "blender"],
  ["MATLAB R2024a", "matlab r2024a"],
  ["idea64.exe", "idea"],
  ["gimp-2.10", "gimp"],
  [" Visual  Studio Code ", "visual studio code"],
];
for (const [app, form] of apps) {
  Deno.test(`appForms() gives ${JSON.stringify(app)} the name ${form}`, () => {
    assert.ok(appForms(app).includes(form), appForms(app).join(", "));
  });
}

Deno.test("appForms() gives nothing for no name and for an empty one", () => {
  assert.deepEqual(appForms(undefined), []);
  assert.deepEqual(appForms("  "), []);
});

const titles: [string, string][] = [
  ["(3) YouTube - Google Chrome", "youtube"],
  ["● (12) Inbox — Mozilla Firefox", "inbox"],
  ["Wiki — Mozilla Firefox Private Browsing", "wiki"],
  ["Wiki — Mozilla Firefox (Private Browsing)", "wiki"],
  ["Q3 - Google Slides - Google Chrome – Jane (Work)", "q3 - google slides"],
  ["Clip - YouTube - Audio playing - Google Chrome", "clip - youtube"],
  ["Board - Jira and 12 more pages - Personal - Microsoft\u200b Edge", "board - jira"],
  ["Tafel - Jira und 3 weitere Seiten - Profil 1 – Microsoft\u200b Edge", "tafel - jira"],
  ["[InPrivate] Wiki - Microsoft Edge", "[inprivate] wiki"],
  ["Firefox - Wikipedia", "firefox - wikipedia"],
  ["Mozilla Firefox", "mozilla firefox"],
  ["[1706.03762] Attention — Mozilla Firefox", "[1706.03762] attention"],
  ["A\u00a0 b\u200b\tc", "a b c"],
  ["E\u0301cole", "école"],
];
for (const [title, page] of titles) {
  Deno.test(`pageTitle() of ${JSON.stringify(title)} is ${page}`, () => {
    assert.equal(pageTitle(title), page);
  });
}

Deno.test("pageTitle() keeps both ends of a long title and never exceeds its limit", () => {
  const page = pageTitle("start " + "x".repeat(50_000) + " - YouTube - Brave");
  assert.ok(page.startsWith("start x") && page.endsWith(" - youtube"));
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 2_000 }), (title) => {
    assert.ok(pageTitle(title).length <= 3 * MAX_TEXT_CHARS);
  }));
});
