import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeCompoundText } from "./x11_compound_text.ts";

/** Bytes in the notation of the standard: "ESC", "CSI", "STX", a character, or two hexadecimal digits. */
function parseBytes(notation: string): Uint8Array {
  const names: Record<string, number> = { ESC: 0x1b, CSI: 0x9b, STX: 0x02, SP: 0x20 };
  return new Uint8Array(
    notation.split(" ").map((token) =>
      names[token] ?? (token.length === 1 ? token.charCodeAt(0) : parseInt(token, 16))
    ),
  );
}

/** What Xlib itself (`xmessage -title`, Debian 13) made of "héllo Привет 日本語 한국어 Ελλ ☕". */
const FROM_XLIB = "68 e9 6c 6c 6f 20 1b 2d 4c bf e0 d8 d2 d5 e2 20 1b 24 28 42 46 7c 4b 5c 38 6c " +
  "1b 28 42 20 1b 24 28 43 47 51 31 39 3e 6e 1b 28 42 20 1b 2d 46 c5 eb eb 20 " +
  "1b 25 47 e2 98 95 1b 25 40";

const CASES: readonly [name: string, bytes: string, text: string][] = [
  ["ASCII and Latin-1 from the start", "h e9 SP !", "hé !"],
  ["what Xlib writes of six scripts", FROM_XLIB, "héllo Привет 日本語 한국어 Ελλ ☕"],
  ["Latin-2", "ESC - B b3 f3 64 bc", "łódź"],
  ["Latin-9 and its euro", "ESC - b a4", "€"],
  ["Greek, then Latin-1 again", "ESC - F e1 ESC - A e1", "αá"],
  ["Hebrew between directions", "CSI 2 ] ESC - H f9 ec CSI ]", "של"],
  ["Thai", "ESC - T a1", "ก"],
  ["Katakana in the right half", "ESC ) I b6 c5", "ｶﾅ"],
  ["JIS Roman", "ESC ( J \\ ~ A ESC ( B \\", "¥‾A\\"],
  ["Kanji in the right half", "ESC $ ) B c6 fc", "日"],
  ["Kanji after the old escape", "ESC $ B 46 7c ESC ( B x", "日x"],
  ["JIS X 0212", "ESC $ ( D 30 21", "丂"],
  ["GB 2312", "ESC $ ) A d6 d0", "中"],
  ["a UTF-8 segment and what follows it", "ESC % G e2 98 95 ESC % @ e9", "☕é"],
  ["a UTF-8 segment without an end", "ESC % G e2 98 95", "☕"],
  ["an extended segment in Big5", "ESC % / 2 80 89 b i g 5 - 0 STX a4 a4 x", "中x"],
  ["an extended segment nobody knows", "ESC % / 2 80 86 x - 0 STX a4 a4 x", "\uFFFDx"],
  ["an extended segment that is cut off", "ESC % / 1 80 ff b i g", "\uFFFD\uFFFD\uFFFD"],
  ["a set nobody knows", "ESC $ ( G ! ! ! ! ESC ( B x", "\uFFFD\uFFFDx"],
  ["half a character", "ESC $ ( B 46 7c 4b", "日\uFFFD"],
  ["a control character of the right half", "a 85 b", "a\uFFFDb"],
  ["an escape that is cut off", "a ESC", "a"],
];
for (const [name, bytes, text] of CASES) {
  Deno.test(`decodeCompoundText() reads ${name}`, () => {
    assert.equal(decodeCompoundText(parseBytes(bytes)), text);
  });
}

Deno.test("decodeCompoundText() ends, without throwing, on any mixture of escapes and bytes", () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 5 }),
    fc.constantFrom("1b 25 2f 32", "1b 25 47", "1b 24 28 42", "1b 24", "9b", "1b 2d 4c")
      .map(parseBytes),
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
    const input = new Uint8Array(pieces.flatMap((part) => [...part]));
    assert.ok(decodeCompoundText(input).length <= input.length);
  }));
});
