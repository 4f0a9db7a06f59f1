import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeMessage, encodeCall, messageLength } from "./session_wire.ts";

const CALL = {
  destination: "org.freedesktop.login1",
  path: "/org/freedesktop/login1",
  interface: "org.freedesktop.DBus.Properties",
  member: "Get",
};

Deno.test("encodeCall() writes what decodeMessage() reads, and messageLength() measures", () => {
  const name = fc.string({ maxLength: 40 });
  const args = fc.array(fc.string({ unit: "grapheme", maxLength: 40 }), { maxLength: 4 });
  fc.assert(fc.property(name, args, fc.nat(), (member, args, serial) => {
    const bytes = encodeCall(serial, { ...CALL, member, args });
    assert.equal(messageLength(bytes), bytes.length);
    const { type, path, interface: of, member: read, body } = decodeMessage(bytes);
    assert.deepEqual([type, path, of, read], ["call", CALL.path, CALL.interface, member]);
    assert.deepEqual(body, args);
    assert.equal(bytes[2], 2, "a service would be started by being asked");
  }));
});

/** A signal with a body, as a big-endian machine writes it. */
function bigEndianSignal(signature: string, body: number[]): Uint8Array {
  const text = [...signature].map((letter) => letter.charCodeAt(0));
  const fields = [8, 1, 0x67, 0, signature.length, ...text, 0];
  const head = [0x42, 4, 0, 1, 0, 0, 0, body.length, 0, 0, 0, 7, 0, 0, 0, fields.length];
  const bytes = [...head, ...fields];
  while (bytes.length % 8 !== 0) bytes.push(0);
  return new Uint8Array([...bytes, ...body]);
}

Deno.test("decodeMessage() reads every type, in either byte order", () => {
  const cases: [signature: string, body: number[], expected: unknown[]][] = [
    ["b", [0, 0, 0, 1], [true]],
    ["yn", [7, 0, 0xff, 0xfe], [7, -2]],
    ["qi", [0, 9, 0, 0, 0xff, 0xff, 0xff, 0xff], [9, -1]],
    ["x", [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfd], [-3]],
    ["t", [0, 0, 0, 1, 0, 0, 0, 0], [2 ** 32]],
    ["d", [0x3f, 0xe0, 0, 0, 0, 0, 0, 0], [0.5]],
    ["s", [0, 0, 0, 2, 0x68, 0x69, 0], ["hi"]],
    ["g", [1, 0x73, 0], ["s"]],
    ["as", [0, 0, 0, 6, 0, 0, 0, 1, 0x61, 0], [["a"]]],
    ["a(yy)", [0, 0, 0, 2, 0, 0, 0, 0, 3, 4], [[[3, 4]]]],
    ["v", [1, 0x75, 0, 0, 0, 0, 0, 5], [5]],
    // The signature of a variant is 3 bytes here, and its dictionary begins at a multiple of 8.
    [
      "a{yv}",
      [0, 0, 0, 8, 0, 0, 0, 0, 1, 1, 0x62, 0, 0, 0, 0, 1],
      [[[1, true]]],
    ],
  ];
  for (const [signature, body, expected] of cases) {
    const bytes = bigEndianSignal(signature, body);
    assert.equal(messageLength(bytes), bytes.length, signature);
    assert.deepEqual(decodeMessage(bytes).body, expected, signature);
  }
});

Deno.test("messageLength() waits for the head, and refuses what is no message or a huge one", () => {
  const bytes = encodeCall(1, CALL);
  assert.equal(messageLength(bytes.subarray(0, 15)), undefined);
  assert.throws(() => messageLength(new TextEncoder().encode("GET / HTTP/1.1\r\n")), RangeError);
  const huge = bytes.slice();
  huge.set([0xff, 0xff, 0xff, 0x07], 4);
  assert.throws(() => messageLength(huge), RangeError);
});

Deno.test("decodeMessage() refuses what does not fit together, and nothing else happens", () => {
  const broken = fc.record({
    serial: fc.nat(),
    changes: fc.array(fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 255 })), { minLength: 1 }),
    length: fc.nat({ max: 220 }),
  });
  fc.assert(
    fc.property(broken, ({ serial, changes, length }) => {
      const bytes = encodeCall(serial, { ...CALL, args: ["org.freedesktop.login1.Session", "Id"] })
        .slice(0, length);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      try {
        messageLength(bytes);
        decodeMessage(bytes);
      } catch (error) {
        assert.ok(error instanceof RangeError, String(error));
      }
    }),
    { numRuns: 2_000 },
  );
  for (const signature of ["(", "a", "()", "{", "a(", "(s", "a{s", "z", "(((((((((((((((s"]) {
    assert.throws(
      () => decodeMessage(bigEndianSignal(signature, Array(64).fill(0))),
      RangeError,
      signature,
    );
  }
});
