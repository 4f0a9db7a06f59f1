import assert from "node:assert/strict";
import fc from "fast-check";
import {
  decodeLatin1,
  decodeText,
  parseWmClass,
  type TextType,
  tidyTitle,
  TITLE_LIMIT,
} from "./x11_text.ts";

const bytes = (...values: number[]) => new Uint8Array(values);
const utf8 = (text: string) => new TextEncoder().encode(text);

const CASES: readonly [name: string, type: TextType, bytes: Uint8Array, text: string][] = [
  ["UTF-8 with emoji and =", "UTF8_STRING", utf8("a=b ☕ 👩‍💻"), "a=b ☕ 👩‍💻"],
  ["broken UTF-8", "UTF8_STRING", bytes(0x61, 0xff, 0xc3, 0x62), "a\uFFFD\uFFFDb"],
  ["Latin-1, and not windows-1252", "STRING", bytes(0x68, 0xe9, 0x80), "hé\x80"],
  ["UTF-8 of a type nobody knows", "unknown", utf8("Ещё"), "Ещё"],
  ["what is not UTF-8, of a type nobody knows", "unknown", bytes(0x68, 0xe9), "hé"],
  ["COMPOUND_TEXT", "COMPOUND_TEXT", bytes(0x1b, 0x2d, 0x4c, 0xbf), "П"],
];
for (const [name, type, input, text] of CASES) {
  Deno.test(`decodeText() reads ${name}`, () => {
    assert.equal(decodeText(input, type), text);
  });
}

Deno.test("decodeText() never throws, whatever the bytes and their type", () => {
  const types = fc.constantFrom<TextType>("UTF8_STRING", "STRING", "COMPOUND_TEXT", "unknown");
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), types, (input, type) => {
    assert.equal(typeof decodeText(input, type), "string");
  }));
});

Deno.test("decodeLatin1() gives each byte the code point of its number", () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  assert.deepEqual([...decodeLatin1(all)].map((c) => c.codePointAt(0)), [...all]);
});

Deno.test("tidyTitle() drops trailing NULs and joins a list by spaces", () => {
  assert.equal(tidyTitle("one\0two\0\0"), "one two");
});

Deno.test("tidyTitle() makes an empty title undefined", () => {
  assert.equal(tidyTitle("\0"), undefined);
  assert.equal(tidyTitle(""), undefined);
});

Deno.test("tidyTitle() cuts long titles, and never through a character", () => {
  assert.equal(tidyTitle("x".repeat(TITLE_LIMIT + 1))?.length, TITLE_LIMIT);
  assert.equal(tidyTitle("x" + "👩".repeat(TITLE_LIMIT))?.length, TITLE_LIMIT - 1);
});

Deno.test("parseWmClass() takes the class, else the instance, else nothing", () => {
  assert.equal(parseWmClass("xterm\0XTerm\0"), "XTerm");
  assert.equal(parseWmClass("xterm\0\0"), "xterm");
  assert.equal(parseWmClass("xterm"), "xterm");
  assert.equal(parseWmClass("\0\0"), undefined);
  assert.equal(parseWmClass(""), undefined);
});
