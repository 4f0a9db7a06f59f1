/**
 * Signatures of phones: HMAC-SHA256 over the canonical JSON, or over the raw request.
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { canonicalJson } from "../core/canonical_json.ts";
import type { JsonObject } from "../core/strict_json.ts";

/** Stands for the key of a device that there is not, so that refusing it takes the same work. */
const NOBODY = "0".repeat(64);

/** The SHA-256 of a text's UTF-8. */
export function digestOf(text: string): Uint8Array {
  return createHash("sha256").update(text, "utf8").digest();
}

/** The fields without those that are not signed, and their two canonical forms. */
export interface Signed {
  /** ASCII, as Python writes it. */
  readonly ascii: string;
  /** With other characters as they are; the same as `ascii` when there are none. */
  readonly utf8: string;
}

/** @throws {RangeError} for a number that canonical JSON cannot write. */
export function signedForm(fields: JsonObject): Signed {
  const rest = new Map(fields);
  rest.delete("signature");
  const ascii = canonicalJson(rest);
  return { ascii, utf8: ascii.includes("\\u") ? canonicalJson(rest, { ascii: false }) : ascii };
}

/** Whether `signature` (hex, lower case) is that of the canonical JSON; `secret` absent: never, at the same cost. */
export function isSigned(
  { ascii, utf8 }: Signed,
  signature: string,
  secret: string | undefined,
): boolean {
  const isAscii = matches(ascii, signature, secret);
  return utf8 === ascii ? isAscii : matches(utf8, signature, secret) || isAscii;
}

/** The parts of the header `X-Signature: t=<unix seconds>,v1=<hex>`; `undefined` when it has another form. */
export function parseSignatureHeader(
  header: string,
): { readonly t: string; readonly v1: string } | undefined {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header.trim());
  return match ? { t: match[1], v1: match[2] } : undefined;
}

/** Whether `v1` signs `t.METHOD.path.body`. */
export function isRawSigned(
  { t, method, path, body }: { t: string; method: string; path: string; body: string },
  v1: string,
  secret: string | undefined,
): boolean {
  return matches(`${t}.${method}.${path}.${body}`, v1, secret);
}

function matches(text: string, signature: string, secret: string | undefined): boolean {
  const expected = createHmac("sha256", secret ?? NOBODY).update(text, "utf8").digest();
  const given = /^[0-9a-f]{64}$/.test(signature)
    ? Buffer.from(signature, "hex")
    : Buffer.alloc(expected.length);
  return timingSafeEqual(expected, given) && secret !== undefined && signature.length === 64;
}
