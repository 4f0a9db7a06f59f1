import assert from "node:assert/strict";
import fc from "fast-check";
import { needs } from "../../tests/programs.ts";
import { canonicalJson, pythonFloat } from "./canonical_json.ts";
import { parseStrictJson } from "./strict_json.ts";

const CASES: [text: string, canonical: string][] = [
  ['{"b":1,"a":[true,null]}', '{"a":[true,null],"b":1}'],
  [
    '{"n": [1.0, 1e16, 1E5, -0, -0.0, 1e-5, 0.0001]}',
    '{"n":[1.0,1e+16,100000.0,0,-0.0,1e-05,0.0001]}',
  ],
  ['{"n":1180591620717411303424}', '{"n":1180591620717411303424}'],
  ['"é😀\u007f\\/"', '"\\u00e9\\ud83d\\ude00\\u007f/"'],
  ['{"\ue000":1,"😀":2}', '{"\\ue000":1,"\\ud83d\\ude00":2}'],
];
for (const [text, canonical] of CASES) {
  Deno.test(`canonicalJson() writes ${text} as ${canonical}`, () => {
    assert.equal(canonicalJson(parseStrictJson(text)), canonical);
  });
}

Deno.test("canonicalJson() can leave what is not ASCII as it is", () => {
  assert.equal(canonicalJson("é\n\u007f", { ascii: false }), '"é\\n\u007f"');
});

Deno.test("canonicalJson() refuses a number that no float holds", () => {
  assert.throws(() => canonicalJson(parseStrictJson("1e999")), RangeError);
});

Deno.test("pythonFloat() changes to an exponent where Python does", () => {
  const numbers = [1e15, 1e16, 123456789012345680, 0.0001, 0.00001, -1.5, 5e-324];
  assert.deepEqual(numbers.map(pythonFloat), [
    ...[
      "1000000000000000.0",
      "1e+16",
      "1.2345678901234568e+17",
      "0.0001",
      "1e-05",
      "-1.5",
      "5e-324",
    ],
  ]);
});

const PYTHON = `
import json, sys
for line in sys.stdin:
    value = json.loads(json.loads(line))
    for ascii in (True, False):
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=ascii)
        print(json.dumps(text))
`;

/** What Python's json makes of each text: the ASCII form and the other. */
async function byPython(texts: readonly string[]): Promise<string[]> {
  const child = new Deno.Command("python3", {
    args: ["-c", PYTHON],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const output = child.output();
  const writer = child.stdin.getWriter();
  await writer.write(
    new TextEncoder().encode(texts.map((text) => `${JSON.stringify(text)}\n`).join("")),
  );
  await writer.close();
  const lines = new TextDecoder().decode((await output).stdout).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

/** JSON texts of any shape, with numbers written in every way there is. */
function jsonTexts(): fc.Arbitrary<string> {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.bigInt().map(String),
    fc.constantFrom("1.0", "1e16", "-0", "-0.0", "1E5", "0.1e-6", "5e-324", "1e22"),
    fc.tuple(fc.integer(), fc.integer({ min: -30, max: 30 })).map(([a, b]) => `${a}e${b}`),
  ).map((text) => `@@${text}@@`);
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("\u007f", "😀", "\ue000", "\u2028", "\u0000"),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      text,
      number,
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(text, tie("value"), { maxKeys: 5 }),
    ),
  }));
  return value.map((any) => JSON.stringify(any).replace(/"@@(.*?)@@"/g, "$1"));
}

const python = needs("python3");
Deno.test({
  name: `canonicalJson() is what Python's json writes, for 2 000 random values${python.suffix}`,
  ignore: python.ignore,
  async fn() {
    const texts = fc.sample(jsonTexts(), 2_000);
    const expected = await byPython(texts);
    assert.equal(expected.length, 2 * texts.length);
    for (const [i, text] of texts.entries()) {
      const value = parseStrictJson(text);
      assert.equal(canonicalJson(value), expected[2 * i], text);
      assert.equal(canonicalJson(value, { ascii: false }), expected[2 * i + 1], text);
    }
  },
});
