import assert from "node:assert/strict";
import { createClassifier } from "./classify.ts";
import { phoneAppName, subjectName } from "./loop_names.ts";
import type { Subject } from "./types.ts";

const { explain } = await createClassifier([
  { match: "title", regex: "gardening", class: "noise", category: "hobby" },
]);

for (
  const [subject, name] of [
    [{ app: "firefox", title: "Cats - YouTube — Mozilla Firefox" }, "YouTube"],
    [{ app: "Google-chrome", title: "(3) Home / X - Google Chrome" }, "X"],
    [{ app: "firefox", title: "r/aww : Reddit — Mozilla Firefox" }, "Reddit"],
    [{ app: "firefox", url: "https://www.Old.Reddit.com:443/r/aww?x=1" }, "old.reddit.com"],
    [{ app: "firefox", url: "https://www.youtube.com/watch?v=1" }, "youtube.com"],
    [{ app: "firefox", url: "about:blank", title: "Netflix" }, "Netflix"],
    [{ app: "Steam", title: "Store" }, "Steam"],
    [{ app: "firefox", title: "Let's talk gardening — Mozilla Firefox" }, "firefox"],
    [{ app: "firefox", title: "highlights of the match — Mozilla Firefox" }, "firefox"],
    [{ title: "x".repeat(100) }, undefined],
    [{ app: "y".repeat(100) }, `${"y".repeat(39)}…`],
    [{}, undefined],
  ] as [Subject, string | undefined][]
) {
  Deno.test(`subjectName() of ${JSON.stringify(subject).slice(0, 80)} is ${name}`, () => {
    assert.equal(subjectName(subject, explain), name);
  });
}

for (
  const [app, name] of [
    ["com.zhiliaoapp.musically", "TikTok"],
    ["com.instagram.android", "Instagram"],
    ["com.google.android.youtube", "YouTube"],
    ["com.twitter.android", "X"],
    ["com.reddit.frontpage", "Reddit"],
    ["Clash Royale", "Clash Royale"],
    [undefined, undefined],
  ] as [string | undefined, string | undefined][]
) {
  Deno.test(`phoneAppName() of ${app} is ${name}`, () => assert.equal(phoneAppName(app), name));
}
