import assert from "node:assert/strict";
import fc from "fast-check";
import { fitSms, smsLength } from "./sms_text.ts";

for (
  const [name, text, alphabet, segments] of [
    ["nothing takes nothing", "", "gsm", 0],
    ["160 characters are one segment", "a".repeat(160), "gsm", 1],
    ["161 are two, of 153 each", "a".repeat(161), "gsm", 2],
    ["306 are two", "a".repeat(306), "gsm", 2],
    ["307 are three", "a".repeat(307), "gsm", 3],
    ["a euro sign counts twice", "€".repeat(80), "gsm", 1],
    ["an escaped character is not cut in two", `${"a".repeat(152)}€${"a".repeat(152)}`, "gsm", 3],
    ["another alphabet has 70", "й".repeat(70), "ucs2", 1],
    ["and 67 in each of several", "й".repeat(134), "ucs2", 2],
    ["one foreign character makes it that alphabet", `${"a".repeat(70)}й`, "ucs2", 2],
    ["an emoji is two units, never cut", `${"й".repeat(66)}😀${"й".repeat(66)}`, "ucs2", 3],
  ] as const
) {
  Deno.test(`smsLength(): ${name}`, () => {
    assert.deepEqual(smsLength(text), { alphabet, segments });
  });
}

Deno.test("fitSms() leaves a text that fits as it is", () => {
  assert.equal(fitSms("5 h 29 min signal, 39 min noise"), "5 h 29 min signal, 39 min noise");
});

Deno.test("fitSms() replaces what would need the long alphabet", () => {
  assert.equal(fitSms("“Signal” – 5 h…"), '"Signal" - 5 h...');
});

Deno.test("fitSms() replaces nothing where that does not help", () => {
  assert.equal(fitSms("“Сигнал” – 5 ч"), "“Сигнал” – 5 ч");
});

Deno.test("fitSms() cuts after a word", () => {
  const fitted = fitSms("word ".repeat(100));
  assert.match(fitted, /^(word )+word\.\.\.$/);
  assert.ok(fitted.length > 290, `${fitted.length}`);
});

Deno.test("fitSms() lets no control character through but a line's end", () => {
  assert.equal(fitSms("a\r\nb\u0000c\u202ed\u0007"), "a\nbcd");
});

Deno.test("fitSms() fits whatever it is given, and keeps a beginning of it", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 600 }),
    fc.string({ unit: fc.constantFrom("a", "€", "й", "😀", " ", "…", "\n"), maxLength: 600 }),
  );
  fc.assert(fc.property(text, fc.integer({ min: 1, max: 3 }), (given, segments) => {
    const fitted = fitSms(given, segments);
    assert.ok(smsLength(fitted).segments <= segments);
    assert.ok(!/\p{Cs}/u.test(fitted), "no half of a pair");
    assert.equal(fitSms(fitted, segments), fitted);
  }));
});
