import assert from "node:assert/strict";
import fc from "fast-check";
import { clean, clip, displayWidth, pad, wrap } from "./text.ts";

const ESC = "\x1b";

Deno.test("clean() leaves nothing that steers a terminal or turns text around", () => {
  const cases: [string, string][] = [
    [`a${ESC}[31mred${ESC}]0;title\x07b`, "a\ufffd[31mred\ufffd]0;title\ufffdb"],
    ["\x9b2J", "\ufffd2J"],
    ["gpj\u202Eexe.jpg\u2066x\u2069", "gpj\ufffdexe.jpg\ufffdx\ufffd"],
    ["two\r\nlines\tand a tab", "two lines and a tab"],
    ["half \ud83d pair", "half \ufffd pair"],
    ["日本語 🎉 é", "日本語 🎉 é"],
  ];
  for (const [from, to] of cases) assert.equal(clean(from), to);
});

Deno.test("clean() of any text is one line without controls, and stays as it is when cleaned again", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const cleaned = clean(text);
    assert.doesNotMatch(cleaned, /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u);
    assert.equal(clean(cleaned), cleaned);
  }));
});

Deno.test("displayWidth() counts columns", () => {
  const cases: [string, number][] = [
    ["abc", 3],
    ["日本語", 6],
    ["ｆｕｌｌ", 8],
    ["한국", 4],
    ["🎉", 2],
    ["e\u0301", 1],
    ["👩‍💻", 2],
    ["👍🏽", 2],
    ["🇩🇪", 2],
    ["— …", 3],
    [`${ESC}[32mgreen${ESC}[39m`, 5],
    ["", 0],
  ];
  for (const [text, width] of cases) assert.equal(displayWidth(text), width, text);
});

Deno.test("clip() never exceeds its columns, and pad() fills them", () => {
  assert.equal(clip("日本語テキスト", 7), "日本語…");
  assert.equal(clip("abc", 3), "abc");
  assert.equal(clip("abcd", 3), "ab…");
  assert.equal(clip("abc", 0), "");
  assert.equal(pad("日本", 6), "日本  ");
  assert.equal(pad("7", 3, "right"), "  7");
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), fc.nat(20), (text, width) => {
    const clipped = clip(clean(text), width);
    assert.ok(displayWidth(clipped) <= width);
    assert.equal(displayWidth(pad(clipped, width)), width);
  }));
});

Deno.test("wrap() breaks at spaces, loses nothing, and leaves long words whole", () => {
  assert.deepEqual(wrap("one two three", 7), ["one two", "three"]);
  assert.deepEqual(wrap("/a/very/long/path and more", 8), ["/a/very/long/path", "and more"]);
  assert.deepEqual(wrap("", 8), [""]);
  const text = fc.array(fc.stringMatching(/^[a-z日]{1,12}$/), { minLength: 1 });
  fc.assert(fc.property(text, fc.integer({ min: 1, max: 30 }), (words, width) => {
    const lines = wrap(words.join(" "), width);
    assert.equal(lines.join(" "), words.join(" "));
    for (const line of lines) assert.ok(displayWidth(line) <= width || !line.includes(" "));
  }));
});
