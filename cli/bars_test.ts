import assert from "node:assert/strict";
import fc from "fast-check";
import { bar, columns, shareBar } from "./bars.ts";
import { displayWidth, withoutColours } from "./text.ts";

const times = (signal: number, noise: number, neutral = 0, afk = 0) => ({
  signal_seconds: signal,
  noise_seconds: noise,
  neutral_seconds: neutral,
  afk_seconds: afk,
});

Deno.test("shareBar() shows the classes by signs that differ without colour", () => {
  assert.equal(withoutColours(shareBar(times(30, 10), 8)), "██████▓▓");
  assert.equal(withoutColours(shareBar(times(1, 1, 1, 1), 4)), "█▓▒░");
  assert.equal(shareBar(times(0, 0), 8), "");
});

Deno.test("shareBar() is as wide as asked, and shows every class that has time", () => {
  const seconds = fc.integer({ min: 0, max: 100_000 });
  const width = fc.integer({ min: 4, max: 80 });
  fc.assert(fc.property(seconds, seconds, seconds, seconds, width, (s, n, u, a, width) => {
    const shown = shareBar(times(s, n, u, a), width);
    const kinds = new Set(withoutColours(shown)).size;
    assert.equal(kinds, [s, n, u, a].filter((each) => each > 0).length);
    assert.equal(displayWidth(shown), s + n + u + a > 0 ? width : 0);
  }));
});

Deno.test("bar() and columns() show a little as something and nothing as nothing", () => {
  assert.equal(withoutColours(bar("noise", 0.5, 10)), "▓▓▓▓▓");
  assert.equal(withoutColours(bar("noise", 0.001, 10)), "▓");
  assert.equal(bar("noise", 0, 10), "");
  assert.equal(bar("noise", NaN, 10), "");
  assert.equal(withoutColours(columns("signal", [0, 0.01, 0.5, 1, 0])), " ▁▄█");
});
