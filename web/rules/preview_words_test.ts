/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { classChanges, previewSentence, signedDuration } from "./preview_words.ts";
import type { WireRulesPreview } from "./wire.ts";

const times = (signal: number, noise: number, neutral: number) => ({
  signal_seconds: signal,
  noise_seconds: noise,
  neutral_seconds: neutral,
  afk_seconds: 0,
});
const PREVIEW: WireRulesPreview = {
  before: times(600, 120, 3_000),
  after: times(3_600, 120, 0),
  subjects: 1,
  seconds: 3_000,
  top: [],
  uses: [{ subjects: 1, seconds: 3_000 }, { subjects: 0, seconds: 0 }],
};

Deno.test("classChanges() has the classes whose time is another", () => {
  assert.deepEqual(classChanges(PREVIEW), [
    { kind: "signal", before: 600, after: 3_600 },
    { kind: "neutral", before: 3_000, after: 0 },
  ]);
});

Deno.test("previewSentence() says what changes, or why nothing does", () => {
  const plain = (text: string) => text.replaceAll("\u202f", " ");
  const none = { ...PREVIEW, subjects: 0, seconds: 0 };
  assert.match(plain(previewSentence(PREVIEW, 0)), /^50 min would count otherwise, in 1 window\.$/);
  assert.match(plain(previewSentence(none, 0)), /^It fits 50 min, .*already/);
  assert.match(previewSentence(none, 1), /^It decides nothing/);
  assert.match(previewSentence(none, undefined), /^Nothing/);
  assert.equal(plain(signedDuration(-720)), "\u221212 min");
});
