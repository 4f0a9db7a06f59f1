import assert from "node:assert/strict";
import { join } from "node:path";
import { findXauth, parseXauthority, pickXauthEntry, type XauthEntry } from "./x11_auth.ts";

const COOKIE = "MIT-MAGIC-COOKIE-1";
const entry = (fields: Partial<XauthEntry>): XauthEntry => ({
  family: 256,
  address: "desk",
  display: "0",
  name: COOKIE,
  data: "secret",
  ...fields,
});
const TARGET = { address: undefined, hostname: "desk", display: "0" };

/** The file format: big-endian family, then four fields with their lengths. */
function pack({ family, address, display, name, data }: XauthEntry): Uint8Array {
  const fields = [address, display, name, data].map((field) => [
    field.length >> 8,
    field.length & 0xff,
    ...[...field].map((character) => character.charCodeAt(0)),
  ]);
  return new Uint8Array([family >> 8, family & 0xff, ...fields.flat()]);
}

Deno.test("parseXauthority() reads every entry, with bytes above 0x7f", () => {
  const entries = [entry({ data: "\x00\xff\x80" }), entry({ family: 65535, address: "" })];
  assert.deepEqual(
    parseXauthority(new Uint8Array(entries.flatMap((each) => [...pack(each)]))),
    entries,
  );
});

Deno.test("parseXauthority() keeps what is whole in a file that was cut off anywhere", () => {
  const whole = pack(entry({}));
  const file = new Uint8Array([...whole, ...whole]);
  for (let length = 0; length < file.length; length++) {
    const expected = length < whole.length ? [] : [entry({})];
    assert.deepEqual(parseXauthority(file.subarray(0, length)), expected);
  }
});

const remote = (address: string) => ({ ...TARGET, address });
const PICKS: readonly [
  name: string,
  XauthEntry,
  typeof TARGET | ReturnType<typeof remote>,
  boolean,
][] = [
  ["this machine's entry", entry({}), TARGET, true],
  ["an entry for every display", entry({ display: "" }), TARGET, true],
  ["an entry for every address", entry({ family: 65535, address: "" }), TARGET, true],
  ["no other display's", entry({ display: "1" }), TARGET, false],
  ["no other machine's", entry({ address: "other" }), TARGET, false],
  ["no other kind of secret", entry({ name: "XDM-AUTHORIZATION-1" }), TARGET, false],
  ["no local entry for a remote display", entry({}), remote("10.0.0.7"), false],
  ["an IPv4 address", entry({ family: 0, address: "\x0a\x00\x00\x07" }), remote("10.0.0.7"), true],
  [
    "an IPv6 address",
    entry({ family: 6, address: "\x20\x01\x0d\xb8" + "\0".repeat(11) + "\x07" }),
    remote("2001:db8::7"),
    true,
  ],
];
for (const [name, candidate, target, picked] of PICKS) {
  Deno.test(`pickXauthEntry() picks ${name}`, () => {
    assert.equal(pickXauthEntry([candidate], target) === candidate, picked);
  });
}

Deno.test("findXauth() reads ~/.Xauthority, or the file that XAUTHORITY names instead", async () => {
  const home = await Deno.makeTempDir();
  try {
    const write = (name: string, data: string) =>
      Deno.writeFile(join(home, name), pack(entry({ family: 65535, data })));
    await write(".Xauthority", "home");
    await write("other", "other");
    const env = (values: Record<string, string>) => (name: string) => values[name];
    const target = { address: undefined, display: "0" };
    assert.equal((await findXauth(env({ HOME: home }), target)).data, "home");
    const XAUTHORITY = join(home, "other");
    assert.equal((await findXauth(env({ HOME: home, XAUTHORITY }), target)).data, "other");
    assert.equal((await findXauth(env({ HOME: join(home, "none") }), target)).data, "");
    await assert.rejects(findXauth(env({ XAUTHORITY: home }), target), /^Error: cannot read "/);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});
