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

const LONG = "x".repeat(65);

for (
  const [claim, text, fitted] of [
    ["leaves a text that fits as it is", "5 h 29 min signal", "5 h 29 min signal"],
    ["replaces nothing where that saves no segment", "“Signal” – 5 h…", "“Signal” – 5 h…"],
    ["replaces what would need the long alphabet", `“${LONG}” – 5 h…`, `"${LONG}" - 5 h...`],
    [
      "takes accents away where that saves a segment",
      `fenêtre Łódź ${LONG}`,
      `fenetre Lodz ${LONG}`,
    ],
    ["keeps what the alphabet has", `Ärger für Señor à ${LONG}`, `Ärger für Señor à ${LONG}`],
    ["puts an accent to its letter first", "a\u0308rger", "ärger"],
    ["replaces nothing where the long alphabet stays", `“Сигнал” ${LONG}`, `“Сигнал” ${LONG}`],
    [
      "lets no control character through but a line's end",
      "a\r\nb\u0000c\u202ed\u0007\te",
      "a\nbcd e",
    ],
    ["lets no half of a pair through", "a\ud83db\ude00c", "abc"],
    ["has no room for nothing", " \n ", ""],
  ] as const
) {
  Deno.test(`fitSms() ${claim}`, () => assert.equal(fitSms(text), fitted));
}

Deno.test("fitSms() cuts after a word, by dots that the alphabet has", () => {
  const latin = fitSms("word ".repeat(100));
  assert.match(latin, /^(word )+word\.\.\.$/);
  assert.ok(latin.length > 298, `${latin.length}`);
  const cyrillic = fitSms("слово ".repeat(100));
  assert.match(cyrillic, /^(слово )+слово…$/);
  assert.ok(cyrillic.length > 126, `${cyrillic.length}`);
});

Deno.test("fitSms() cuts a word that has no end nearby, and no character from what changes it", () => {
  assert.equal(fitSms("a".repeat(400)), `${"a".repeat(303)}...`);
  const thumbs = fitSms("👍🏽".repeat(100));
  assert.match(thumbs, /^(👍🏽)+…$/u);
});

Deno.test("fitSms() fits whatever it is given, and keeps a beginning of it", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 600 }),
    fc.string({ unit: "binary", maxLength: 600 }),
    fc.string({ unit: fc.constantFrom("a", "€", "й", "😀", " ", "…", "\n", "ê"), maxLength: 600 }),
  );
  fc.assert(fc.property(text, fc.integer({ min: 1, max: 3 }), (given, segments) => {
    const fitted = fitSms(given, segments);
    assert.ok(smsLength(fitted).segments <= segments);
    assert.ok(!/\p{Cs}/u.test(fitted), "half of a pair");
    assert.equal(fitSms(fitted, segments), fitted);
    const isCut = /(\.\.\.|…)$/.test(fitted);
    if (!isCut) assert.ok(smsLength(fitted).segments <= smsLength(given).segments);
  }));
});

Deno.test("smsLength() counts as a phone network packs", () => {
  const unit = fc.constantFrom("a", "€", "ä", "{", "й", "😀");
  fc.assert(fc.property(fc.string({ unit, maxLength: 400 }), (text) => {
    const { alphabet, segments } = smsLength(text);
    const isLong = /[й😀]/u.test(text);
    assert.equal(alphabet, isLong ? "ucs2" : "gsm");
    const units = isLong ? text.length : text.length + (text.match(/[€{]/g)?.length ?? 0);
    const [one, many] = isLong ? [70, 67] : [160, 153];
    if (units <= one) return assert.equal(segments, Math.sign(units));
    // Each segment but the last may have one unit left over.
    assert.ok(segments >= Math.ceil(units / many) && segments <= Math.ceil(units / (many - 1)));
  }));
});
