import assert from "node:assert/strict";
import { spanLine, spanOf } from "./live_lines.ts";
import { displayWidth, withoutColours } from "./text.ts";

const since = "2026-01-15T12:00:00.000Z";
const nowMs = Date.parse(since) + 65_000;
const now = {
  app: "Code",
  title: "日本語\x1b[2J — prodtracker",
  class: "signal" as const,
  category: "development",
  since,
};

Deno.test("spanLine() is as wide as the terminal and cannot steer it", () => {
  for (const width of [60, 80, 120]) {
    const line = spanLine(spanOf({ now, afk: false }, nowMs)!, nowMs, width);
    assert.equal(displayWidth(line), width);
    const text = withoutColours(line);
    assert.match(text, /^\d\d:00:00 {2}signal {3}Code .* 1 min$/);
    assert.ok(!text.includes("\x1b"));
  }
});

Deno.test("spanOf() is away when the person is, whatever has the focus", () => {
  const away = spanOf({ now, afk: true, afk_since: since }, nowMs);
  assert.deepEqual(away, {
    startMs: Date.parse(since),
    class: "afk",
    category: null,
    app: null,
    title: null,
  });
  assert.equal(spanOf({ now: null, afk: false }, nowMs), undefined);
});
