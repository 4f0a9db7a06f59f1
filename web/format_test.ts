/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import {
  clip,
  formatDuration,
  formatElapsed,
  formatRatio,
  formatShare,
  hostOf,
  localeFor,
  withoutControls,
} from "./format.ts";

const plain = (text: string) => text.replaceAll(/[\u202f\u00a0]/g, " ");

Deno.test("formatDuration() says seconds, minutes, or hours and minutes, rounded down", () => {
  const cases: [number, string][] = [
    [-1, "0 s"],
    [59.9, "59 s"],
    [60, "1 min"],
    [3599, "59 min"],
    [3600, "1 h 00 min"],
    [90_061, "25 h 01 min"],
  ];
  for (const [seconds, words] of cases) assert.equal(plain(formatDuration(seconds)), words);
});

Deno.test("formatElapsed() does not count seconds", () => {
  assert.equal(formatElapsed(0, 59_000), "just now");
  assert.equal(formatElapsed(5_000, 0), "just now");
  assert.equal(plain(formatElapsed(0, 61_000)), "1 min");
});

Deno.test("formatShare() says 0 % and 100 % only of exactly none and all", () => {
  const digits = (share: number) => formatShare(share).replace(/[\s%]/g, "");
  assert.deepEqual([0, 0.001, 0.5, 0.999, 1].map(digits), ["0", "<1", "50", "99", "100"]);
});

Deno.test("formatRatio() drops the decimal from ten on", () => {
  assert.match(formatRatio(2.64), /^2[.,]6$/);
  assert.equal(formatRatio(9.97), "10");
  assert.equal(formatRatio(12.3), "12");
});

Deno.test("clip() cuts long text, never through a surrogate pair", () => {
  assert.equal(clip("short", 5), "short");
  assert.equal(clip("longer", 5), "longe…");
  assert.equal(clip("ab😀cd", 3), "ab…");
});

Deno.test("withoutControls() makes overrides and control characters visible and keeps real letters", () => {
  assert.equal(withoutControls("evil\u202egpj.exe"), "evil\ufffdgpj.exe");
  assert.equal(withoutControls("a\u0000\n\tb"), "a\ufffdb");
  assert.equal(withoutControls("größe שלום 👩‍👩‍👧"), "größe שלום 👩‍👩‍👧");
});

Deno.test("hostOf() names the host, or says what it was given", () => {
  assert.equal(hostOf("https://www.example.org/a?b"), "example.org");
  assert.equal(hostOf("not an address"), "not an address");
});

Deno.test("localeFor() keeps the person's way of writing where it runs as the page's words do", () => {
  for (const locale of ["en-US", "de", "ja", "pt-BR", "az"]) {
    assert.equal(localeFor({ locale, hourCycle: "h23" }), undefined, locale);
  }
  assert.equal(localeFor({ locale: "ar-EG", hourCycle: "h12" }), "en-GB-u-hc-h12");
  assert.equal(localeFor({ locale: "he", hourCycle: "h23" }), "en-GB-u-hc-h23");
  assert.equal(localeFor({ locale: "ur-PK" }), "en-GB-u-hc-h23");
  assert.equal(localeFor({ locale: "az-Arab", hourCycle: "h23" }), "en-GB-u-hc-h23");
});
