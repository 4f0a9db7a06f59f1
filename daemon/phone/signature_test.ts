import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { parseStrictJson } from "../core/strict_json.ts";
import { asObject } from "../core/phone.ts";
import {
  digestOf,
  isRawSigned,
  isSame,
  isSigned,
  parseSignatureHeader,
  signedForm,
} from "./signature.ts";

const SECRET = "0123456789abcdef".repeat(4);
const hmac = (text: string, secret = SECRET) =>
  createHmac("sha256", secret).update(text).digest("hex");
const form = (text: string) => signedForm(asObject(parseStrictJson(text)));
const known = (signed: ReturnType<typeof form>, secret: string | undefined = SECRET) => ({
  digest: digestOf(signed, secret),
  secret,
});

Deno.test("isSigned() takes the ASCII form and the raw one of the same fields, and no other", () => {
  const signed = form('{ "z": 1.0, "a": "é😀", "signature": "not signed itself" }');
  assert.equal(signed.ascii, '{"a":"\\u00e9\\ud83d\\ude00","z":1.0}');
  assert.ok(isSigned(signed, hmac(signed.ascii), known(signed)));
  assert.ok(isSigned(signed, hmac('{"a":"é😀","z":1.0}'), known(signed)));
  for (const other of ['{"a":"é😀","z":1}', '{"z":1.0,"a":"é😀"}']) {
    assert.ok(!isSigned(signed, hmac(other), known(signed)), other);
  }
});

Deno.test("a signature with one bit turned, cut short or in capitals is none", () => {
  const signed = form('{"a":1}');
  const right = hmac(signed.ascii);
  fc.assert(fc.property(fc.integer({ min: 0, max: 255 }), (bit) => {
    const bytes = Uint8Array.fromHex(right);
    bytes[bit >> 3] ^= 1 << (bit & 7);
    assert.ok(!isSigned(signed, bytes.toHex(), known(signed)));
  }));
  for (const wrong of ["", right.slice(0, -1), right + "0", right.toUpperCase()]) {
    assert.ok(!isSigned(signed, wrong, known(signed)), wrong);
  }
});

Deno.test("nobody is known by any signature, not by that of the key that stands in", () => {
  const signed = form('{"a":1}');
  const standIn = hmac(signed.ascii, "0".repeat(64));
  assert.equal(digestOf(signed, undefined), standIn);
  assert.ok(!isSigned(signed, standIn, { digest: standIn, secret: undefined }));
  const parts = { t: "1", method: "POST", path: "/p", body: "" };
  assert.ok(!isRawSigned(parts, hmac("1.POST./p.", "0".repeat(64)), undefined));
  assert.ok(!isSame("0".repeat(64), undefined));
});

Deno.test("isRawSigned() covers time, method, path and body", () => {
  const parts = { t: "1", method: "POST", path: "/p", body: "{}" };
  const v1 = hmac("1.POST./p.{}");
  assert.ok(isRawSigned(parts, v1, SECRET));
  for (const change of [{ t: "2" }, { method: "PUT" }, { path: "/q" }, { body: "{} " }]) {
    assert.ok(!isRawSigned({ ...parts, ...change }, v1, SECRET), JSON.stringify(change));
  }
});

Deno.test("parseSignatureHeader() takes one form", () => {
  const v1 = "a".repeat(64);
  assert.deepEqual(parseSignatureHeader(` t=17,v1=${v1} `), { t: "17", v1 });
  const wrong = [
    "",
    `v1=${v1},t=17`,
    `t=-1,v1=${v1}`,
    `t=1e3,v1=${v1}`,
    `t=1,v1=${v1}b`,
    `t=1, v1=${v1}`,
    `t=1234567890123,v1=${v1}`,
    `t=1,v1=${"A".repeat(64)}`,
  ];
  for (const header of wrong) assert.equal(parseSignatureHeader(header), undefined, header);
});
